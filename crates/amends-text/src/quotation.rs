//! Quotation marks: which tokens are somebody's quoted words.

use crate::sentence::Sentence;
use crate::token::{Boundary, Token, TokenFlags};

/// Marks tokens between a pair of double quotation marks. A mark without a partner in its sentence or the
/// next two is ignored, so that one stray mark never hides the rest of a letter. Single quotation marks
/// count only as a pair inside one sentence.
/// `last` is the boundary after the last token.
pub(crate) fn mark_quotations(tokens: &mut [Token], sentences: &[Sentence], last: Boundary) {
    let mut open: Option<(usize, usize)> = None;
    for (sentence_index, sentence) in sentences.iter().enumerate() {
        for index in sentence.tokens.clone() {
            let boundary = tokens[index].before;
            if boundary.has(Boundary::QUOTE) {
                open = match open {
                    Some((start, opened_in)) if sentence_index - opened_in <= 2 => {
                        mark(&mut tokens[start..index]);
                        None
                    }
                    _ => Some((index, sentence_index)),
                };
            }
        }
        let after = tokens.get(sentence.tokens.end).map_or(last, |token| token.before);
        mark_single_quotes(&mut tokens[sentence.tokens.clone()], after);
    }
    // The closing mark may stand after the very last token.
    if let Some((start, opened_in)) = open
        && sentences.len() - opened_in <= 2
        && start > 0
    {
        mark(&mut tokens[start..]);
    }
}

fn mark(tokens: &mut [Token]) {
    for token in tokens {
        token.flags.add(TokenFlags::QUOTED);
    }
}

/// Marks tokens between single quotation marks of one sentence; `after` is the boundary behind it. A mark that
/// nothing closes ("'tis") quotes nothing.
fn mark_single_quotes(tokens: &mut [Token], after: Boundary) {
    let mut open = None;
    for index in 0..=tokens.len() {
        let boundary = tokens.get(index).map_or(after, |token| token.before);
        if boundary.has(Boundary::SINGLE_CLOSE)
            && let Some(start) = open.take()
        {
            mark(&mut tokens[start..index]);
        }
        if boundary.has(Boundary::SINGLE_OPEN) && index < tokens.len() {
            open = Some(index);
        }
    }
}
