//! The vocabulary in columns.

use amends_text::{ClassId, VocabularyTable, WordId};
use serde::{Deserialize, Serialize};

use super::Damaged;
use super::columns::{Lists, Texts};

#[derive(Serialize, Deserialize)]
pub(super) struct VocabularyColumns {
    words: Texts,
    classes: Lists,
    /// How far behind its lemma each word stands.
    lemmas: Vec<i16>,
    expression_words: Lists,
    expression_classes: Vec<ClassId>,
    /// All else as it is.
    rest: VocabularyTable,
}

impl VocabularyColumns {
    pub(super) fn of(table: &VocabularyTable) -> Self {
        let behind = |(word, lemma): (usize, &WordId)| (word as WordId).wrapping_sub(*lemma) as i16;
        Self {
            words: Texts::of(table.words.iter().map(String::as_str)),
            classes: Lists::of(table.classes.iter().map(Vec::as_slice)),
            lemmas: table.lemmas.iter().enumerate().map(behind).collect(),
            expression_words: Lists::of(table.expressions.iter().map(|(words, _)| words.as_slice())),
            expression_classes: table.expressions.iter().map(|(_, class)| *class).collect(),
            rest: VocabularyTable {
                words: Vec::new(),
                classes: Vec::new(),
                lemmas: Vec::new(),
                expressions: Vec::new(),
                ..table.clone()
            },
        }
    }

    pub(super) fn read(self) -> Result<VocabularyTable, Damaged> {
        let lemma = |(word, behind): (usize, &i16)| (word as WordId).wrapping_sub(*behind as u16);
        let expression_words = self.expression_words.read()?;
        if expression_words.len() != self.expression_classes.len() {
            return Err(Damaged);
        }
        Ok(VocabularyTable {
            words: self.words.read()?,
            classes: self.classes.read()?,
            lemmas: self.lemmas.iter().enumerate().map(lemma).collect(),
            expressions: expression_words.into_iter().zip(self.expression_classes).collect(),
            ..self.rest
        })
    }
}
