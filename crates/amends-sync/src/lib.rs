//! Bringing the devices of two people to the same state over a relay that nobody trusts.
//!
//! A machine without network, clock and files: [`Session::input`] takes frames and times, hands entries to the journal of
//! a vault ([`Log`]) and gives frames to send. Format: `docs/formats/sync.md`.
//!
//! Times (`now`, and what is given back) are milliseconds since 1970-01-01T00:00:00Z by the clock of this device, unless a type
//! says otherwise. Randomness is passed in as well.

mod coverage;
mod guest;
mod item;
mod link;
mod log;
mod machine;
mod meeting;
mod notice;
mod places;
mod relay;
mod session;
mod space;
mod wake;

pub use guest::{GuestProblem, GuestVisit};
pub use item::{PART_BYTES, PicturePart, Piece, Which};
pub use link::{Access, Happened, Link, Place};
pub use log::{Chain, GuestBundle, Leaving, Log, Named, OwnShare, Refusal};
pub use machine::{BundleError, Machine, NewDevice, ShareStanding, ShareTrouble};
pub use meeting::{MeetingFailure, Stage};
pub use notice::{Aside, Input, Notice, Output, RelayRefusal};
pub use relay::{Connection, LocalRelay, NotARelay};
pub use session::{MeetError, Session};
pub use wake::{WakeStanding, Waking};
