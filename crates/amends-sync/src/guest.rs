//! A guest with a link: one question to the relay, and the sheet that it opens. No vault, no account, nothing kept.

use amends_crypto::{GuestError, GuestKey, Zeroizing};
use amends_wire::{BlobId, ClientFrame, Code, MailboxId, ServerFrame, Token};

/// Most parts that a sheet has: it is far below one.
const MOST_PARTS: u32 = 2;

/// What a guest asks the relay, and how the answer is read.
pub struct GuestVisit {
    key: GuestKey,
}

/// A guest cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GuestProblem {
    /// The link cannot be used, or what it opens is over or was changed.
    #[error(transparent)]
    Key(#[from] GuestError),
    /// One of the two ended it, its time is over, or the relay has lost it: there is nothing.
    #[error("there is nothing here any more")]
    Gone,
    /// The relay did not answer as a relay does.
    #[error("the server did not answer")]
    NoAnswer,
}

impl GuestProblem {
    /// Whether it is that its time is over.
    pub fn is_expired(self) -> bool {
        self == Self::Key(GuestError::Expired)
    }

    /// Whether it is that the link is not whole.
    pub fn is_bad_link(self) -> bool {
        self == Self::Key(GuestError::BadLink)
    }
}

impl GuestVisit {
    /// Reads a link.
    ///
    /// # Errors
    /// [`GuestProblem::Key`] if the link is not whole, or of a newer version.
    pub fn new(link: &str) -> Result<Self, GuestProblem> {
        Ok(Self { key: GuestKey::parse(link)? })
    }

    /// What to ask: the body of one call, frame after frame.
    pub fn question(&self) -> Vec<u8> {
        let (mailbox, read) = self.key.place();
        let (mailbox, read, blob) = (MailboxId(mailbox), Token(*read), BlobId(self.key.id()));
        let parts = (0..MOST_PARTS).map(|part| ClientFrame::BlobGet { mailbox, read, blob, part });
        let frames = std::iter::once(ClientFrame::Hello { version: 1 }).chain(parts);
        frames.flat_map(|frame| frame.to_bytes()).collect()
    }

    /// What the answer (frame after frame) opens, and until when; `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// [`GuestProblem`].
    pub fn open(&self, answer: &[u8], now: u64) -> Result<(Zeroizing<Vec<u8>>, u64), GuestProblem> {
        let answer = ServerFrame::all_from_bytes(answer).map_err(|_| GuestProblem::NoAnswer)?;
        let own = BlobId(self.key.id());
        let mut parts: Vec<(u32, &[u8])> = answer
            .iter()
            .filter_map(|frame| match frame {
                ServerFrame::Blob { blob, part, bytes } if *blob == own => Some((*part, bytes.0.as_slice())),
                _ => None,
            })
            .collect();
        parts.sort_by_key(|(part, _)| *part);
        let is_gone = |frame: &ServerFrame| {
            matches!(frame, ServerFrame::Refused { code: Code::UnknownItem | Code::UnknownMailbox, .. })
        };
        match parts.is_empty() {
            true if answer.iter().any(is_gone) => Err(GuestProblem::Gone),
            true => Err(GuestProblem::NoAnswer),
            false => {
                let bytes: Vec<&[u8]> = parts.into_iter().map(|(_, bytes)| bytes).collect();
                Ok(self.key.open_until(&bytes, now)?)
            }
        }
    }
}

impl core::fmt::Debug for GuestVisit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("GuestVisit(hidden)")
    }
}
