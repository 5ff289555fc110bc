//! The pages, one file each.

pub(crate) mod components;
pub(crate) mod device;
pub(crate) mod evidence;
pub(crate) mod find;
pub(crate) mod guest;
pub(crate) mod here;
pub(crate) mod home;
pub(crate) mod incident;
pub(crate) mod leave;
pub(crate) mod more;
pub(crate) mod not_found;
pub(crate) mod pace;
pub(crate) mod pair;
pub(crate) mod parts;
pub(crate) mod privacy;
pub(crate) mod removal;
pub(crate) mod rules;
pub(crate) mod safety;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod step;
pub(crate) mod you;
