//! Method 2: apologize.

pub mod change;
pub mod explanation;
pub mod honesty;
