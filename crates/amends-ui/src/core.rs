//! The one door: requests in, pages and effects out.

use std::sync::Mutex;

use amends_lint::{Draft, Pack, Report};
use amends_messages::{Locale, Messages};
use amends_reader::Reader;

use crate::date::Date;
use crate::desk::{self, Live};
use crate::layout::{Frame, Shell};
use crate::pages;
use crate::request::{Method, Request};
use crate::state::{Effect, State};

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
}

impl<'s> Visit<'s> {
    /// A visit of which only the state is known.
    pub fn new(state: &'s State) -> Self {
        Self { state, today: None, language: "" }
    }
}

/// A page and what is to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status: 200, or 404 for an unknown address.
    pub status: u16,
    /// The whole document.
    pub html: String,
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

    /// Answers a request. Never fails: an unknown address gets a page that says so.
    pub fn handle(&self, request: &Request, visit: &Visit<'_>) -> Answer {
        let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let effects = self.effects(request, &parts, visit);
        let mut state = visit.state.clone();
        for effect in &effects {
            state.apply(effect);
        }
        let visit = Visit { state: &state, ..*visit };
        let frame = Frame { core: self, visit: &visit };
        let page = match (request.method, parts.as_slice()) {
            (_, [] | ["start"]) if !state.begun => pages::start::page(&frame),
            (_, [] | ["start"]) => pages::home::page(&frame),
            (_, ["step", slug]) => match amends_guide::step_by_slug(slug) {
                Some(step) => pages::step::page(&frame, step),
                None => pages::not_found::page(&frame),
            },
            (_, ["desk"]) => desk::page(&frame, request),
            (_, ["safety"]) => pages::safety::page(&frame, request),
            (_, ["evidence"]) => pages::evidence::page(&frame),
            (_, ["rules"]) => pages::rules::page(&frame),
            (_, ["settings"]) => pages::settings::page(&frame, request),
            (_, ["privacy"]) => pages::privacy::page(&frame, request),
            _ => pages::not_found::page(&frame),
        };
        Answer { status: page.status, html: frame.document(&page), effects }
    }

    /// Checks the draft on the desk while it is written. Takes the fields of the desk's form.
    pub fn live(&self, request: &Request, visit: &Visit<'_>) -> Live {
        desk::live(&Frame { core: self, visit }, request)
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
        // Reading never panics, so the lock is never poisoned; if it were, the buffers are still fit for use.
        self.reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner).read(draft)
    }
}
