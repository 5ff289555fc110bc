//! What a client and the relay say to each other. Format: `docs/formats/wire.md`.
//!
//! The relay keeps mailboxes: numbered lists of sealed bytes. It knows no person, no key and no meaning. The same frames
//! travel over a WebSocket (one frame in a message) and over plain HTTP (frames one after the other in a body).
//!
//! This crate has no network, no clock, no files and no randomness, and builds without the standard library.

#![no_std]

extern crate alloc;

mod client;
mod endpoint;
mod frame;
mod id;
mod limits;
mod refusal;
mod sealed;
mod server;

pub use client::ClientFrame;
pub use endpoint::Endpoint;
pub use frame::{FrameError, MAX_FRAME, MAX_FRAMES, VERSION};
pub use id::{BlobId, DeviceToken, MailboxId, PushKey, Rid, ShareId, Token, TokenHash, WakeId};
pub use limits::{Limits, MAX_BLOB_PART, MAX_ENDPOINT, MAX_RECORD, MAX_SHARE};
pub use refusal::{About, Code};
pub use sealed::Sealed;
pub use server::ServerFrame;

pub use self::number::{Era, Seq, UnixSeconds};

mod number;
