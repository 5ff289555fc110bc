//! Vectors of the standards, golden records, and records that must not open.

#![allow(clippy::unwrap_used, reason = "tests")]

mod attacks;
mod device_list;
mod epochs;
mod golden;
mod golden_sync;
mod malformed;
mod pairing;
mod reference;
mod reference_wire;
mod standards;
mod standards_public;
mod values;
mod wire;
mod world;
mod wrapped;

use amends_crypto::{CryptoRng, Place, RecordKey, RecordKind, VaultKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// Randomness that is the same in every run.
fn rng() -> impl CryptoRng {
    ChaCha20Rng::from_seed([42; 32])
}

/// The record key of all golden records.
fn record_key() -> RecordKey {
    RecordKey::derive(&VaultKey::make(&mut rng()))
}

const PLACE: Place = Place { kind: RecordKind(1), id: *b"0123456789abcdef" };

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// Lines `name: hex` of a vector file; `#` begins a comment.
fn vectors(file: &str) -> Vec<(&str, Vec<u8>)> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once(": ").expect("a vector line is `name: hex`"))
        .map(|(name, digits)| (name, unhex(digits)))
        .collect()
}
