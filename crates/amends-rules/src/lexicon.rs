//! Builds the vocabulary from the lexicon files.

use std::collections::BTreeMap;

use amends_text::{ClassId, MAX_CLASSES, VocabularyTable, WordId};

use crate::error::CompileError;
use crate::files::PackFolder;
use crate::morphology::{Irregular, Morphology, VerbForms};

/// The vocabulary while it is being built.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) table: VocabularyTable,
    words: BTreeMap<String, WordId>,
    classes: BTreeMap<String, ClassId>,
    /// Words by lemma.
    pub(crate) forms: BTreeMap<String, Vec<WordId>>,
    morphology: Morphology,
    irregular: Irregular,
    /// Classes that hold expressions of several words.
    pub(crate) expression_classes: Vec<ClassId>,
}

/// How the lines of a lexicon file are read; `%verb`, `%noun` and `%word` switch.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Word,
    Verb,
    Noun,
}

impl Lexicon {
    /// Reads all lexicon files of a pack.
    pub(crate) fn read(folder: &PackFolder) -> Result<Self, CompileError> {
        let mut lexicon = Self::default();
        lexicon.table.words.push(String::new());
        lexicon.table.classes.push(Vec::new());
        lexicon.table.lemmas.push(0);
        if let Some(text) = folder.text("morphology.toml") {
            lexicon.morphology = toml::from_str(text)
                .map_err(|error| CompileError::malformed("morphology.toml", error.to_string()))?;
        }
        if let Some(text) = folder.text("irregular.txt") {
            lexicon.irregular = Irregular::read("irregular.txt", text)?;
        }
        lexicon.table.number = lexicon.reserve(&["number"])?;
        lexicon.table.name = lexicon.reserve(&["name"])?;
        for rule in std::mem::take(&mut lexicon.morphology.endings) {
            let classes: Vec<&str> = rule.classes.iter().map(String::as_str).collect();
            let word = lexicon.reserve(&classes)?;
            lexicon.table.endings.push((rule.ends, word));
        }
        lexicon.table.endings.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
        lexicon.read_contractions(folder)?;
        let files: Vec<(String, String)> =
            folder.below("lexicon", ".txt").map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        for (path, text) in &files {
            let name = path.trim_start_matches("lexicon/").trim_end_matches(".txt");
            lexicon.class(name)?;
            lexicon.read_class(path, name, text, folder, &mut Vec::new())?;
        }
        lexicon.refuse_double_spellings()?;
        if let Some(text) = folder.text("abbreviations.txt") {
            lexicon.table.abbreviations = lines(text).map(str::to_owned).collect();
        }
        Ok(lexicon)
    }

    /// Number of a class, made if it is new.
    pub(crate) fn class(&mut self, name: &str) -> Result<ClassId, CompileError> {
        if let Some(class) = self.classes.get(name) {
            return Ok(*class);
        }
        let class = self.table.class_names.len();
        if class >= MAX_CLASSES {
            return Err(CompileError::TooMany("word classes"));
        }
        self.table.class_names.push(name.to_owned());
        self.classes.insert(name.to_owned(), class as ClassId);
        Ok(class as ClassId)
    }

    /// Number of a class that must exist.
    pub(crate) fn known_class(&self, name: &str) -> Option<ClassId> {
        self.classes.get(name).copied()
    }

    /// Number of a word, made if it is new.
    pub(crate) fn word(&mut self, spelling: &str) -> Result<WordId, CompileError> {
        if let Some(word) = self.words.get(spelling) {
            return Ok(*word);
        }
        let word = self.push_word(spelling)?;
        self.words.insert(spelling.to_owned(), word);
        Ok(word)
    }

    /// What a contraction stands for, if the spelling is one.
    pub(crate) fn contraction(&self, spelling: &str) -> Option<&[WordId]> {
        self.table.expansions.iter().find(|(known, _)| known == spelling).map(|(_, words)| words.as_slice())
    }

    fn push_word(&mut self, spelling: &str) -> Result<WordId, CompileError> {
        let word = WordId::try_from(self.table.words.len()).map_err(|_| CompileError::TooMany("words"))?;
        self.table.words.push(spelling.to_owned());
        self.table.classes.push(Vec::new());
        self.table.lemmas.push(word);
        Ok(word)
    }

    fn reserve(&mut self, classes: &[&str]) -> Result<WordId, CompileError> {
        let word = self.push_word("")?;
        for name in classes {
            let class = self.class(name)?;
            self.join(word, class);
        }
        Ok(word)
    }

    fn join(&mut self, word: WordId, class: ClassId) {
        let classes = &mut self.table.classes[word as usize];
        if let Err(place) = classes.binary_search(&class) {
            classes.insert(place, class);
        }
    }

    fn read_class(
        &mut self,
        path: &str,
        name: &str,
        text: &str,
        folder: &PackFolder,
        including: &mut Vec<String>,
    ) -> Result<(), CompileError> {
        let class = self.class(name)?;
        let mut mode = Mode::Word;
        for line in lines(text) {
            match line {
                "%word" => mode = Mode::Word,
                "%verb" => mode = Mode::Verb,
                "%noun" => mode = Mode::Noun,
                _ => {
                    if let Some(other) = line.strip_prefix("%include ") {
                        let other_path = format!("lexicon/{}.txt", other.trim());
                        if including.contains(&other_path) {
                            return Err(CompileError::malformed(path, format!("`{line}` includes itself")));
                        }
                        let text = folder.text(&other_path).ok_or_else(|| {
                            CompileError::malformed(path, format!("`{line}`: there is no {other_path}"))
                        })?;
                        including.push(other_path.clone());
                        self.read_class(&other_path, name, text, folder, including)?;
                        including.pop();
                    } else {
                        for entry in line.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                            self.add_entry(path, entry, class, mode)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn add_entry(&mut self, path: &str, entry: &str, class: ClassId, mode: Mode) -> Result<(), CompileError> {
        let entry = entry.to_lowercase().replace('\u{2019}', "'");
        let mut words = entry.split_whitespace();
        let first = words.next().unwrap_or_default().to_owned();
        let rest: Vec<String> = words.map(str::to_owned).collect();
        if rest.len() > 4 {
            return Err(CompileError::malformed(
                path,
                format!("`{entry}` has more than five words; write a pattern instead"),
            ));
        }
        match mode {
            Mode::Word => self.add_form(&first, &first, &rest, class, &[]),
            Mode::Verb => {
                let forms = self.morphology.verb(&first, &self.irregular);
                self.add_verb(&forms, &rest, class)
            }
            Mode::Noun => {
                if rest.is_empty() {
                    let plural = self.morphology.plural(&first);
                    self.add_form(&first, &first, &[], class, &["noun"])?;
                    self.add_form(&plural, &first, &[], class, &["noun", "plural"])
                } else {
                    self.add_form(&first, &first, &rest, class, &[])?;
                    let mut plural = rest.clone();
                    if let Some(last) = plural.last_mut() {
                        *last = self.morphology.plural(last);
                    }
                    self.add_form(&first, &first, &plural, class, &[])
                }
            }
        }
    }

    fn add_verb(&mut self, forms: &VerbForms, rest: &[String], class: ClassId) -> Result<(), CompileError> {
        let base = forms.base.clone();
        self.add_form(&base, &base, rest, class, &["role_base_form"])?;
        self.add_form(&forms.third, &base, rest, class, &["role_present_form"])?;
        self.add_form(&forms.ing, &base, rest, class, &["role_ing_form"])?;
        for past in &forms.past {
            self.add_form(past, &base, rest, class, &["role_past_form"])?;
        }
        for participle in &forms.participle {
            self.add_form(participle, &base, rest, class, &["role_participle"])?;
        }
        Ok(())
    }

    /// Adds one spelling: a single word to the class and its form classes, several words as an expression.
    fn add_form(
        &mut self,
        spelling: &str,
        lemma: &str,
        rest: &[String],
        class: ClassId,
        form_classes: &[&str],
    ) -> Result<(), CompileError> {
        let word = self.word(spelling)?;
        let lemma_word = self.word(lemma)?;
        if self.table.lemmas[word as usize] == word {
            self.table.lemmas[word as usize] = lemma_word;
        }
        let forms = self.forms.entry(lemma.to_owned()).or_default();
        if !forms.contains(&word) {
            forms.push(word);
        }
        for name in form_classes {
            let form_class = self.class(name)?;
            self.join(word, form_class);
        }
        if rest.is_empty() {
            self.join(word, class);
            return Ok(());
        }
        let mut words = vec![word];
        for spelling in rest {
            match self.contraction(spelling).map(<[WordId]>::to_vec) {
                Some(parts) => words.extend(parts),
                None => words.push(self.word(spelling)?),
            }
        }
        if !self.expression_classes.contains(&class) {
            self.expression_classes.push(class);
        }
        if !self.table.expressions.contains(&(words.clone(), class)) {
            self.table.expressions.push((words, class));
        }
        Ok(())
    }

    /// Reads `contractions.txt`: `don't dont = do not`, and `ill = i will before role_base_form` for spellings
    /// that are also words of their own.
    fn read_contractions(&mut self, folder: &PackFolder) -> Result<(), CompileError> {
        let path = "contractions.txt";
        let Some(text) = folder.text(path) else { return Ok(()) };
        for line in lines(text) {
            let (spellings, meaning) = line.split_once('=').ok_or_else(|| {
                CompileError::malformed(path, format!("`{line}` needs a `=` between spellings and meaning"))
            })?;
            let (meaning, classes) = match meaning.split_once(" before ") {
                Some((meaning, classes)) => (meaning, Some(classes)),
                None => (meaning, None),
            };
            let words =
                meaning.split_whitespace().map(|word| self.word(word)).collect::<Result<Vec<_>, _>>()?;
            if let Some(classes) = classes {
                let classes =
                    classes.split_whitespace().map(|name| self.class(name)).collect::<Result<Vec<_>, _>>()?;
                for spelling in spellings.split_whitespace() {
                    let word = self.word(spelling)?;
                    self.table.conditional.push((word, words.clone(), classes.clone()));
                }
                continue;
            }
            for spelling in spellings.split_whitespace() {
                if self.contraction(spelling).is_none() {
                    self.table.expansions.push((spelling.to_owned(), words.clone()));
                }
            }
        }
        Ok(())
    }
}

impl Lexicon {
    /// Words that only a pattern or an expression spells get the classes that their ending suggests, so that
    /// being named in a rule does not take their grammar away.
    pub(crate) fn guess_classes(&mut self) {
        for word in 1..self.table.words.len() {
            if !self.table.classes[word].is_empty() || self.table.words[word].is_empty() {
                continue;
            }
            let spelling = &self.table.words[word];
            let guess = self.table.endings.iter().find(|(ending, _)| {
                spelling.len() >= ending.len() + 3 && spelling.ends_with(ending.as_str())
            });
            if let Some((_, like)) = guess {
                self.table.classes[word] = self.table.classes[*like as usize].clone();
            }
        }
    }

    /// A spelling is a word or a contraction, not both.
    fn refuse_double_spellings(&self) -> Result<(), CompileError> {
        match self.table.expansions.iter().find(|(spelling, _)| self.words.contains_key(spelling)) {
            Some((spelling, _)) => Err(CompileError::malformed(
                "contractions.txt",
                format!("`{spelling}` is also a word of the lexicon; remove one of the two"),
            )),
            None => Ok(()),
        }
    }
}

/// Lines without comments and blanks.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
