//! Everything out, in open forms, and back in.

mod import;
mod json;
mod markdown;

pub use import::{ImportError, Imported};
pub use json::ExportError;
