//! The pattern language: text to flat sequences of items. docs/RULES.md explains it to rule authors.
//!
//! ```text
//! word        this word              ~lemma      any form of it        @class     a word of that class
//! @a&@b       both classes           @a&!@b      first, not second     ~go.past   past form (past pp ing base s)
//! (a|b c|@d)  alternatives           x?          optional              _          any one word
//! ..3         up to 3 words, same clause         ...3   up to 3 words, same sentence
//! !x          next word is not x     <!x         word before is not x  &name      macro
//! < >         clause starts, ends    ^ $         sentence starts, ends
//! [ ]         the marked part        +x          the head: its clause is judged by `where`
//! ```

mod expand;
mod read;

use std::collections::BTreeMap;

use amends_lint::Test;

use expand::append;
use read::{Reader, split};

use crate::lexicon::Lexicon;

/// Most items of a flat sequence.
const MAX_ITEMS: usize = 44;

/// An element of a flat sequence: what [`amends_lint::Item`] is, with the tests written out.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    Token(Test),
    Optional(Test),
    Gap { max: u8, across: bool },
    NotNext(Test),
    NotBefore(Test),
    ClauseStart,
    ClauseEnd,
    SentenceStart,
    SentenceEnd,
}

/// One flat sequence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sequence {
    pub(crate) items: Vec<Item>,
    pub(crate) head: Option<usize>,
    pub(crate) mark_start: Option<usize>,
    pub(crate) mark_end: Option<usize>,
}

/// Parsed pattern, before expansion.
#[derive(Debug, Clone)]
enum Node {
    Item(Item),
    /// Several items in a row (a contraction or a macro).
    Row(Vec<Node>),
    Choice(Vec<Vec<Node>>),
    OptionalRow(Vec<Vec<Node>>),
    Head(Box<Node>),
    MarkStart,
    MarkEnd,
}

/// Reads a pattern and expands its alternatives. The message of an error says what to change.
pub(crate) fn read_pattern(
    text: &str,
    macros: &BTreeMap<String, String>,
    lexicon: &mut Lexicon,
) -> Result<Vec<Sequence>, String> {
    let words = split(text)?;
    let mut reader = Reader { words: &words, position: 0, macros, lexicon, depth: 0 };
    let nodes = reader.row(false)?;
    let mut sequences = vec![Sequence::default()];
    for node in &nodes {
        sequences = append(sequences, node)?;
    }
    for sequence in &sequences {
        if sequence.items.len() > MAX_ITEMS {
            return Err(format!("`{text}` is too long: more than {MAX_ITEMS} elements"));
        }
        if !sequence.items.iter().any(|item| matches!(item, Item::Token(_))) {
            return Err(format!(
                "`{text}` needs at least one word that is not optional in every alternative"
            ));
        }
    }
    Ok(sequences)
}
