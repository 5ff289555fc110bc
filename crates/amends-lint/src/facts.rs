//! Facts: what the patterns found, after exceptions; the layer between patterns and findings.

use amends_text::{Analysis, Span};

use crate::genre::Genre;
use crate::matcher::RawMatch;
use crate::pack::{Clearance, FactId, Pack, Scope};

/// A fact at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Which fact.
    pub fact: FactId,
    /// Index of the sentence.
    pub sentence: u32,
    /// Index of the clause.
    pub clause: u32,
    /// Where it stands.
    pub span: Span,
    /// How sure, in percent.
    pub confidence: u8,
}

/// All accepted facts of a text, with bit sets by clause for quick questions.
#[derive(Debug, Default)]
pub struct FactTable {
    /// Accepted facts, ordered by level, then by place.
    pub facts: Vec<Fact>,
    bits: Vec<u64>,
    document: Vec<u64>,
    words_per_clause: usize,
    /// First and last fact of every kind, as indexes into `facts`, and for every fact the next of its kind.
    first_of: Vec<u32>,
    last_of: Vec<u32>,
    next_alike: Vec<u32>,
}

/// No fact.
const NONE: u32 = u32::MAX;

impl FactTable {
    /// Whether `fact` stands in clause `clause`.
    pub fn in_clause(&self, fact: FactId, clause: usize) -> bool {
        let word = clause * self.words_per_clause + fact as usize / 64;
        self.bits.get(word).is_some_and(|bits| bits & (1 << (fact % 64)) != 0)
    }

    /// Whether `fact` stands in any clause of sentence `sentence`.
    pub fn in_sentence(&self, fact: FactId, sentence: usize, analysis: &Analysis) -> bool {
        analysis
            .sentences
            .get(sentence)
            .is_some_and(|sentence| sentence.clauses.clone().any(|clause| self.in_clause(fact, clause)))
    }

    /// Whether `fact` stands anywhere.
    pub fn in_document(&self, fact: FactId) -> bool {
        self.document.get(fact as usize / 64).is_some_and(|bits| bits & (1 << (fact % 64)) != 0)
    }

    /// Sifts raw matches and derivations level by level: a rule sees only facts of lower levels, so the order
    /// of rules in files does not matter. `seeds` are facts that analyzers found before.
    pub(crate) fn fill(
        &mut self,
        pack: &Pack,
        analysis: &Analysis,
        seeds: &[Fact],
        matches: &mut [RawMatch],
        genre: Genre,
    ) {
        self.words_per_clause = pack.fact_names.len().div_ceil(64);
        self.facts.clear();
        self.next_alike.clear();
        for ends in [&mut self.first_of, &mut self.last_of] {
            ends.clear();
            ends.resize(pack.fact_names.len(), NONE);
        }
        self.bits.clear();
        self.bits.resize(analysis.clauses.len() * self.words_per_clause, 0);
        self.document.clear();
        self.document.resize(self.words_per_clause, 0);
        for seed in seeds {
            self.accept(*seed);
        }
        let rule_of = |raw: &RawMatch| &pack.matches[pack.patterns[raw.pattern as usize].rule as usize];
        let level_of = |raw: &RawMatch| raw.level;
        matches.sort_by_key(|raw| (u64::from(raw.level) << 32 | u64::from(raw.first), raw.pattern));
        let n_levels = pack
            .matches
            .iter()
            .map(|rule| rule.level)
            .chain(pack.derivations.iter().map(|derivation| derivation.level))
            .max()
            .map_or(0, |level| level + 1);
        let mut rest: &[RawMatch] = matches;
        for level in 0..n_levels {
            let n_here = rest.partition_point(|raw| level_of(raw) <= level);
            let (here, later) = rest.split_at(n_here);
            rest = later;
            for raw in here {
                let rule = rule_of(raw);
                let fact = Fact {
                    fact: rule.fact,
                    sentence: raw.sentence,
                    clause: raw.clause,
                    span: analysis.tokens[raw.first as usize]
                        .span
                        .cover(analysis.tokens[raw.last as usize].span),
                    confidence: rule.confidence,
                };
                if self.cleared(&rule.needs, &rule.unless, &fact, analysis) {
                    self.accept(fact);
                }
            }
            self.derive(pack, level, analysis, genre);
        }
    }

    fn derive(&mut self, pack: &Pack, level: u8, analysis: &Analysis, genre: Genre) {
        for derivation in pack.derivations.iter().filter(|derivation| derivation.level == level) {
            if !derivation.genres.has(genre) || !self.in_document(derivation.from) {
                continue;
            }
            let mut next = self.first_of[derivation.from as usize];
            while next != NONE {
                let from = self.facts[next as usize];
                if self.cleared(&derivation.needs, &derivation.unless, &from, analysis) {
                    self.accept(Fact { fact: derivation.fact, confidence: derivation.confidence, ..from });
                }
                next = self.next_alike[next as usize];
            }
        }
    }

    fn accept(&mut self, fact: Fact) {
        // The alternatives of one pattern often meet at the same place.
        let same = |known: &&Fact| known.fact == fact.fact && known.span == fact.span;
        if self.in_clause(fact.fact, fact.clause as usize)
            && self.facts.iter().rev().take(32).any(|known| same(&known))
        {
            return;
        }
        let word = fact.fact as usize / 64;
        let bit = 1 << (fact.fact % 64);
        self.bits[fact.clause as usize * self.words_per_clause + word] |= bit;
        self.document[word] |= bit;
        let own = self.facts.len() as u32;
        match self.last_of[fact.fact as usize] {
            NONE => self.first_of[fact.fact as usize] = own,
            last => self.next_alike[last as usize] = own,
        }
        self.last_of[fact.fact as usize] = own;
        self.next_alike.push(NONE);
        self.facts.push(fact);
    }

    fn cleared(&self, needs: &[Clearance], unless: &[Clearance], fact: &Fact, analysis: &Analysis) -> bool {
        needs.iter().all(|need| self.stands(need, fact, analysis))
            && !unless.iter().any(|exception| self.stands(exception, fact, analysis))
    }

    fn stands(&self, wanted: &Clearance, at: &Fact, analysis: &Analysis) -> bool {
        let sentence = at.sentence as usize;
        wanted.facts.iter().any(|&fact| {
            if !self.in_document(fact) {
                return false;
            }
            let here = |sentence| self.in_sentence(fact, sentence, analysis);
            match wanted.scope {
                Scope::Clause => self.in_clause(fact, at.clause as usize),
                Scope::Sentence => here(sentence),
                Scope::Previous => sentence > 0 && here(sentence - 1),
                Scope::Next => here(sentence + 1),
                Scope::Near => here(sentence) || here(sentence + 1) || (sentence > 0 && here(sentence - 1)),
                Scope::Document => true,
            }
        })
    }
}
