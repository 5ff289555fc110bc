//! Frames as bytes: deterministic CBOR (RFC 8949, 4.2), of which every frame has exactly one form.

use alloc::vec::Vec;
use core::fmt;

use minicbor::decode::Decoder;

use crate::{ClientFrame, ServerFrame};

/// Newest version of these frames. Every earlier one is spoken too; in version 2 came the frames and fields that say so.
pub const VERSION: u32 = 2;

/// Largest frame in bytes: a part of a blob and what stands around it.
pub const MAX_FRAME: usize = 65 * 1024;

/// How many frames a body may hold.
pub const MAX_FRAMES: usize = 1024;

/// These bytes are not a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// More than [`MAX_FRAME`] bytes.
    TooLarge,
    /// More than [`MAX_FRAMES`] frames in a body.
    TooMany,
    /// Not CBOR, or not a frame of this version.
    Unreadable,
    /// A frame, but not in its one allowed form.
    NotCanonical,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the frame is too large",
            Self::TooMany => "too many frames at once",
            Self::Unreadable => "not a frame of this version",
            Self::NotCanonical => "the frame is not in its one allowed form",
        })
    }
}

impl core::error::Error for FrameError {}

macro_rules! as_bytes {
    ($frame:ty) => {
        impl $frame {
            /// The frame as bytes.
            #[must_use]
            pub fn to_bytes(&self) -> Vec<u8> {
                let mut bytes = Vec::new();
                self.append_to(&mut bytes);
                bytes
            }

            /// Appends the frame to a body.
            pub fn append_to(&self, bytes: &mut Vec<u8>) {
                minicbor::encode(self, bytes).expect("a vector takes every write");
            }

            /// Reads one frame, which must fill `bytes`.
            ///
            /// # Errors
            /// [`FrameError`]
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrameError> {
                let (frame, rest) = Self::first_of(bytes, &mut Vec::new())?;
                if rest.is_empty() { Ok(frame) } else { Err(FrameError::Unreadable) }
            }

            /// Reads a body: frames one after the other.
            ///
            /// # Errors
            /// [`FrameError`] of the first that is wrong.
            pub fn all_from_bytes(bytes: &[u8]) -> Result<Vec<Self>, FrameError> {
                let (mut frames, mut rest, mut again) = (Vec::new(), bytes, Vec::new());
                while !rest.is_empty() {
                    if frames.len() == MAX_FRAMES {
                        return Err(FrameError::TooMany);
                    }
                    let (frame, after) = Self::first_of(rest, &mut again)?;
                    frames.push(frame);
                    rest = after;
                }
                Ok(frames)
            }

            /// One frame and what comes after it; `again` is room to write it once more and compare.
            fn first_of<'b>(bytes: &'b [u8], again: &mut Vec<u8>) -> Result<(Self, &'b [u8]), FrameError> {
                let mut decoder = Decoder::new(bytes);
                let frame: Self = decoder.decode().map_err(|_| FrameError::Unreadable)?;
                let (taken, rest) =
                    bytes.split_at_checked(decoder.position()).ok_or(FrameError::Unreadable)?;
                if taken.len() > MAX_FRAME {
                    return Err(FrameError::TooLarge);
                }
                again.clear();
                frame.append_to(again);
                if again == taken { Ok((frame, rest)) } else { Err(FrameError::NotCanonical) }
            }
        }
    };
}

as_bytes!(ClientFrame);
as_bytes!(ServerFrame);
