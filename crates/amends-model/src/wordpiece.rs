//! Word pieces: words fall apart greedily into the longest pieces the model knows.

use std::collections::HashMap;

use crate::tokens::for_each_word;

/// Ids of five of the six pieces every vocabulary begins with (the first one only pads batches in training).
const UNKNOWN: u32 = 1;
const START: u32 = 2;
const END: u32 = 3;
const PREVIOUS: u32 = 4;
const PARTNER: u32 = 5;
/// The pieces themselves.
pub(crate) const SPECIALS: [&str; 6] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]", "[unused2]"];

const LONGEST_WORD: usize = 64;

#[derive(Debug)]
pub(crate) struct WordPiece {
    starts: HashMap<Box<str>, u32>,
    inner: HashMap<Box<str>, u32>,
    max_sentence: usize,
    max_context: usize,
}

/// Buffers that are kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct PieceBuffers {
    word: String,
    context: Vec<u32>,
}

impl WordPiece {
    /// Pieces in the order of their ids; those that begin with `##` continue a word.
    pub(crate) fn new<'a>(
        pieces: impl Iterator<Item = &'a str>,
        max_sentence: usize,
        max_context: usize,
    ) -> Self {
        let (mut starts, mut inner) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0..).zip(pieces) {
            if id < SPECIALS.len() as u32 {
                continue;
            }
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => inner.insert(rest.into(), id),
                _ => starts.insert(piece.into(), id),
            };
        }
        Self { starts, inner, max_sentence, max_context }
    }

    /// Pieces of the sentence and its context, and how many of them belong to the sentence:
    /// `[CLS] sentence [SEP]`, then `[unused1] previous [SEP]` and `[unused2] partner [SEP]`.
    pub(crate) fn encode_input(
        &self,
        sentence: &str,
        previous: Option<&str>,
        partner_said: Option<&str>,
        buffers: &mut PieceBuffers,
        out: &mut Vec<u32>,
    ) -> usize {
        out.clear();
        out.push(START);
        self.encode(sentence, &mut buffers.word, out);
        out.truncate(self.max_sentence - 1);
        out.push(END);
        let n_sentence = out.len();
        for (mark, text) in [(PREVIOUS, previous), (PARTNER, partner_said)] {
            let Some(text) = text else { continue };
            buffers.context.clear();
            self.encode(text, &mut buffers.word, &mut buffers.context);
            let body = &buffers.context[buffers.context.len().saturating_sub(self.max_context - 2)..];
            if !body.is_empty() {
                out.push(mark);
                out.extend_from_slice(body);
                out.push(END);
            }
        }
        n_sentence
    }

    fn encode(&self, text: &str, word: &mut String, out: &mut Vec<u32>) {
        let begin = out.len();
        for_each_word(text, word, |word| {
            let before = out.len();
            if !self.push_word(word, out) {
                out.truncate(before);
                // A row of unknown marks (emoji, say) counts once.
                if before == begin || out[before - 1] != UNKNOWN {
                    out.push(UNKNOWN);
                }
            }
        });
    }

    /// False when some part of the word is unknown.
    fn push_word(&self, word: &str, out: &mut Vec<u32>) -> bool {
        if word.chars().count() > LONGEST_WORD {
            return false;
        }
        let mut rest = word;
        let mut pieces = &self.starts;
        while !rest.is_empty() {
            let longest = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let Some((end, &id)) =
                longest.map(|end| (end, pieces.get(&rest[..end]))).find_map(|(e, id)| Some((e, id?)))
            else {
                return false;
            };
            out.push(id);
            rest = &rest[end..];
            pieces = &self.inner;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [&str; 14] = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[unused1]",
        "[unused2]",
        "sorry",
        "i",
        "'",
        "m",
        "don",
        "##t",
        "?",
        "you",
    ];

    fn encode(sentence: &str, previous: Option<&str>, partner: Option<&str>) -> (Vec<u32>, usize) {
        let wp = WordPiece::new(PIECES.into_iter(), 8, 5);
        let mut out = Vec::new();
        let n = wp.encode_input(sentence, previous, partner, &mut PieceBuffers::default(), &mut out);
        (out, n)
    }

    #[test]
    fn words_fall_into_pieces_and_unknown_marks_count_once() {
        assert_eq!(encode("I'm sorry", None, None), (vec![2, 7, 8, 9, 6, 3], 6));
        assert_eq!(encode("dont 🙂🙂 sorry", None, None), (vec![2, 10, 11, 1, 6, 3], 6));
        assert_eq!(encode("", None, None), (vec![2, 3], 2));
    }

    #[test]
    fn long_sentences_keep_their_beginning_and_context_its_end() {
        let (ids, n) = encode("i i i i i i i i i i", Some("you you i don ?"), Some("sorry"));
        assert_eq!(n, 8);
        assert_eq!(ids, [2, 7, 7, 7, 7, 7, 7, 3, 4, 7, 10, 12, 3, 5, 6, 3]);
    }
}
