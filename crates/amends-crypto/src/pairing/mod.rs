//! Pairing: two devices that share a link agree on a secret, and show four words by which people see that it is the same.
//!
//! ```text
//! inviter  link {S, hash of offer}  -> joiner, by a QR code or any message
//! inviter  offer {key, commitment to s_A, purpose, until}, sealed with S          -> mailbox
//! joiner   join  HPKE-PSK to that key {s_B, key, payload}                          -> mailbox
//! inviter  reveal HPKE-PSK to the joiner's key {s_A}                               -> mailbox
//! both     K = HKDF(s_A | s_B, transcript): the root of the space, the words, the key of the next message
//! inviter  payload, sealed with K; for an own device only after the words were compared
//! ```

mod invite;
mod join;
mod link;
mod paired;

pub use invite::Invite;
pub use join::Joining;
pub use link::{OFFER_LASTS, PairingLink, PairingPurpose};
pub use paired::Paired;

use crate::device::StoredKeyError;

/// The longest payload of a pairing message, in bytes.
pub const MAX_PAIRING_PAYLOAD: usize = 60_000;

/// A step of a pairing fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairingError {
    /// The text is no link of a pairing.
    #[error("this link is not complete")]
    BadLink,
    /// Made by a newer version of the program.
    #[error("this was made by a newer version of Amends")]
    NewerVersion,
    /// A day has passed.
    #[error("this link is more than a day old; ask for a new one")]
    Expired,
    /// Somebody has answered this offer already.
    #[error("this link was used already; ask for a new one")]
    Used,
    /// The offer is not the one the link was made for.
    #[error("this offer does not belong to the link")]
    OtherOffer,
    /// The message was changed, or made by somebody without the link.
    #[error("this message does not belong to the pairing")]
    Unreadable,
    /// The payload is longer than [`MAX_PAIRING_PAYLOAD`].
    #[error("this is too large to be sent in a pairing")]
    TooLarge,
    /// The stored state of a pairing cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredKeyError),
}
