//! Whether a text is in a language the vocabulary can read at all.

use crate::token::Token;
use crate::vocabulary::Vocabulary;

/// Whether the words of a text are known well enough to say anything about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readability {
    /// No words.
    Empty,
    /// Enough known words.
    Readable,
    /// Mostly words of another language or script: nothing should be said about it.
    Foreign,
}

/// Fewest words before a text can be called foreign; below that, a name or a typo would decide.
const MIN_WORDS: usize = 4;

/// Judges tokens by the share of words that stand in the lexicon; numbers and names do not count.
///
/// About half of any English text is function words, which every pack lists; a text with less than 40 %
/// known words is taken for another language.
pub fn readability(tokens: &[Token], vocabulary: &Vocabulary) -> Readability {
    if tokens.is_empty() {
        return Readability::Empty;
    }
    let table = vocabulary.table();
    let is_known = |token: &&Token| !vocabulary.spelling(token.word).is_empty();
    let n_neutral =
        tokens.iter().filter(|token| token.word == table.number || token.word == table.name).count();
    let n_known = tokens.iter().filter(is_known).count();
    let n_judged = tokens.len() - n_neutral;
    if n_judged < MIN_WORDS {
        return if n_known == 0 { Readability::Foreign } else { Readability::Readable };
    }
    if n_known * 100 < n_judged * 40 { Readability::Foreign } else { Readability::Readable }
}
