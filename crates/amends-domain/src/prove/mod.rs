//! Method 3: prove.

pub mod activities;
pub mod communication;
pub mod contact;
pub mod gratitude;
pub mod needs;
pub mod patience;
