//! New recovery words, shown until somebody has checked that they wrote them down.

use amends_client::{CryptoRng, RecoveryPhrase};

/// Twelve words, and the three that are asked back.
pub(crate) struct Kit {
    phrase: RecoveryPhrase,
    /// Places from 0, one in each third of the twelve.
    pub(crate) asked: [usize; 3],
}

impl Kit {
    pub(crate) fn new(phrase: RecoveryPhrase, rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0_u8; 3];
        rng.fill_bytes(&mut bytes);
        let asked = [0, 1, 2].map(|third| third * 4 + usize::from(bytes[third] % 4));
        Self { phrase, asked }
    }

    /// The twelve words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.phrase.words()
    }

    /// Places, of those asked for, at which another word was typed.
    pub(crate) fn wrong(&self, typed: impl Fn(usize) -> String) -> Vec<usize> {
        let words: Vec<&str> = self.words().collect();
        let differs = |place: &usize| !typed(*place).trim().eq_ignore_ascii_case(words[*place]);
        self.asked.into_iter().filter(differs).collect()
    }
}
