//! Method 1: admit.

pub mod acceptance;
pub mod listening;
pub mod perspective;
pub mod responsibility;
