//! The rule compiler: reads the folder of a language pack and makes the table that the engine runs.
//!
//! A pack folder holds (see docs/RULES.md for the language of the files):
//! * `pack.toml` - language tag, genres and what each is expected to hold;
//! * `morphology.toml`, `irregular.txt`, `contractions.txt`, `abbreviations.txt`, `frequency.txt`;
//! * `lexicon/<class>.txt` - word classes;
//! * `macros.toml` - named pieces of patterns;
//! * `facts/*.toml` - patterns whose facts several checks share;
//! * `<step>/<check>.toml` - one file per check: its texts, its patterns, its examples. Adding a check is adding
//!   such a file; nothing else has to be edited.
//!
//! The compiler refuses a check without at least six sentences it finds (with the place marked) and six it
//! passes (three of them near-misses), and refuses a pack in which any of them comes out otherwise.

mod compile;
mod condition;
mod error;
mod files;
mod lexicon;
mod morphology;
mod rarity;
mod syntax;
mod verify;

pub use compile::compile;
pub use error::CompileError;
pub use files::PackFolder;
pub use verify::{Complaint, verify};
