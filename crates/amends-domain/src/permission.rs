//! Permissions as types: who may not write gets an object without write methods.
//!
//! ```compile_fail
//! use amends_domain::permission::DisclosureReader;
//! fn change(reader: DisclosureReader<'_>) { let _ = reader.add(unreachable!(), String::new()); }
//! ```
//! ```compile_fail
//! use amends_domain::permission::PromisePartner;
//! fn report(partner: PromisePartner<'_>) { let _ = partner.report(unreachable!()); }
//! ```

use crate::admit::responsibility::{self, Sealed, Section};
use crate::apologize::honesty::{self, Outcome, Response};
use crate::event::Space;
use crate::id::{EntryId, Millis, PersonId};
use crate::permit::Action;
use crate::prove::communication::{self, Delivered, SenderSees};
use crate::state::World;

/// A disclosure in the hands of one of the two.
#[derive(Debug, Clone, Copy)]
pub enum DisclosureFor<'a> {
    /// Its writer.
    Author(DisclosureAuthor<'a>),
    /// Its reader.
    Reader(DisclosureReader<'a>),
}

/// The writer of a sealed disclosure: can add and answer, cannot change, cannot see what was opened.
#[derive(Debug, Clone, Copy)]
pub struct DisclosureAuthor<'a> {
    id: EntryId,
    sealed: &'a Sealed,
}

impl<'a> DisclosureAuthor<'a> {
    /// The disclosure.
    pub fn sealed(&self) -> &'a Sealed {
        self.sealed
    }

    /// A dated addition.
    pub fn add(&self, section: Section, text: String) -> Action {
        Action::shared(responsibility::Event::Add { disclosure: self.id, section, text })
    }

    /// The answer to a question.
    pub fn answer(&self, question: EntryId, text: String) -> Action {
        Action::shared(responsibility::Event::Answer { question, text })
    }
}

/// The reader of a disclosure: opens section by section, asks, changes nothing.
#[derive(Debug, Clone, Copy)]
pub struct DisclosureReader<'a> {
    id: EntryId,
    sealed: &'a Sealed,
    state: &'a responsibility::State,
}

impl<'a> DisclosureReader<'a> {
    /// Sections that hold something, closed until they are opened.
    pub fn sections(&self) -> impl Iterator<Item = Section> + 'a {
        let own_words = (!self.sealed.content.own_words.trim().is_empty()).then_some(Section::OwnWords);
        let fields = self.sealed.content.fields.iter().filter(|field| field.is_dealt_with());
        fields.map(|field| field.section).chain(own_words)
    }

    /// Whether a section was opened before.
    pub fn is_open(&self, section: Section) -> bool {
        self.state.is_open(self.id, section)
    }

    /// Opens a section, for own devices only.
    pub fn open(&self, section: Section) -> Action {
        Action::private(responsibility::Event::OpenSection { disclosure: self.id, section })
    }

    /// A section's field, once opened.
    pub fn field(&self, section: Section) -> Option<&'a responsibility::Field> {
        self.sealed.content.field(section).filter(|_| self.is_open(section))
    }

    /// The page in own words, once opened.
    pub fn own_words(&self) -> Option<&'a str> {
        self.is_open(Section::OwnWords).then_some(self.sealed.content.own_words.as_str())
    }

    /// Later additions to a section, once opened.
    pub fn additions(&self, section: Section) -> impl Iterator<Item = &'a responsibility::Addition> {
        let open = self.is_open(section);
        self.sealed.additions.iter().filter(move |addition| open && addition.section == section)
    }

    /// Own questions with their answers.
    pub fn questions(&self) -> &'a [responsibility::Question] {
        &self.sealed.questions
    }

    /// A question about a section.
    pub fn ask(&self, section: Section, text: String) -> Action {
        Action::shared(responsibility::Event::Ask { disclosure: self.id, section, text })
    }
}

/// A letter in the hands of one of the two.
#[derive(Debug, Clone, Copy)]
pub enum LetterFor<'a> {
    /// Its writer.
    Author(LetterAuthor<'a>),
    /// Its reader.
    Reader(LetterReader<'a>),
}

/// The writer of a letter that was sent: sees sent, taken back or given back, and can take it back.
#[derive(Debug, Clone, Copy)]
pub struct LetterAuthor<'a> {
    id: EntryId,
    letter: &'a Delivered,
}

impl<'a> LetterAuthor<'a> {
    /// The text.
    pub fn text(&self) -> &'a str {
        &self.letter.text
    }

    /// When it opens, if a day was set.
    pub fn opens_at(&self) -> Option<Millis> {
        self.letter.opens_at()
    }

    /// Whether the reader did not get the half of the key that the relay kept, and asked for it.
    pub fn half_was_asked(&self) -> bool {
        self.letter.half_was_asked()
    }

    /// Sent, taken back, given back. Never: opened.
    pub fn status(&self) -> SenderSees {
        self.letter.sender_sees()
    }

    /// Takes it back.
    pub fn recall(&self) -> Action {
        Action::shared(communication::Event::Recall { letter: self.id })
    }
}

/// The reader of a letter: opens when ready, puts aside, gives back.
#[derive(Debug, Clone, Copy)]
pub struct LetterReader<'a> {
    id: EntryId,
    letter: &'a Delivered,
}

impl<'a> LetterReader<'a> {
    /// The text, once opened.
    pub fn text(&self) -> Option<&'a str> {
        (self.letter.is_opened() && self.letter.reader_has_it()).then_some(self.letter.text.as_str())
    }

    /// When it opens, if a day was set.
    pub fn opens_at(&self) -> Option<Millis> {
        self.letter.opens_at()
    }

    /// Whether it can be opened: its day has come, if it has one, and its words are here.
    pub fn is_ready(&self, now: Millis) -> bool {
        self.letter.is_ready(now)
    }

    /// Whether its words are here: of a letter with a day, both halves of the key have come.
    pub fn has_words(&self) -> bool {
        self.letter.has_words()
    }

    /// Whether the missing half was asked for.
    pub fn half_was_asked(&self) -> bool {
        self.letter.half_was_asked()
    }

    /// Asks the writer for the half of the key that the relay does not give.
    pub fn ask_half(&self) -> Action {
        Action::shared(communication::Event::AskHalf { letter: self.id })
    }

    /// Put aside, and until when.
    pub fn held_until(&self) -> Option<Option<Millis>> {
        self.letter.held_until()
    }

    /// Opens it, for own devices only.
    pub fn open(&self) -> Action {
        Action::private(communication::Event::OpenLetter { letter: self.id })
    }

    /// Puts it aside, for own devices only.
    pub fn hold(&self, until: Option<Millis>) -> Action {
        Action::private(communication::Event::Hold { letter: self.id, until })
    }

    /// Gives it back.
    pub fn give_back(&self) -> Action {
        Action::shared(communication::Event::Return { letter: self.id })
    }
}

/// A promise in the hands of one of the two.
#[derive(Debug, Clone, Copy)]
pub enum PromiseFor<'a> {
    /// Who made it.
    Doer(PromiseDoer<'a>),
    /// To whom it was made.
    Partner(PromisePartner<'a>),
}

/// Who made a promise: reports first.
#[derive(Debug, Clone, Copy)]
pub struct PromiseDoer<'a> {
    id: EntryId,
    entry: &'a honesty::Entry,
}

impl<'a> PromiseDoer<'a> {
    /// The promise.
    pub fn entry(&self) -> &'a honesty::Entry {
        self.entry
    }

    /// Reports what became of it.
    pub fn report(&self, outcome: Outcome) -> Action {
        Action { space: self.entry.space, body: honesty::Event::Report { promise: self.id, outcome }.into() }
    }
}

/// To whom a promise was made: may confirm or dispute once after the report, or say nothing.
#[derive(Debug, Clone, Copy)]
pub struct PromisePartner<'a> {
    id: EntryId,
    entry: &'a honesty::Entry,
}

impl<'a> PromisePartner<'a> {
    /// The promise.
    pub fn entry(&self) -> &'a honesty::Entry {
        self.entry
    }

    /// The way to answer, while there is one.
    pub fn verifier(&self) -> Option<PromiseVerifier> {
        let waits = self.entry.outcome.is_some() && self.entry.response.is_none();
        waits.then_some(PromiseVerifier { id: self.id })
    }
}

/// The one answer to a report.
#[derive(Debug, Clone, Copy)]
pub struct PromiseVerifier {
    id: EntryId,
}

impl PromiseVerifier {
    /// I saw it too.
    pub fn confirm(self) -> Action {
        self.respond(Response::Confirm)
    }

    /// I saw it differently.
    pub fn dispute(self) -> Action {
        self.respond(Response::Dispute)
    }

    fn respond(self, response: Response) -> Action {
        Action::shared(honesty::Event::Respond { promise: self.id, response })
    }
}

impl World {
    /// A disclosure as a person holds it.
    pub fn disclosure_for(&self, person: PersonId, id: EntryId) -> Option<DisclosureFor<'_>> {
        let sealed = self.responsibility.sealed(id)?;
        Some(if sealed.author == person {
            DisclosureFor::Author(DisclosureAuthor { id, sealed })
        } else {
            DisclosureFor::Reader(DisclosureReader { id, sealed, state: &self.responsibility })
        })
    }

    /// A letter as a person holds it; a reader whose letter was taken back unopened holds none.
    pub fn letter_for(&self, person: PersonId, id: EntryId) -> Option<LetterFor<'_>> {
        let letter = self.communication.delivered(id)?;
        if letter.author == person {
            return Some(LetterFor::Author(LetterAuthor { id, letter }));
        }
        letter.reader_has_it().then_some(LetterFor::Reader(LetterReader { id, letter }))
    }

    /// A promise as a person holds it.
    pub fn promise_for(&self, person: PersonId, id: EntryId) -> Option<PromiseFor<'_>> {
        let entry = self.honesty.promise(id)?;
        if entry.author == person {
            return Some(PromiseFor::Doer(PromiseDoer { id, entry }));
        }
        (entry.space == Space::Shared).then_some(PromiseFor::Partner(PromisePartner { id, entry }))
    }
}
