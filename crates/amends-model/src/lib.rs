//! The learned part of the language engine: for one sentence and its context, how likely each check applies.
//!
//! Rules decide by wording they know; this crate raises recall on wording they have never seen. It runs the same
//! on every target, holds no words of its own (vocabulary, checks and thresholds come from the file described in
//! `docs/formats/model.md`), and is never required: without a file the engine works with rules alone.
//!
//! It deliberately lacks: file access, network, clock, threads, and any say about `danger`, which only
//! explicit-wording rules decide.
//!
//! ```no_run
//! use amends_model::{Model, ModelInput, Scratch};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let model = Model::from_bytes(&std::fs::read("models/en.amdl")?)?;
//! let mut scratch = Scratch::default();
//! let input = ModelInput::sentence("Sorry if it came across badly.");
//! for found in model.findings(&mut scratch, &input) {
//!     println!("{} {:.2}", found.check_id, found.probability);
//! }
//! # Ok(())
//! # }
//! ```

mod cache;
mod dense;
mod file;
mod floats;
mod linear;
mod model;
mod tokens;
mod transformer;
mod weights;
mod wordpiece;

pub use file::LoadError;
pub use linear::ngrams;
pub use model::{Model, ModelInput, Prediction, Scratch};
