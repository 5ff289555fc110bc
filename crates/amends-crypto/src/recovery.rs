//! The recovery phrase: twelve words (BIP-39, 128 bits) that open the vault when the passphrase is forgotten.

use core::fmt;

use bip39::{Error as Bip39Error, Language, Mnemonic};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::derive::derive_key;

/// Twelve English words of the BIP-39 list. They stand for 128 random bits; the last word also holds a checksum.
pub struct RecoveryPhrase(Mnemonic);

/// Why typed words are no recovery phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhraseError {
    /// The number of words is not twelve.
    #[error("a recovery phrase has twelve words, this has {0}")]
    WordCount(usize),
    /// A word is not in the list; the number counts from 1.
    #[error("word {0} is not in the word list; check its spelling")]
    UnknownWord(usize),
    /// All words exist, but they do not belong together: one is wrong or two are swapped.
    #[error("these words do not fit together; one may be wrong or in another place")]
    Checksum,
}

impl RecoveryPhrase {
    /// Makes a new random phrase.
    pub fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut entropy = Zeroizing::new([0_u8; 16]);
        rng.fill_bytes(entropy.as_mut());
        Self(
            Mnemonic::from_entropy_in(Language::English, entropy.as_ref())
                .expect("16 bytes make twelve words"),
        )
    }

    /// Reads typed words. Capitals and extra spaces do not matter.
    ///
    /// # Errors
    /// [`PhraseError`] says which word to look at.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let n_words = text.split_whitespace().count();
        if n_words != 12 {
            return Err(PhraseError::WordCount(n_words));
        }
        let lower = Zeroizing::new(text.to_lowercase());
        let mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &lower).map_err(|error| match error {
                Bip39Error::UnknownWord(index) => PhraseError::UnknownWord(index + 1),
                _ => PhraseError::Checksum,
            })?;
        Ok(Self(mnemonic))
    }

    /// The twelve words, to be written down on paper.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.words()
    }

    /// The key that wraps the vault key. 128 random bits need no slow hashing.
    pub(crate) fn derive_key(&self, salt: &[u8; 16]) -> Zeroizing<[u8; 32]> {
        let (entropy, len) = self.0.to_entropy_array();
        let entropy = Zeroizing::new(entropy);
        derive_key(&entropy[..len], b"recovery", salt)
    }
}

impl RecoveryPhrase {
    /// The secret from which the keys of [`crate::RecoveryKey`] come; unrelated to the one that wraps the vault key.
    pub(crate) fn derive_sync_root(&self) -> Zeroizing<[u8; 32]> {
        let (entropy, len) = self.0.to_entropy_array();
        let entropy = Zeroizing::new(entropy);
        derive_key(&entropy[..len], b"recovery sync", b"")
    }
}

/// A word of the list, 0 to 2047.
pub(crate) fn word(index: usize) -> &'static str {
    Language::English.word_list()[index]
}

impl Drop for RecoveryPhrase {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for RecoveryPhrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryPhrase(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZEROS: &str =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    /// Vectors of the BIP-39 reference implementation (entropy in hexadecimal digits, words).
    const VECTORS: [([u8; 16], &str); 4] = [
        ([0x00; 16], ZEROS),
        ([0x7f; 16], "legal winner thank year wave sausage worth useful legal winner thank yellow"),
        ([0x80; 16], "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"),
        ([0xff; 16], "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"),
    ];

    #[test]
    fn bip39_vectors() {
        for (entropy, words) in VECTORS {
            let phrase = RecoveryPhrase::parse(words).unwrap();
            assert_eq!(phrase.0.to_entropy(), entropy);
            assert_eq!(phrase.words().collect::<Vec<_>>().join(" "), words);
        }
    }

    #[test]
    fn capitals_and_spaces_do_not_matter() {
        let typed = ZEROS.replace("about", " About \n").replacen("abandon", "ABANDON", 1);
        assert!(RecoveryPhrase::parse(&typed).is_ok());
    }

    #[test]
    fn the_error_says_which_word_to_look_at() {
        let check = |text: &str| RecoveryPhrase::parse(text).err();
        assert_eq!(check(""), Some(PhraseError::WordCount(0)));
        assert_eq!(check("abandon about"), Some(PhraseError::WordCount(2)));
        assert_eq!(check(&format!("{ZEROS} about")), Some(PhraseError::WordCount(13)));
        assert_eq!(check(&ZEROS.replace("about", "abaut")), Some(PhraseError::UnknownWord(12)));
        assert_eq!(check(&ZEROS.replacen("abandon", "x", 1)), Some(PhraseError::UnknownWord(1)));
        assert_eq!(check(&ZEROS.replace("about", "abandon")), Some(PhraseError::Checksum));
        assert_eq!(check(&"zoo ".repeat(12)), Some(PhraseError::Checksum));
        let swapped = "winner legal thank year wave sausage worth useful legal winner thank yellow";
        assert_eq!(check(swapped), Some(PhraseError::Checksum));
    }

    #[test]
    fn debug_shows_no_word_of_it() {
        assert_eq!(format!("{:?}", RecoveryPhrase::parse(ZEROS).unwrap()), "RecoveryPhrase(hidden)");
    }
}
