//! Step 1.1 Take responsibility: one structured disclosure, at the depth its reader chose.
//!
//! A sealed disclosure never changes; what is remembered later is a dated addition. Which section the reader
//! opened stays on the reader's devices.

mod event;

use std::collections::{BTreeMap, BTreeSet};

pub use event::{Depth, DepthChoice, Disclosure, Event, Field, Section};

use crate::event::Reach;
use crate::id::{EntryId, Hlc, PersonId};
use crate::incident::Kind;
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::Drafts;

/// Longest headline, in characters.
pub const HEADLINE_LENGTH: usize = 200;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Save(_) | Event::Guess { .. } | Event::OpenSection { .. } => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

impl Disclosure {
    /// One section, if it is there.
    pub fn field(&self, section: Section) -> Option<&Field> {
        self.fields.iter().find(|field| field.section == section)
    }

    /// Sections that this kind of betrayal needs and that are not dealt with yet.
    /// "Nothing to tell" and "I will know by" deal with a section.
    pub fn missing(&self, kind: Kind) -> Vec<Section> {
        let dealt_with = |section: &Section| self.field(*section).is_some_and(Field::is_dealt_with);
        kind.template().sections.iter().copied().filter(|section| !dealt_with(section)).collect()
    }
}

impl Field {
    /// Whether the writer has said something, that there is nothing, or by when they will know.
    pub fn is_dealt_with(&self) -> bool {
        self.nothing
            || self.known_by.is_some()
            || self.from.is_some()
            || self.says_when()
            || !self.headline.trim().is_empty()
            || !self.facts.trim().is_empty()
    }

    fn says_facts(&self) -> bool {
        !self.facts.trim().is_empty() || self.from.is_some() || self.to.is_some() || self.says_when()
    }

    fn says_when(&self) -> bool {
        self.when.as_ref().is_some_and(|when| !when.trim().is_empty())
    }
}

/// A hint to choose a better hour: telling between 22 and 7 is rarely a good time. Minute of the local day.
pub fn better_hour(minute_of_day: u16) -> bool {
    !(7 * 60..22 * 60).contains(&minute_of_day)
}

/// A delivered disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its writer.
    pub author: PersonId,
    /// The incident.
    pub incident: EntryId,
    /// When it was sealed.
    pub at: Hlc,
    /// The text; it never changes.
    pub content: Disclosure,
    /// What was added later, each with its date.
    pub additions: Vec<Addition>,
    /// Questions and their answers.
    pub questions: Vec<Question>,
}

/// A dated addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// The event.
    pub id: EntryId,
    /// When.
    pub at: Hlc,
    /// To which section.
    pub section: Section,
    /// What.
    pub text: String,
}

/// A question of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The event.
    pub id: EntryId,
    /// About which section.
    pub section: Section,
    /// The question.
    pub text: String,
    /// The answer, once given.
    pub answer: Option<String>,
}

/// All of step 1.1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts.
    pub drafts: Drafts<Disclosure>,
    sealed: BTreeMap<EntryId, Sealed>,
    guesses: BTreeMap<(EntryId, Section), Depth>,
    depths: BTreeMap<(EntryId, Section), Depth>,
    questions: BTreeMap<EntryId, EntryId>,
    opened: BTreeSet<(EntryId, Section)>,
}

impl State {
    /// A delivered disclosure.
    pub fn sealed(&self, id: EntryId) -> Option<&Sealed> {
        self.sealed.get(&id)
    }

    /// All delivered disclosures of an incident.
    pub fn of_incident(&self, incident: EntryId) -> impl Iterator<Item = (EntryId, &Sealed)> {
        self.sealed
            .iter()
            .filter(move |(_, sealed)| sealed.incident == incident)
            .map(|(id, sealed)| (*id, sealed))
    }

    /// What the reader wants to know of a section; `None` where they have not said.
    pub fn depth(&self, incident: EntryId, section: Section) -> Option<Depth> {
        self.depths.get(&(incident, section)).copied()
    }

    /// The writer's private guess.
    pub fn guess(&self, incident: EntryId, section: Section) -> Option<Depth> {
        self.guesses.get(&(incident, section)).copied()
    }

    /// Whether the reader opened a section, for the reader's own screen.
    pub fn is_open(&self, disclosure: EntryId, section: Section) -> bool {
        self.opened.contains(&(disclosure, section))
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::Save(save) => self.drafts.judge(save),
            Event::Guess { incident, .. } => ctx.any_incident(*incident).map(drop),
            Event::Depth { incident, .. } => ctx.as_hurt(*incident).map(drop),
            Event::Seal { incident, content } => {
                let found = ctx.as_doer(*incident)?;
                if found.ending.is_none() {
                    return Err(Refusal::TooEarly);
                }
                if !self.depths.keys().any(|(of, _)| of == incident) {
                    return Err(Refusal::DepthNotChosen);
                }
                self.fits_depth(*incident, content)
            }
            Event::Add { disclosure, section, text } => {
                let sealed = self.sealed.get(disclosure).ok_or(Refusal::NotFound)?;
                ctx.is_author(sealed.author)?;
                words(text)?;
                self.takes(sealed.incident, *section, true)
            }
            Event::Ask { disclosure, text, .. } => {
                let sealed = self.sealed.get(disclosure).ok_or(Refusal::NotFound)?;
                ctx.is_other(sealed.author)?;
                words(text)
            }
            Event::Answer { question, text } => {
                let sealed = self.questions.get(question).and_then(|id| self.sealed.get(id));
                ctx.is_author(sealed.ok_or(Refusal::NotFound)?.author)?;
                words(text)
            }
            Event::OpenSection { disclosure, .. } => {
                let sealed = self.sealed.get(disclosure).ok_or(Refusal::NotFound)?;
                ctx.is_other(sealed.author)
            }
        }
    }

    fn fits_depth(&self, incident: EntryId, content: &Disclosure) -> Result<(), Refusal> {
        if content.fields.is_empty() && content.own_words.trim().is_empty() {
            return Err(Refusal::Empty);
        }
        for field in content.fields.iter().filter(|field| field.is_dealt_with()) {
            self.takes(incident, field.section, field.says_facts())?;
            if field.headline.chars().count() > HEADLINE_LENGTH {
                return Err(Refusal::TooLong);
            }
        }
        if content.own_words.trim().is_empty() {
            Ok(())
        } else {
            self.takes(incident, Section::OwnWords, true)
        }
    }

    fn takes(&self, incident: EntryId, section: Section, facts: bool) -> Result<(), Refusal> {
        match self.depth(incident, section) {
            None | Some(Depth::Facts) => Ok(()),
            Some(Depth::Headline) if !facts => Ok(()),
            Some(_) => Err(Refusal::DepthNotWanted),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Save(save) => self.drafts.commit(stamp.id, stamp.at, save),
            Event::Guess { incident, choices } => {
                self.guesses.extend(choices.iter().map(|choice| ((*incident, choice.section), choice.depth)));
            }
            Event::Depth { incident, choices } => {
                self.depths.extend(choices.iter().map(|choice| ((*incident, choice.section), choice.depth)));
            }
            Event::Seal { incident, content } => {
                let sealed = Sealed {
                    author: stamp.author,
                    incident: *incident,
                    at: stamp.at,
                    content: content.clone(),
                    additions: Vec::new(),
                    questions: Vec::new(),
                };
                self.sealed.insert(stamp.id, sealed);
            }
            Event::Add { disclosure, section, text } => {
                if let Some(sealed) = self.sealed.get_mut(disclosure) {
                    let addition =
                        Addition { id: stamp.id, at: stamp.at, section: *section, text: text.clone() };
                    sealed.additions.push(addition);
                }
            }
            Event::Ask { disclosure, section, text } => {
                if let Some(sealed) = self.sealed.get_mut(disclosure) {
                    let question =
                        Question { id: stamp.id, section: *section, text: text.clone(), answer: None };
                    sealed.questions.push(question);
                    self.questions.insert(stamp.id, *disclosure);
                }
            }
            Event::Answer { question, text } => {
                let sealed = self.questions.get(question).and_then(|id| self.sealed.get_mut(id));
                let found =
                    sealed.and_then(|sealed| sealed.questions.iter_mut().find(|other| other.id == *question));
                if let Some(found) = found {
                    found.answer = Some(text.clone());
                }
            }
            Event::OpenSection { disclosure, section } => {
                self.opened.insert((*disclosure, *section));
            }
        }
    }
}
