//! Quotation marks: which tokens are somebody's quoted words.

use crate::sentence::Sentence;
use crate::token::{Boundary, Token, TokenFlags};

/// Marks tokens between a pair of double quotation marks. A mark without a partner in its sentence or the
/// next two is ignored, so that one stray mark never hides the rest of a letter. Single quotation marks
/// count only as a pair inside one sentence.
pub(crate) fn mark_quotations(tokens: &mut [Token], sentences: &[Sentence]) {
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
        mark_single_quotes(&mut tokens[sentence.tokens.clone()]);
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

fn mark_single_quotes(tokens: &mut [Token]) {
    let mut open = None;
    for index in 1..tokens.len() {
        if tokens[index].before.has(Boundary::SINGLE_QUOTE) {
            match open.take() {
                Some(start) => mark(&mut tokens[start..index]),
                None => open = Some(index),
            }
        }
    }
    // `... 'never again'.`: opened inside the sentence and closed by its end.
    if let Some(start) = open
        && tokens.len() - start <= 8
    {
        mark(&mut tokens[start..]);
    }
}
