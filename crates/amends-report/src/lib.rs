//! What the engine says, as documents: the JSON of one draft, the lines of `--batch`, SARIF 2.1.0.
//!
//! Letters are private: none of these holds a word of the draft unless the caller asks for it
//! ([`Words::Included`]). The formats are versioned and stay stable: docs/formats/check-json.md.

mod batch;
mod document;
mod sarif;

pub use batch::{BatchError, BatchFinding, BatchLine, BatchRequest, batch_line, read_batch_request};
pub use document::{
    CommitmentJson, Document, ElementJson, ElementsJson, FindingJson, MissingJson, SafetyJson, SpanJson,
    Words, document,
};
pub use sarif::sarif;
