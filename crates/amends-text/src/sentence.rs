//! Sentences: ranges of tokens and clauses.

use std::ops::Range;

use crate::span::Span;
use crate::token::{Boundary, Token};

/// A sentence, or the piece of a run-on one that is cut off after [`MAX_SENTENCE_TOKENS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Indexes of its tokens.
    pub tokens: Range<usize>,
    /// Indexes of its clauses.
    pub clauses: Range<usize>,
    /// From its first to its last word.
    pub span: Span,
    /// Ends with a question mark.
    pub question: bool,
    /// First of a paragraph.
    pub opens_paragraph: bool,
}

/// Longest sentence: text without any full stop is cut here, so that every rule stays linear.
pub(crate) const MAX_SENTENCE_TOKENS: usize = 256;

/// Cuts `tokens` into sentences (`sentences` is cleared first); `last` is the boundary after the last token.
pub(crate) fn cut_sentences(tokens: &[Token], last: Boundary, sentences: &mut Vec<Sentence>) {
    sentences.clear();
    let mut start = 0;
    for index in 1..=tokens.len() {
        let boundary = tokens.get(index).map_or(last, |token| token.before);
        let ends =
            index == tokens.len() || boundary.has(Boundary::STOP) || index - start >= MAX_SENTENCE_TOKENS;
        if !ends {
            continue;
        }
        sentences.push(Sentence {
            tokens: start..index,
            clauses: 0..0,
            span: tokens[start].span.cover(tokens[index - 1].span),
            question: boundary.has(Boundary::QUESTION),
            opens_paragraph: start == 0 || tokens[start].before.has(Boundary::PARAGRAPH),
        });
        start = index;
    }
}
