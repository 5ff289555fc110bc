//! The guide as data: three methods, thirteen steps, seven stages and the safety rule. Start here.
//!
//! Nothing in this crate does anything. The web app, the command line, `docs/steps` and the tests all read
//! these tables, so a step has one slug, one number and one place everywhere. The words that people read
//! stand in the message files under keys made from the slug (`step-<slug>-title`, `-asks`, `-why`, `-care`).

mod evidence;
pub mod hurt_or_danger;
mod step;

pub use evidence::{EVIDENCE, Evidence, Mark, evidence};
pub use step::{METHODS, Method, SAFETY_SLUG, STAGES, STEPS, Stage, StageId, Step, step_by_slug};
