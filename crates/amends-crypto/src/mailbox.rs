//! A mailbox at the relay: its name, and the two tokens that let a client read and append.

use core::fmt;

use zeroize::Zeroizing;

use crate::derive::derive_key;
use crate::ids::MailboxId;

/// Shown to the relay to be let in; the relay stores [`Token::fingerprint`] only.
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// The 32 bytes that are sent to the relay.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// BLAKE3 of the token: what a relay stores and compares.
    pub fn fingerprint(&self) -> [u8; 32] {
        blake3::hash(self.0.as_ref()).into()
    }

    /// Whether a token that a client shows is the one of this fingerprint. Takes the same time for every token.
    pub fn matches(shown: &[u8; 32], fingerprint: &[u8; 32]) -> bool {
        blake3::hash(shown) == blake3::Hash::from_bytes(*fingerprint)
    }
}

/// A mailbox as its users know it.
pub struct Mailbox {
    /// Its name at the relay. Mailboxes of one person cannot be linked by their names.
    pub id: MailboxId,
    /// Lets a client fetch records.
    pub read: Token,
    /// Lets a client append records.
    pub append: Token,
}

impl Mailbox {
    /// The mailbox that belongs to a secret.
    pub(crate) fn derive(root: &[u8; 32]) -> Self {
        Self {
            id: MailboxId(*derive_key(root, b"mailbox", b"")),
            read: Token(derive_key(root, b"mailbox read", b"")),
            append: Token(derive_key(root, b"mailbox append", b"")),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").field("id", &self.id).finish_non_exhaustive()
    }
}
