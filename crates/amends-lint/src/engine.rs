//! The engine: a pack made ready, and the one function that reads a draft.

use amends_text::{Analysis, Readability, Sentence, Span, Vocabulary, readability};

use crate::commitment::commitments;
use crate::facts::{Fact, FactTable};
use crate::finding::{Finding, Origin};
use crate::genre::Genre;
use crate::index::Index;
use crate::learned::{Learned, SentenceInput, Verdict, ask, is_fault, sentence_text};
use crate::matcher::{RawMatch, Ready, find_matches};
use crate::missing::missing;
use crate::not_here::{NotHereKey, fingerprint};
use crate::pack::{CheckId, FactId, Kind, Pack, SafetyKind};
use crate::places::Places;
use crate::reflection::reflection_facts;
use crate::report::{ElementFound, Reading, Report};

/// A text to read, with what is known about it.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'t> {
    /// The text.
    pub text: &'t str,
    /// What it is for; guessed if `None`.
    pub genre: Option<Genre>,
    /// What the partner had said, for a reply.
    pub partner_said: Option<&'t str>,
    /// Key for "not here" marks.
    pub key: NotHereKey,
}

impl<'t> Draft<'t> {
    /// A draft of which only the text is known.
    pub fn new(text: &'t str) -> Self {
        Self { text, genre: None, partner_said: None, key: NotHereKey::default() }
    }
}

/// Buffers that are reused from draft to draft.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Analysis of the draft read last.
    pub analysis: Analysis,
    /// Facts of the draft read last.
    pub table: FactTable,
    partner: Analysis,
    matches: Vec<RawMatch>,
    places: Places,
}

/// A language pack made ready for reading drafts.
#[derive(Debug, Clone)]
pub struct Engine {
    pack: Pack,
    vocabulary: Vocabulary,
    index: Index,
    /// Check of each fact that is named like one.
    check_of_fact: Vec<Option<CheckId>>,
    safety_facts: Vec<(FactId, SafetyKind)>,
}

impl Engine {
    /// Makes a pack ready. Linear in the size of the pack.
    pub fn new(mut pack: Pack) -> Self {
        let vocabulary = Vocabulary::new(std::mem::take(&mut pack.vocabulary));
        let index = Index::new(&pack, &vocabulary);
        let check_of_fact = pack
            .fact_names
            .iter()
            .map(|name| pack.rules.iter().position(|rule| rule.id == *name).map(|index| index as CheckId))
            .collect();
        let safety_facts = SafetyKind::FACTS
            .into_iter()
            .filter_map(|(name, kind)| {
                pack.fact_names.iter().position(|known| known == name).map(|index| (index as FactId, kind))
            })
            .collect();
        Self { pack, vocabulary, index, check_of_fact, safety_facts }
    }

    /// The pack it runs, without its words: those are in [`Engine::vocabulary`].
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The words it knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Reads a draft by the rules alone. Never fails; time is linear in the length of the text.
    pub fn check(&self, draft: &Draft<'_>, scratch: &mut Scratch) -> Report {
        self.check_with(draft, scratch, None)
    }

    /// Reads a draft by the rules and, where one is given, a learned reader.
    pub fn check_with(
        &self,
        draft: &Draft<'_>,
        scratch: &mut Scratch,
        learned: Option<&mut dyn Learned>,
    ) -> Report {
        scratch.analysis.read(draft.text, &self.vocabulary);
        let reading = match readability(&scratch.analysis.tokens, &self.vocabulary) {
            Readability::Empty => Reading::Empty,
            Readability::Foreign => Reading::OtherLanguage,
            Readability::Readable => Reading::Read,
        };
        if reading != Reading::Read {
            scratch.table = FactTable::default();
            return Report { reading, genre: draft.genre, ..Report::default() };
        }
        let partner_said = draft.partner_said.filter(|said| !said.trim().is_empty());
        let seeds = match partner_said {
            Some(said) => {
                scratch.partner.read(said, &self.vocabulary);
                reflection_facts(&self.pack, &self.vocabulary, &scratch.analysis, &scratch.partner)
            }
            None => Vec::new(),
        };
        let genre = draft.genre.unwrap_or(if partner_said.is_some() { Genre::Reply } else { Genre::Letter });
        scratch.matches.clear();
        let ready = Ready { pack: &self.pack, vocabulary: &self.vocabulary, index: &self.index };
        find_matches(&scratch.analysis, ready, genre, &mut scratch.places, &mut scratch.matches);
        scratch.table.fill(&self.pack, &scratch.analysis, &seeds, &mut scratch.matches, genre);
        self.report(draft, genre, scratch, learned)
    }

    fn report(
        &self,
        draft: &Draft<'_>,
        genre: Genre,
        scratch: &Scratch,
        learned: Option<&mut dyn Learned>,
    ) -> Report {
        let mut report = Report { genre: Some(genre), ..Report::default() };
        for fact in &scratch.table.facts {
            let Some(check) = self.check_of_fact[fact.fact as usize] else { continue };
            let rule = &self.pack.rules[check as usize];
            if !rule.genres.has(genre) {
                continue;
            }
            match rule.kind {
                Kind::Fault => add_finding(&mut report.findings, self.finding(check, fact, draft, scratch)),
                Kind::Presence => add_element(&mut report.present, check, fact),
            }
        }
        if let Some(learned) = learned {
            self.join(&mut report, draft, genre, scratch, learned);
        }
        report.findings.sort_by_key(|finding| (finding.span, finding.check));
        report.present.sort_by_key(|found| (found.span, found.check));
        let guessed = draft.genre.unwrap_or_else(|| self.guess_genre(genre, &report, scratch));
        report.genre = Some(guessed);
        report.missing = missing(&self.pack, guessed, &report.present);
        report.commitments = commitments(&self.pack, &scratch.analysis, &scratch.table);
        report.safety = self
            .safety_facts
            .iter()
            .filter(|(fact, _)| scratch.table.in_document(*fact))
            .map(|(_, kind)| *kind)
            .collect();
        report.explains_before_owning = self.explains_before_owning(&report, scratch);
        report
    }

    /// Lets the learned reader mark and veto, sentence by sentence. Its own marks cover the whole sentence.
    fn join(
        &self,
        report: &mut Report,
        draft: &Draft<'_>,
        genre: Genre,
        scratch: &Scratch,
        learned: &mut dyn Learned,
    ) {
        let inputs = sentence_inputs(draft, scratch);
        learned.prepare(&inputs);
        let mut joined = Vec::new();
        let mut dropped: Vec<(u32, CheckId)> = Vec::new();
        for (sentence_idx, (sentence, input)) in scratch.analysis.sentences.iter().zip(&inputs).enumerate() {
            ask(learned, &self.pack, input, &mut joined);
            for verdict in
                joined.iter().filter(|joined| self.pack.rules[joined.check as usize].genres.has(genre))
            {
                let fact = Fact {
                    fact: 0,
                    sentence: sentence_idx as u32,
                    clause: sentence.clauses.start as u32,
                    span: sentence.span,
                    confidence: (verdict.probability * 100.0) as u8,
                };
                match verdict.verdict {
                    Verdict::Drop => dropped.push((fact.sentence, verdict.check)),
                    Verdict::LeaveToRule => {}
                    Verdict::Mark if is_fault(&self.pack, verdict.check) => {
                        let known = report.findings.iter_mut().find(|finding| {
                            finding.check == verdict.check && finding.sentence == fact.sentence
                        });
                        match known {
                            Some(finding) => finding.confidence = finding.confidence.max(verdict.probability),
                            None => {
                                let finding = self.finding(verdict.check, &fact, draft, scratch);
                                report.findings.push(Finding { origin: Origin::Model, ..finding });
                            }
                        }
                    }
                    Verdict::Mark => add_element(&mut report.present, verdict.check, &fact),
                }
            }
        }
        dropped.sort_unstable();
        let is_dropped = |sentence, check| dropped.binary_search(&(sentence, check)).is_ok();
        report.findings.retain(|finding| !is_dropped(finding.sentence, finding.check));
        report.present.retain(|found| !is_dropped(found.sentence, found.check));
    }

    fn finding(&self, check: CheckId, fact: &Fact, draft: &Draft<'_>, scratch: &Scratch) -> Finding {
        let rule = &self.pack.rules[check as usize];
        Finding {
            check,
            severity: rule.severity,
            confidence: f32::from(fact.confidence) / 100.0,
            origin: Origin::Rule,
            span: fact.span,
            sentence: fact.sentence,
            fingerprint: fingerprint(
                &draft.key,
                &rule.id,
                fact.span,
                draft.text,
                &scratch.analysis,
                &self.vocabulary,
            ),
        }
    }

    /// Where nobody said what the draft is for: a reply answers somebody, an apology apologizes, a confession
    /// admits, a note thanks; a few words are a message, all else is a letter.
    fn guess_genre(&self, genre: Genre, report: &Report, scratch: &Scratch) -> Genre {
        if genre == Genre::Reply {
            return genre;
        }
        let has_fact = |name: &str| {
            self.pack
                .fact_names
                .iter()
                .position(|known| known == name)
                .is_some_and(|fact| scratch.table.in_document(fact as FactId))
        };
        let has =
            |id: &str| report.present.iter().any(|found| self.pack.rules[found.check as usize].id == id);
        if has_fact("apology.performative") {
            Genre::Apology
        } else if has("responsibility") {
            Genre::Confession
        } else if has("specific-gratitude") {
            Genre::Gratitude
        } else if scratch.analysis.sentences.len() <= 3 {
            Genre::Message
        } else {
            Genre::Letter
        }
    }

    /// The order of E1: responsibility comes before explanation.
    fn explains_before_owning(&self, report: &Report, scratch: &Scratch) -> bool {
        let Some(explanation) = self.pack.fact_names.iter().position(|name| name == "explanation") else {
            return false;
        };
        let first_explained = scratch
            .table
            .facts
            .iter()
            .filter(|fact| fact.fact == explanation as FactId)
            .map(|fact| fact.sentence)
            .min();
        let first_owned = report
            .present
            .iter()
            .filter(|found| self.pack.rules[found.check as usize].id == "responsibility")
            .map(|found| found.sentence)
            .min();
        match (first_explained, first_owned) {
            (Some(explained), Some(owned)) => explained < owned,
            _ => false,
        }
    }
}

/// The sentences of a draft, each with what stands around it.
fn sentence_inputs<'t>(draft: &Draft<'t>, scratch: &Scratch) -> Vec<SentenceInput<'t>> {
    let partner_said = draft.partner_said.filter(|said| !said.trim().is_empty());
    let mut previous = None;
    let input = |sentence: &Sentence| {
        let text = sentence_text(draft.text, sentence.span);
        let before = previous.replace(text).filter(|_| !sentence.opens_paragraph);
        SentenceInput { sentence: text, previous: before, partner_said }
    };
    scratch.analysis.sentences.iter().map(input).collect()
}

/// Adds a finding; several of one check in a sentence become one over the surest place.
fn add_finding(findings: &mut Vec<Finding>, finding: Finding) {
    // Facts come ordered by level and place; look back only as far as the same sentence can reach.
    let same =
        |earlier: &&mut Finding| earlier.check == finding.check && earlier.sentence == finding.sentence;
    match findings.iter_mut().rev().take(64).find(same) {
        Some(earlier) if earlier.confidence < finding.confidence => *earlier = finding,
        Some(earlier) => {
            if earlier.confidence == finding.confidence && earlier.span.overlaps(finding.span) {
                earlier.span = earlier.span.cover(finding.span);
            }
        }
        None => findings.push(finding),
    }
}

fn add_element(present: &mut Vec<ElementFound>, check: CheckId, fact: &Fact) {
    let found = ElementFound {
        check,
        span: fact.span,
        confidence: f32::from(fact.confidence) / 100.0,
        sentence: fact.sentence,
    };
    let same = |earlier: &&mut ElementFound| earlier.check == check && earlier.sentence == fact.sentence;
    match present.iter_mut().rev().take(64).find(same) {
        Some(earlier) => earlier.span = Span::cover(earlier.span, found.span),
        None => present.push(found),
    }
}
