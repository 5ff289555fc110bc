//! The pages, one file each.

pub(crate) mod evidence;
pub(crate) mod home;
pub(crate) mod not_found;
pub(crate) mod privacy;
pub(crate) mod rules;
pub(crate) mod safety;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod step;
