//! From a passphrase to a key: Argon2id (RFC 9106) with a cost that cannot be set too low.

use core::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A passphrase as typed, in one Unicode form (NFKD), so that it works on every keyboard and system.
pub struct Passphrase(Zeroizing<String>);

/// The passphrase has fewer characters than [`Passphrase::MIN_CHARS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a passphrase needs at least {} characters", Passphrase::MIN_CHARS)]
pub struct PassphraseTooShort;

impl Passphrase {
    /// The shortest passphrase a vault may be given, in characters (NIST SP 800-63B, section 5.1.1).
    pub const MIN_CHARS: usize = 8;

    /// A passphrase that somebody types to open something. Any text is allowed: it is right or it is not.
    pub fn typed(text: &str) -> Self {
        // Reserved in full, so that growing leaves no copies behind.
        let mut normal = Zeroizing::new(String::with_capacity(text.len() * 4));
        normal.extend(text.nfkd());
        Self(normal)
    }

    /// A passphrase for a new vault or for a change.
    ///
    /// # Errors
    /// [`PassphraseTooShort`] below [`Self::MIN_CHARS`] characters.
    pub fn chosen(text: &str) -> Result<Self, PassphraseTooShort> {
        if text.chars().count() < Self::MIN_CHARS {
            return Err(PassphraseTooShort);
        }
        Ok(Self::typed(text))
    }

    /// The key that wraps the vault key.
    pub(crate) fn derive_key(&self, salt: &[u8; 16], cost: KdfCost) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params())
            .hash_password_into(self.0.as_bytes(), salt, key.as_mut())
            .expect("cost, salt and output lengths are within the limits of RFC 9106");
        key
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(hidden)")
    }
}

/// How much work one guess of a passphrase costs. Only values between the floor and the ceiling exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A cost outside the allowed range: too cheap to protect anyone, or so high that opening would fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the passphrase cost is outside the allowed range")]
pub struct WeakCost;

impl KdfCost {
    /// What a new vault uses: 64 MiB, three passes, one lane.
    pub const RECOMMENDED: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The least that is accepted, also from a file: 19 MiB, two passes, one lane (OWASP minimum for Argon2id).
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// The most that is accepted, so that a hostile file cannot use up the machine: 1 GiB, sixteen passes.
    const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 1 };

    /// A cost of `memory_kib` KiB and `passes` passes over it with `lanes` lanes.
    ///
    /// # Errors
    /// [`WeakCost`] if memory or passes are below [`Self::FLOOR`] or above 1 GiB and 16 passes, or lanes are not 1.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, WeakCost> {
        let in_range = (Self::FLOOR.memory_kib..=Self::CEILING.memory_kib).contains(&memory_kib)
            && (Self::FLOOR.passes..=Self::CEILING.passes).contains(&passes)
            && lanes == Self::FLOOR.lanes;
        if in_range { Ok(Self { memory_kib, passes, lanes }) } else { Err(WeakCost) }
    }

    /// Memory in KiB.
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    pub fn passes(self) -> u32 {
        self.passes
    }

    /// Twelve bytes: memory, passes, lanes, big-endian.
    pub(crate) fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.memory_kib.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.passes.to_be_bytes());
        bytes[8..].copy_from_slice(&self.lanes.to_be_bytes());
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8; 12]) -> Result<Self, WeakCost> {
        let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Self::new(number(0), number(4), number(8))
    }

    fn params(self) -> Params {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .expect("the allowed range lies within the limits of RFC 9106")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_below_the_floor_or_above_the_ceiling_does_not_exist() {
        for (memory_kib, passes, lanes) in [
            (19 * 1024 - 1, 2, 1),
            (19 * 1024, 1, 1),
            (64 * 1024, 0, 1),
            (64 * 1024, 3, 0),
            (64 * 1024, 3, 2),
            (1024 * 1024 + 1, 3, 1),
            (64 * 1024, 17, 1),
            (u32::MAX, u32::MAX, u32::MAX),
            (0, 0, 0),
        ] {
            assert_eq!(
                KdfCost::new(memory_kib, passes, lanes),
                Err(WeakCost),
                "{memory_kib} {passes} {lanes}"
            );
        }
        assert_eq!(KdfCost::new(19 * 1024, 2, 1), Ok(KdfCost::FLOOR));
        assert_eq!(KdfCost::new(64 * 1024, 3, 1), Ok(KdfCost::RECOMMENDED));
    }

    #[test]
    fn cost_survives_its_bytes() {
        assert_eq!(KdfCost::from_bytes(&KdfCost::RECOMMENDED.to_bytes()), Ok(KdfCost::RECOMMENDED));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_passphrase() {
        let composed = Passphrase::typed("caf\u{e9} am See");
        let decomposed = Passphrase::typed("cafe\u{301} am See");
        let key = |p: &Passphrase| p.derive_key(&[7; 16], KdfCost::FLOOR);
        assert_eq!(key(&composed), key(&decomposed));
        assert_ne!(key(&composed), key(&Passphrase::typed("cafe am See")));
    }

    #[test]
    fn a_new_passphrase_has_eight_characters() {
        assert_eq!(Passphrase::chosen("seven77").err(), Some(PassphraseTooShort));
        assert!(Passphrase::chosen("éight888").is_ok());
    }

    #[test]
    fn debug_shows_no_letter_of_it() {
        assert_eq!(format!("{:?}", Passphrase::typed("correct horse")), "Passphrase(hidden)");
    }
}
