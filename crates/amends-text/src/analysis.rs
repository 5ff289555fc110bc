//! The analysis of one text, with buffers that are reused.

use crate::clause::{Clause, cut_clauses};
use crate::quotation::mark_quotations;
use crate::sentence::{Sentence, cut_sentences};
use crate::token::{Token, read_tokens};
use crate::vocabulary::Vocabulary;

/// Tokens, sentences and clauses of one text. Call [`Analysis::read`] again to reuse its memory.
#[derive(Debug, Default)]
pub struct Analysis {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// All clauses, in order; together they hold every token once.
    pub clauses: Vec<Clause>,
}

impl Analysis {
    /// Analyzes `text`, replacing what was here. Time is linear in the length of the text.
    pub fn read(&mut self, text: &str, vocabulary: &Vocabulary) {
        let last = read_tokens(text, vocabulary, &mut self.tokens);
        cut_sentences(&self.tokens, last, &mut self.sentences);
        mark_quotations(&mut self.tokens, &self.sentences, last);
        self.clauses.clear();
        for sentence in &mut self.sentences {
            sentence.clauses = cut_clauses(sentence, &mut self.tokens, vocabulary, &mut self.clauses);
        }
    }
}
