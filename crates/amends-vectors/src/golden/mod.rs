//! Our own files, as released: every version ever written must stay readable, and is written the same to the byte. The
//! files are never edited; a new version gets a new file.

pub mod people;
mod records;
mod sync;

use amends_crypto::{CryptoRng, Place, RecordKey, RecordKind, VaultKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) use records::{records, wrapped_keys};
pub(crate) use sync::sync;

/// Randomness that is the same in every run.
pub fn rng() -> impl CryptoRng {
    ChaCha20Rng::from_seed([42; 32])
}

/// The record key of all golden records.
pub fn record_key() -> RecordKey {
    RecordKey::derive(&VaultKey::make(&mut rng()))
}

/// Where all golden records lie.
pub const PLACE: Place = Place { kind: RecordKind(1), id: *b"0123456789abcdef" };
/// The vault of the golden wrapped keys.
pub const VAULT_ID: [u8; 16] = *b"vault-of-testing";
/// The recovery phrase of the golden files.
pub const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
