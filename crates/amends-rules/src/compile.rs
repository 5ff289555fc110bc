//! From files to table.

use std::collections::{BTreeMap, HashSet};

use amends_lint::{
    Clearance, Condition, Derivation, Expectation, FactId, Genre, GenreSet, MatchRule, Pack, Pattern, Rule,
    RuleExample, Test, TestId,
};

use crate::condition::{read_clearance, read_condition, read_genres};
use crate::error::CompileError;
use crate::files::{
    CheckFile, DeriveFile, ExampleFile, FactFile, GenreFile, MacroFile, MatchFile, PackFile, PackFolder,
};
use crate::lexicon::Lexicon;
use crate::rarity::{order_by_rarity, read_frequencies};
use crate::syntax::{Item, Sequence, read_pattern};

/// Fewest sentences a check must find, and pass; fewest near-misses among those it passes.
const MIN_FINDS: usize = 6;
const MIN_PASSES: usize = 6;
const MIN_NEAR_MISSES: usize = 3;

/// Compiles a pack folder.
///
/// # Errors
/// Any [`CompileError`]; its message names the file and says what to change.
pub fn compile(folder: &PackFolder) -> Result<Pack, CompileError> {
    let pack_file: PackFile = parse(folder, "pack.toml")?;
    let macros: MacroFile = match folder.text("macros.toml") {
        Some(_) => parse(folder, "macros.toml")?,
        None => MacroFile::default(),
    };
    let mut compiler = Compiler {
        lexicon: Lexicon::read(folder)?,
        macros: macros.macros,
        frequencies: read_frequencies(folder),
        pack: Pack { language: pack_file.language, ..Pack::default() },
        facts: BTreeMap::new(),
        tests: BTreeMap::new(),
        known_patterns: HashSet::new(),
    };
    for (path, text) in folder.below("facts", ".toml") {
        let file: FactFile =
            toml::from_str(text).map_err(|error| CompileError::malformed(path, error.to_string()))?;
        compiler.add_all(path, None, &file.matches, &file.derive)?;
    }
    for (path, text) in folder.checks() {
        let file: CheckFile =
            toml::from_str(text).map_err(|error| CompileError::malformed(path, error.to_string()))?;
        compiler.add_check(path, file)?;
    }
    compiler.finish(&pack_file.genre)
}

fn parse<T: serde::de::DeserializeOwned>(folder: &PackFolder, path: &str) -> Result<T, CompileError> {
    let text = folder
        .text(path)
        .ok_or_else(|| CompileError::malformed(path, "this file is missing; every pack needs it"))?;
    toml::from_str(text).map_err(|error| CompileError::malformed(path, error.to_string()))
}

struct Compiler {
    lexicon: Lexicon,
    macros: BTreeMap<String, String>,
    frequencies: BTreeMap<String, u64>,
    pack: Pack,
    facts: BTreeMap<String, FactId>,
    tests: BTreeMap<Test, TestId>,
    known_patterns: HashSet<Pattern>,
}

impl Compiler {
    fn fact(&mut self, name: &str) -> FactId {
        if let Some(fact) = self.facts.get(name) {
            return *fact;
        }
        let fact = self.pack.fact_names.len() as FactId;
        self.pack.fact_names.push(name.to_owned());
        self.facts.insert(name.to_owned(), fact);
        fact
    }

    fn add_check(&mut self, path: &str, file: CheckFile) -> Result<(), CompileError> {
        let (step, name) = path.split_once('/').unwrap_or(("", path));
        let malformed = |message: String| CompileError::malformed(path, message);
        if name.trim_end_matches(".toml") != file.id {
            return Err(malformed(format!("the file must be named after its id, {}.toml", file.id)));
        }
        if self.pack.rules.iter().any(|rule| rule.id == file.id) {
            return Err(malformed(format!("there is already a check `{}`", file.id)));
        }
        if file.finds.len() < MIN_FINDS {
            return Err(malformed(format!("`finds` needs at least {MIN_FINDS} sentences")));
        }
        if file.near_misses.len() < MIN_NEAR_MISSES || file.near_misses.len() + file.passes.len() < MIN_PASSES
        {
            return Err(malformed(format!(
                "`near_misses` needs at least {MIN_NEAR_MISSES} sentences, with `passes` at least {MIN_PASSES}"
            )));
        }
        self.fact(&file.id);
        let mut steps = vec![step.to_owned()];
        steps.extend(file.also_steps);
        let bad = file.finds.iter().map(example).collect();
        let good = file.near_misses.iter().chain(&file.passes).map(example).collect();
        self.add_all(path, Some(&file.id), &file.matches, &file.derive)?;
        self.pack.rules.push(Rule {
            id: file.id,
            steps,
            kind: file.kind,
            severity: file.severity,
            genres: read_genres(&file.genres).map_err(malformed)?,
            sources: file.sources,
            title: file.title,
            why: file.why,
            question: file.question,
            pattern: file.pattern,
            bad,
            good,
        });
        Ok(())
    }

    fn add_all(
        &mut self,
        path: &str,
        check: Option<&str>,
        matches: &[MatchFile],
        derivations: &[DeriveFile],
    ) -> Result<(), CompileError> {
        for file in matches {
            self.add_match(path, check, file).map_err(|message| CompileError::malformed(path, message))?;
        }
        for file in derivations {
            self.add_derivation(check, file).map_err(|message| CompileError::malformed(path, message))?;
        }
        Ok(())
    }

    fn add_match(&mut self, path: &str, check: Option<&str>, file: &MatchFile) -> Result<(), String> {
        let name =
            file.emit.as_deref().or(check).ok_or("`emit` is missing: which fact does it emit?")?.to_owned();
        let fact = self.fact(&name);
        let condition = read_condition(&file.condition)?;
        let genres = read_genres(&file.genres)?;
        let needs = self.clearances(&file.needs)?;
        let mut unless = self.clearances(&file.unless)?;
        if !file.not.is_empty() {
            unless.push(self.exceptions(path, &name, &file.not)?);
        }
        let rule = self.match_rule(MatchRule {
            fact,
            level: 0,
            condition,
            needs,
            unless,
            confidence: file.confidence,
            genres,
        })?;
        self.add_patterns(rule, &file.any)
    }

    fn match_rule(&mut self, rule: MatchRule) -> Result<u16, String> {
        let index = u16::try_from(self.pack.matches.len()).map_err(|_| "too many `[[match]]`".to_owned())?;
        self.pack.matches.push(rule);
        Ok(index)
    }

    fn add_patterns(&mut self, rule: u16, texts: &[String]) -> Result<(), String> {
        for text in texts {
            let sequences = read_pattern(text, &self.macros, &mut self.lexicon)
                .map_err(|message| format!("`{text}`: {message}"))?;
            for sequence in sequences {
                let pattern = self.pattern(rule, sequence)?;
                if !self.known_patterns.contains(&pattern) {
                    self.known_patterns.insert(pattern.clone());
                    self.pack.patterns.push(pattern);
                }
            }
        }
        Ok(())
    }

    /// Patterns after `not` become a fact of their own, without conditions.
    fn exceptions(&mut self, path: &str, name: &str, texts: &[String]) -> Result<Clearance, String> {
        let fact = self.fact(&format!("{path}#{name}#not{}", self.pack.fact_names.len()));
        let condition = Condition { reported: None, ..Condition::default() };
        let rule = self.match_rule(MatchRule {
            fact,
            level: 0,
            condition,
            needs: Vec::new(),
            unless: Vec::new(),
            confidence: 100,
            genres: GenreSet::ALL,
        })?;
        self.add_patterns(rule, texts)?;
        Ok(Clearance { facts: vec![fact], scope: amends_lint::Scope::Sentence })
    }

    fn add_derivation(&mut self, check: Option<&str>, file: &DeriveFile) -> Result<(), String> {
        let name = file.emit.as_deref().or(check).ok_or("`emit` is missing: which fact does it emit?")?;
        let derivation = Derivation {
            fact: self.fact(name),
            from: self.fact(&file.from),
            level: 0,
            needs: self.clearances(&file.needs)?,
            unless: self.clearances(&file.unless)?,
            confidence: file.confidence,
            genres: read_genres(&file.genres)?,
        };
        self.pack.derivations.push(derivation);
        Ok(())
    }

    fn clearances(&mut self, texts: &[String]) -> Result<Vec<Clearance>, String> {
        texts.iter().map(|text| read_clearance(text, |name| self.fact(name))).collect()
    }

    fn pattern(&mut self, rule: u16, sequence: Sequence) -> Result<Pattern, String> {
        let n_items = sequence.items.len();
        let head =
            sequence.head.filter(|head| matches!(sequence.items[*head], Item::Token(_) | Item::Optional(_)));
        let first = sequence.items.iter().position(|item| matches!(item, Item::Token(_))).unwrap_or(0);
        Ok(Pattern {
            rule,
            anchor: 0,
            head: head.unwrap_or(first) as u8,
            mark: (sequence.mark_start.unwrap_or(0) as u8, sequence.mark_end.unwrap_or(n_items) as u8),
            items: sequence.items.into_iter().map(|item| self.item(item)).collect::<Result<_, _>>()?,
        })
    }

    fn item(&mut self, item: Item) -> Result<amends_lint::Item, String> {
        Ok(match item {
            Item::Token(test) => amends_lint::Item::Token(self.test(test)?),
            Item::Optional(test) => amends_lint::Item::Optional(self.test(test)?),
            Item::NotNext(test) => amends_lint::Item::NotNext(self.test(test)?),
            Item::NotBefore(test) => amends_lint::Item::NotBefore(self.test(test)?),
            Item::Gap { max, across } => amends_lint::Item::Gap { max, across },
            Item::ClauseStart => amends_lint::Item::ClauseStart,
            Item::ClauseEnd => amends_lint::Item::ClauseEnd,
            Item::SentenceStart => amends_lint::Item::SentenceStart,
            Item::SentenceEnd => amends_lint::Item::SentenceEnd,
        })
    }

    /// Number of a test; each is stored once.
    fn test(&mut self, mut test: Test) -> Result<TestId, String> {
        test.words.sort_unstable();
        test.words.dedup();
        if let Some(known) = self.tests.get(&test) {
            return Ok(*known);
        }
        let index =
            TestId::try_from(self.pack.tests.len()).map_err(|_| "too many different words".to_owned())?;
        self.pack.tests.push(test.clone());
        self.tests.insert(test, index);
        Ok(index)
    }

    fn finish(mut self, genres: &[GenreFile]) -> Result<Pack, CompileError> {
        self.pack.rules.sort_by(|one, other| one.id.cmp(&other.id));
        if self.pack.rules.len() > usize::from(u8::MAX) {
            return Err(CompileError::TooMany("checks"));
        }
        for genre in genres {
            let malformed = |message: String| CompileError::malformed("pack.toml", message);
            let known = Genre::by_name(&genre.name)
                .ok_or_else(|| malformed(format!("`{}` is no genre", genre.name)))?;
            if let Some(unknown) = genre.expects.iter().find(|id| self.pack.rule(id).is_none()) {
                return Err(malformed(format!(
                    "genre {} expects `{unknown}`, which is no check",
                    genre.name
                )));
            }
            self.pack.expectations.push(Expectation {
                genre: known,
                checks: genre.expects.clone(),
                any_of: genre.any_of.clone(),
            });
        }
        self.set_levels()?;
        self.lexicon.guess_classes();
        order_by_rarity(&mut self.pack, &self.lexicon.table, &self.frequencies);
        self.pack.derivations.sort_by_key(|derivation| derivation.level);
        self.pack.vocabulary = self.lexicon.table;
        Ok(self.pack)
    }

    /// A rule stands one level above every fact it looks at. Facts that look at each other are refused.
    fn set_levels(&mut self) -> Result<(), CompileError> {
        let n_facts = self.pack.fact_names.len();
        let mut fact_levels = vec![0_u8; n_facts];
        let above = |needs: &[Clearance], unless: &[Clearance], levels: &[u8]| {
            needs
                .iter()
                .chain(unless)
                .flat_map(|clearance| &clearance.facts)
                .map(|fact| levels[*fact as usize] + 1)
                .max()
                .unwrap_or(0)
        };
        loop {
            let mut changed = None;
            let mut raise = |fact: FactId, level: u8, levels: &mut Vec<u8>| {
                if levels[fact as usize] < level {
                    levels[fact as usize] = level;
                    changed = Some(fact);
                }
            };
            for rule in &mut self.pack.matches {
                rule.level = above(&rule.needs, &rule.unless, &fact_levels);
                raise(rule.fact, rule.level, &mut fact_levels);
            }
            for derivation in &mut self.pack.derivations {
                derivation.level = above(&derivation.needs, &derivation.unless, &fact_levels)
                    .max(fact_levels[derivation.from as usize] + 1);
                raise(derivation.fact, derivation.level, &mut fact_levels);
            }
            let Some(fact) = changed else { return Ok(()) };
            if usize::from(fact_levels[fact as usize]) > n_facts.min(40) {
                let names: Vec<&str> = fact_levels
                    .iter()
                    .enumerate()
                    .filter(|(_, level)| usize::from(**level) > n_facts.min(40) - 4)
                    .map(|(fact, _)| self.pack.fact_names[fact].as_str())
                    .collect();
                return Err(CompileError::Circle(names.join(", ")));
            }
        }
    }
}

/// Takes the `[[` and `]]` out of an example and remembers where they stood.
fn example(file: &ExampleFile) -> RuleExample {
    let (marked, partner) = match file {
        ExampleFile::Plain(text) => (text, String::new()),
        ExampleFile::Reply { partner, text } => (text, partner.clone()),
    };
    let Some((before, rest)) = marked.split_once("[[") else {
        return RuleExample { text: marked.clone(), partner, mark: None };
    };
    let (inside, after) = rest.split_once("]]").unwrap_or((rest, ""));
    let mark = (before.len() as u32, (before.len() + inside.len()) as u32);
    RuleExample { text: format!("{before}{inside}{after}"), partner, mark: Some(mark) }
}
