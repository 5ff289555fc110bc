//! The words a language pack knows: classes, roles, contractions, guesses for unknown words.

use serde::{Deserialize, Serialize};

use crate::expressions::Expressions;
use crate::role::{Role, RoleSet};

/// Number of a word in a [`Vocabulary`]. Contractions, number tokens and guessed words have ids of their own.
pub type WordId = u16;
/// Number of a word class.
pub type ClassId = u16;
/// Most classes a pack can have.
pub const MAX_CLASSES: usize = 384;
/// The word that is in no lexicon and looks like nothing.
pub const UNKNOWN: WordId = 0;

const CLASS_WORDS: usize = MAX_CLASSES / 64;
/// Longest word that is looked up, in bytes; longer ones are unknown.
const MAX_WORD_BYTES: usize = 40;

/// Set of word classes, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassSet([u64; CLASS_WORDS]);

impl ClassSet {
    /// Whether the class is in the set.
    pub fn has(&self, class: ClassId) -> bool {
        self.0[class as usize / 64] & (1 << (class % 64)) != 0
    }

    /// Adds a class.
    pub fn insert(&mut self, class: ClassId) {
        self.0[class as usize / 64] |= 1 << (class % 64);
    }
}

/// What a pack stores of its vocabulary; [`Vocabulary::new`] builds the lookup tables from it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VocabularyTable {
    /// Normalized spelling of every word; the index is its [`WordId`]. Entry 0 is empty: the unknown word.
    pub words: Vec<String>,
    /// Classes of each word, parallel to `words`.
    pub classes: Vec<Vec<ClassId>>,
    /// For each word the word that stands for all its forms, parallel to `words`.
    pub lemmas: Vec<WordId>,
    /// Name of each class; the index is its [`ClassId`].
    pub class_names: Vec<String>,
    /// Spellings that stand for several words ("don't", "im"), or for one other ("u").
    pub expansions: Vec<(String, Vec<WordId>)>,
    /// Words that stand for several others where the next word is in one of the classes ("ill go" = "i will go").
    pub conditional: Vec<(WordId, Vec<WordId>, Vec<ClassId>)>,
    /// Endings of unknown words, longest first, with the word id that stands for such a word.
    pub endings: Vec<(String, WordId)>,
    /// Word that stands for any number.
    pub number: WordId,
    /// Word that stands for an unknown capitalized word inside a sentence.
    pub name: WordId,
    /// Fixed expressions of several words: the words and the class they belong to.
    pub expressions: Vec<(Vec<WordId>, ClassId)>,
    /// Abbreviations after which a full stop ends no sentence, without the stop.
    pub abbreviations: Vec<String>,
}

/// What looking a spelling up can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// One word.
    Word(WordId),
    /// Several words: index into [`VocabularyTable::expansions`].
    Expansion(u16),
}

/// A vocabulary ready for use.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    table: VocabularyTable,
    classes: Vec<ClassSet>,
    roles: Vec<RoleSet>,
    slots: Vec<u32>,
    expressions: Expressions,
    is_conditional: Vec<bool>,
}

const EXPANSION_BIT: u32 = 1 << 31;

impl Vocabulary {
    /// Builds the lookup tables. Cost is linear in the size of the table.
    pub fn new(mut table: VocabularyTable) -> Self {
        if table.words.is_empty() {
            // An empty pack knows the unknown word at least.
            table.words.push(String::new());
            table.classes.push(Vec::new());
            table.lemmas.push(UNKNOWN);
        }
        let mut role_of_class = vec![None; table.class_names.len()];
        for (role, name) in Role::NAMED {
            if let Some(class) = table.class_names.iter().position(|known| known == name) {
                role_of_class[class] = Some(role);
            }
        }
        let mut classes = vec![ClassSet::default(); table.words.len()];
        let mut roles = vec![RoleSet::default(); table.words.len()];
        for (word, members) in table.classes.iter().enumerate() {
            for &class in members {
                classes[word].insert(class);
                if let Some(Some(role)) = role_of_class.get(class as usize) {
                    roles[word].insert(*role);
                }
            }
        }
        let n_entries = table.words.len() + table.expansions.len();
        let mut vocabulary = Self {
            classes,
            roles,
            slots: vec![0; (n_entries * 2).next_power_of_two().max(16)],
            expressions: Expressions::new(&table),
            is_conditional: vec![false; table.words.len()],
            table,
        };
        for word in 1..vocabulary.table.words.len() {
            if !vocabulary.table.words[word].is_empty() {
                let slot = vocabulary.free_slot(vocabulary.table.words[word].as_bytes());
                vocabulary.slots[slot] = word as u32;
            }
        }
        for index in 0..vocabulary.table.expansions.len() {
            let slot = vocabulary.free_slot(vocabulary.table.expansions[index].0.as_bytes());
            vocabulary.slots[slot] = index as u32 | EXPANSION_BIT;
        }
        for (word, _, _) in &vocabulary.table.conditional {
            vocabulary.is_conditional[*word as usize] = true;
        }
        vocabulary
    }

    /// The table it was built from.
    pub fn table(&self) -> &VocabularyTable {
        &self.table
    }

    /// Number of the class with this name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.table.class_names.iter().position(|known| known == name).map(|index| index as ClassId)
    }

    /// Classes of a word.
    pub fn classes(&self, word: WordId) -> &ClassSet {
        &self.classes[word as usize]
    }

    /// Whether a word is in a class.
    pub fn is(&self, word: WordId, class: ClassId) -> bool {
        self.classes[word as usize].has(class)
    }

    /// Roles a word can play.
    pub fn roles(&self, word: WordId) -> RoleSet {
        self.roles[word as usize]
    }

    /// Number of the word with this normalized (lower case, straight apostrophe) spelling.
    pub fn word(&self, spelling: &str) -> Option<WordId> {
        match self.find(spelling.as_bytes()) {
            Some(Found::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Spelling of a word; empty for the guessed kinds.
    pub fn spelling(&self, word: WordId) -> &str {
        &self.table.words[word as usize]
    }

    /// Fixed expressions that begin with these two words, in the order of the table: `(words, class)` each.
    pub fn expressions(
        &self,
        first: WordId,
        second: WordId,
    ) -> impl Iterator<Item = &(Vec<WordId>, ClassId)> {
        self.expressions.of(first, second).iter().map(|index| &self.table.expressions[*index as usize])
    }

    /// Looks a normalized spelling up.
    pub(crate) fn find(&self, spelling: &[u8]) -> Option<Found> {
        if spelling.len() > MAX_WORD_BYTES {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(spelling) as usize & mask;
        loop {
            let entry = self.slots[slot];
            if entry == 0 {
                return None;
            }
            if self.entry_spelling(entry).as_bytes() == spelling {
                return Some(if entry & EXPANSION_BIT != 0 {
                    Found::Expansion((entry & !EXPANSION_BIT) as u16)
                } else {
                    Found::Word(entry as WordId)
                });
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Words an expansion stands for.
    pub(crate) fn expansion(&self, index: u16) -> &[WordId] {
        &self.table.expansions[index as usize].1
    }

    /// What `word` stands for if `next` follows it; nothing if it stands for itself.
    pub(crate) fn before(&self, word: WordId, next: WordId) -> Option<&[WordId]> {
        if !self.is_conditional[word as usize] {
            return None;
        }
        self.table.conditional.iter().find_map(|(known, parts, classes)| {
            let fits = *known == word && classes.iter().any(|class| self.is(next, *class));
            fits.then_some(parts.as_slice())
        })
    }

    /// Best guess for a spelling that is not known, from its ending.
    pub(crate) fn guess(&self, spelling: &[u8]) -> WordId {
        for (ending, word) in &self.table.endings {
            if spelling.len() >= ending.len() + 3 && spelling.ends_with(ending.as_bytes()) {
                return *word;
            }
        }
        UNKNOWN
    }

    fn entry_spelling(&self, entry: u32) -> &str {
        if entry & EXPANSION_BIT != 0 {
            &self.table.expansions[(entry & !EXPANSION_BIT) as usize].0
        } else {
            &self.table.words[entry as usize]
        }
    }

    fn free_slot(&self, spelling: &[u8]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(spelling) as usize & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// FNV-1a with a final mix: short keys, no dependency on the machine.
fn hash(bytes: &[u8]) -> u32 {
    let mut state = 0x811c_9dc5_u32;
    for byte in bytes {
        state = (state ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    state ^ (state >> 15)
}
