//! Eight-bit weights where they lie: within the file's bytes, shared and never copied.

use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// All bytes of a weights file: part of the program, or read from somewhere.
pub(crate) type File = Arc<Cow<'static, [u8]>>;

/// A part of a file; each byte is a signed weight.
#[derive(Clone)]
pub(crate) struct Weights {
    file: File,
    at: Range<usize>,
}

impl Weights {
    /// None where the file is shorter.
    pub(crate) fn of(file: &File, at: Range<usize>) -> Option<Self> {
        file.get(at.clone())?;
        Some(Self { file: Arc::clone(file), at })
    }
}

impl Deref for Weights {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.file[self.at.clone()]
    }
}

impl From<Vec<u8>> for Weights {
    fn from(bytes: Vec<u8>) -> Self {
        Self { at: 0..bytes.len(), file: Arc::new(Cow::Owned(bytes)) }
    }
}

impl std::fmt::Debug for Weights {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} weights", self.at.len())
    }
}
