//! Vectors of the standards, golden records, and records that must not open.

#![allow(clippy::unwrap_used, reason = "tests")]

mod attacks;
mod device_list;
mod epochs;
mod malformed;
mod pairing;
mod reference;
mod reference_wire;
mod values;
mod vectors;
mod wire;
mod world;
mod wrapped;

use amends_vectors::golden::{PLACE, record_key, rng};
