//! Vectors of the standards, of Project Wycheproof and of our own golden files, as plain functions: the same checks run
//! in the tests of `amends-crypto` and, compiled as the web app is, in a browser.
//!
//! A development tool; nothing that is shipped sees it.

mod checks;
pub mod golden;
mod hashes;
mod public_keys;
mod sealing;
mod signatures;
mod wycheproof;

pub use checks::{Checks, at};

type Check = fn(&mut Checks);

/// Vectors that belong together.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// What is checked, and where its values come from.
    pub name: &'static str,
    check: Check,
}

impl Group {
    /// Checks every vector of the group, also after one that fails.
    pub fn run(&self) -> Checks {
        let mut checks = Checks::new(self.name);
        (self.check)(&mut checks);
        checks
    }
}

/// Every vector there is.
pub fn all() -> Vec<Group> {
    let groups: [(&str, Check); 17] = [
        ("Argon2id, RFC 9106", hashes::argon2id),
        ("BLAKE3, official vectors", hashes::blake3),
        ("HKDF-SHA-256, RFC 5869", hashes::hkdf),
        ("HKDF-SHA-256, Wycheproof", wycheproof::hkdf),
        ("ChaCha20-Poly1305, RFC 8439", sealing::chacha20_poly1305),
        ("XChaCha20-Poly1305, draft-irtf-cfrg-xchacha", sealing::xchacha20_poly1305),
        ("ChaCha20-Poly1305, Wycheproof", wycheproof::chacha20_poly1305),
        ("XChaCha20-Poly1305, Wycheproof", wycheproof::xchacha20_poly1305),
        ("HPKE, RFC 9180", public_keys::hpke),
        ("X-Wing, draft-connolly-cfrg-xwing-kem-06", public_keys::x_wing),
        ("ristretto255, RFC 9496", public_keys::ristretto255),
        ("X25519, Wycheproof", wycheproof::x25519),
        ("Ed25519, RFC 8032", signatures::ed25519),
        ("Ed25519, Wycheproof", wycheproof::ed25519),
        ("golden: record-v1", golden::records),
        ("golden: wrapped-key-v1", golden::wrapped_keys),
        ("golden: sync-v1", golden::sync),
    ];
    groups.map(|(name, check)| Group { name, check }).to_vec()
}
