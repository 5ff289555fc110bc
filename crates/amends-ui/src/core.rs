//! The one door: requests in, pages and effects out.

use std::sync::{Mutex, MutexGuard, PoisonError};

use amends_lint::{Draft, Pack, Report};
use amends_messages::{Locale, Messages};
use amends_reader::Reader;

use amends_calendar::Zone;
use amends_domain::clock::ClockChange;
use amends_domain::id::{Day, MINUTE, Millis};
use amends_domain::prove::communication::Talk;
use amends_domain::view::Moment;

use crate::area::{AREAS, Outcome, Turn};
use crate::date::Date;
use crate::desk::{self, Live};
use crate::doors;
use crate::layout::{Frame, Page, Shell};
use crate::looks;
use crate::pages;
use crate::request::{Method, Request};
use crate::session::Session;
use crate::state::{Effect, State};
use crate::tools;

/// Reader, texts and shell, made ready once.
#[derive(Debug)]
pub struct Core {
    pub(crate) pack: Pack,
    pub(crate) messages: Messages,
    pub(crate) shell: Shell,
    reader: Mutex<Reader>,
}

/// What the shell knows about the one who asks.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'s> {
    /// What the device remembers.
    pub state: &'s State,
    /// Today, if known: tells whether the help lines are still fresh.
    pub today: Option<Date>,
    /// Language of the browser (BCP 47), only to guess a country for help lines.
    pub language: &'s str,
    /// Now, and the local offset from UTC.
    pub moment: Moment,
    /// Time zone of the device, if known: without it, every moment has the offset of now.
    pub zone: Option<Zone>,
}

impl<'s> Visit<'s> {
    /// A visit of which only the state is known.
    pub fn new(state: &'s State) -> Self {
        Self {
            state,
            today: None,
            language: "",
            moment: Moment { now: Millis(0), utc_offset: 0 },
            zone: None,
        }
    }

    /// Local offset from UTC in minutes at another moment: it differs after the clocks change.
    pub(crate) fn offset_at(&self, at: Millis) -> i16 {
        self.zone.map_or(self.moment.utc_offset, |zone| zone.offset_minutes(at.0))
    }

    /// When a clock on the wall here shows this minute of a day.
    pub(crate) fn instant(&self, day: Day, minute: u16) -> Millis {
        let there = self.zone.and_then(|zone| zone.instant(day.0, minute)).map(Millis);
        there.unwrap_or_else(|| day.start(self.moment.utc_offset).plus(u64::from(minute) * MINUTE))
    }

    /// Name of the time zone of the device, for a field; empty where it is not known.
    pub(crate) fn zone_name(&self) -> &'static str {
        self.zone.map_or("", Zone::name)
    }

    /// The time zone that a field names; an empty one names that of the device.
    pub(crate) fn zone_of(&self, field: &str) -> Option<Zone> {
        match field.trim() {
            "" => self.zone,
            name => name.parse().ok(),
        }
    }

    /// When the weekly talk of a day begins: by the clock of who proposed it; one from before its changes were written down,
    /// by the clock here.
    pub(crate) fn begins(&self, talk: &Talk, day: Day) -> Millis {
        if talk.changes.is_some() { talk.start(day) } else { self.instant(day, talk.minute) }
    }

    /// The changes of the clock here after a moment, if the zone is known: written beside hours that are to stay on the wall.
    pub(crate) fn clock_changes(&self, after: Millis) -> Option<Vec<ClockChange>> {
        let coming = self.zone?.coming_changes(after.0);
        Some(coming.into_iter().map(|(at, utc_offset)| ClockChange { at: Millis(at), utc_offset }).collect())
    }

    /// The day of a moment here.
    pub(crate) fn day_of(&self, at: Millis) -> Day {
        at.day(self.offset_at(at))
    }

    /// The same, at this time.
    #[must_use]
    pub fn at(self, moment: Moment) -> Self {
        let local = moment.now.0.saturating_add_signed(i64::from(moment.utc_offset) * 60_000);
        let today = u32::try_from(local / 86_400_000).ok().map(Date::from_unix_days);
        Self { moment, today, ..self }
    }
}

/// A file that a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Name to keep it under: neutral.
    pub name: String,
    /// Media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A page and what is to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status: 200, or 404 for an unknown address.
    pub status: u16,
    /// Address of the page that is shown: another one than was asked for after a form was done.
    pub path: String,
    /// The whole document; empty beside a file.
    pub html: String,
    /// A file to be kept instead of a page.
    pub file: Option<Download>,
    /// Key of the message that the page says once. A shell that sends the browser to [`Answer::path`] instead of
    /// showing the page hands it back with [`Session::say`].
    pub said: Option<String>,
    /// To be applied to the state and stored.
    pub effects: Vec<Effect>,
}

impl Core {
    /// A core that speaks English.
    pub fn new(reader: Reader, shell: Shell) -> Self {
        Self::with_locale(reader, shell, Locale::English)
    }

    /// A core in another language.
    pub fn with_locale(reader: Reader, shell: Shell, locale: Locale) -> Self {
        let pack = reader.pack().clone();
        Self { pack, messages: Messages::new(locale), shell, reader: Mutex::new(reader) }
    }

    /// Puts the learned model beside the rules, from the bytes of its weights file. Says whether that went
    /// well; if not, the rules go on alone.
    pub fn add_model(&self, weights: &[u8]) -> bool {
        match self.reader.lock() {
            Ok(mut reader) => reader.add_model(weights).is_ok(),
            Err(_) => false,
        }
    }

    /// The texts.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Answers a request. Never fails: an unknown address gets a page that says so. What is written into the vault
    /// is written when this returns; a shell whose store is only a mirror keeps it before it shows the answer.
    pub fn handle(&self, request: &Request, visit: &Visit<'_>, session: &mut Session) -> Answer {
        let mut effects = Vec::new();
        doors::before(request, session);
        let undoable = session.undoable();
        let outcome = match request.method {
            Method::Post => self.act(request, visit, session, &mut effects),
            Method::Get => None,
        };
        session.offer_undo_since(undoable);
        if request.method == Method::Post {
            // What cannot be exchanged now waits for the next time; handing the device over says so.
            let _ = session.exchange(visit.moment.now);
        }
        if let Some(vault) = session.vault_mut() {
            // Hours stay on the wall when the clocks change; what cannot be written now is tried with the next page.
            let _ = vault.move_waking(visit.moment.utc_offset);
        }
        let mut state = visit.state.clone();
        for effect in &effects {
            state.apply(effect);
        }
        let visit = Visit { state: &state, ..*visit };
        let no_answer = Answer {
            status: 200,
            path: request.path.clone(),
            html: String::new(),
            file: None,
            said: None,
            effects,
        };
        let (asked, path) = match outcome {
            Some(Outcome::File(file)) => return Answer { file: Some(file), ..no_answer },
            Some(Outcome::Show(page)) => {
                let frame = Frame { core: self, visit: &visit, session, said: None, sent: None };
                return Answer { status: page.status, html: frame.document(&page), ..no_answer };
            }
            Some(Outcome::Go(path)) => (Request::address(&path), path),
            None => (request.clone(), request.path.clone()),
        };
        let said = session.take_said();
        let frame = Frame { core: self, visit: &visit, session, said: said.as_deref(), sent: None };
        let page = frame.page(&asked);
        Answer { status: page.status, path, html: frame.document(&page), said, ..no_answer }
    }

    /// Does what a form asks for.
    fn act(
        &self,
        request: &Request,
        visit: &Visit<'_>,
        session: &mut Session,
        effects: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        let mut turn = Turn { core: self, request, visit, session, effects };
        let outcome = AREAS.iter().find_map(|area| (area.act)(&mut turn));
        if outcome.is_none() {
            effects.extend(self.effects(request, &request.parts(), visit));
        }
        outcome
    }

    /// Checks what is written while it is written. Takes the fields of the desk's form, or of a tool's.
    pub fn live(&self, request: &Request, visit: &Visit<'_>, session: &Session) -> Live {
        let frame = Frame { core: self, visit, session, said: None, sent: None };
        tools::live(&frame, request)
            .or_else(|| looks::live(&frame, request))
            .unwrap_or_else(|| desk::live(&frame, request))
    }

    fn effects(&self, request: &Request, parts: &[&str], visit: &Visit<'_>) -> Vec<Effect> {
        match (request.method, parts) {
            (Method::Post, ["start"]) => vec![Effect::Begin],
            (Method::Post, ["desk"]) => desk::effects(request, visit.state),
            (Method::Post, ["settings"]) => pages::settings::effects(request, visit.state),
            (Method::Post, ["privacy"]) if request.has("erase") => vec![Effect::EraseAll],
            _ => Vec::new(),
        }
    }

    /// Reads a draft with rules, and with the learned model where there is one.
    pub(crate) fn read(&self, draft: &Draft<'_>) -> Report {
        self.reader().read(draft)
    }

    /// The one reader.
    pub(crate) fn reader(&self) -> MutexGuard<'_, Reader> {
        // Reading never panics, so the lock is never poisoned; if it were, the buffers are still fit for use.
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Frame<'_> {
    /// The page of an address.
    fn page(&self, request: &Request) -> Page {
        if let Some(page) = AREAS.iter().find_map(|area| (area.page)(self, request)) {
            return page;
        }
        let begun = self.visit.state.begun;
        match request.parts().as_slice() {
            [] | ["start"] if !begun => pages::start::page(self),
            [] | ["start"] => pages::home::first(self),
            ["step", slug] => match amends_guide::step_by_slug(slug) {
                Some(step) => pages::step::page(self, step, request),
                None => pages::not_found::page(self),
            },
            ["desk"] => desk::page(self, request),
            ["evidence"] => pages::evidence::page(self),
            ["rules"] => pages::rules::page(self),
            ["components"] => pages::components::page(self),
            ["settings"] => pages::settings::page(self, request),
            ["privacy"] => pages::privacy::page(self, request),
            _ => pages::not_found::page(self),
        }
    }
}
