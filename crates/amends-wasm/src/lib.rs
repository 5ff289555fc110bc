//! The reader and the screens for a browser: thin bindings, no logic.
//!
//! [`App`] is what the worker of the web app holds. [`Checker`] is the reader alone, with a typed JavaScript
//! face, for pages of others. Neither has a network or a clock; randomness and today's date are passed in.

use amends_lint::{Draft, Fingerprint, Genre, NotHereKey, choose_hints};
use amends_reader::Reader;
use amends_report::{Document, Words, document};
use amends_ui::{
    Core, Date, Effect, Live, Method, NotHere, Request, Session, Shell, ShellKind, State, Visit,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    fn parse_json(text: &str) -> JsValue;
}

/// The web app's core.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a handle for JavaScript")]
pub struct App {
    core: Core,
    random: [u8; 32],
}

#[derive(Serialize)]
struct PageAnswer<'a> {
    status: u16,
    html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
}

#[derive(Serialize)]
struct LiveAnswer<'a> {
    live: &'a Live,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
}

#[wasm_bindgen]
impl App {
    /// A core; `random` are 32 random bytes from which the device's key is made if it has none.
    #[wasm_bindgen(constructor)]
    pub fn new(random: &[u8]) -> Self {
        let mut key = [0; 32];
        for (byte, random) in key.iter_mut().zip(random) {
            *byte = *random;
        }
        let shell = Shell { kind: ShellKind::Browser, ..Shell::default() };
        Self { core: Core::new(Reader::by_rules(), shell), random: key }
    }

    /// Puts the learned model beside the rules. Says whether the bytes were a weights file.
    #[wasm_bindgen(js_name = addModel)]
    pub fn add_model(&self, weights: &[u8]) -> bool {
        self.core.add_model(weights)
    }

    /// Answers a request for a page: `{status, html, state?}` as JSON. `state` is there when something is to
    /// be stored; an empty one says that there is nothing left to store.
    pub fn handle(
        &self,
        method: &str,
        path: &str,
        fields: &str,
        state: &str,
        today: &str,
        language: &str,
    ) -> String {
        let state = self.state(state);
        let method = if method == "POST" { Method::Post } else { Method::Get };
        let request =
            Request { method, path: path.to_owned(), fields: read_fields(fields), files: Vec::new() };
        let answer =
            self.core.handle(&request, &visit(&state, today, language), &mut Session::without_keeper());
        let state = changed(state, &answer.effects);
        to_json(&PageAnswer { status: answer.status, html: &answer.html, state })
    }

    /// Looks at the draft on the desk: `{live, state?}` as JSON.
    pub fn live(&self, fields: &str, state: &str, today: &str, language: &str) -> String {
        let state = self.state(state);
        let request = Request { fields: read_fields(fields), ..Request::post("/live", &[]) };
        let live = self.core.live(&request, &visit(&state, today, language), &Session::without_keeper());
        let state = changed(state, &live.effects);
        to_json(&LiveAnswer { live: &live, state })
    }

    fn state(&self, json: &str) -> State {
        let mut state = State::from_json(json);
        state.ensure_key(self.random);
        state
    }
}

fn visit<'s>(state: &'s State, today: &str, language: &'s str) -> Visit<'s> {
    Visit { today: Date::parse(today), language, ..Visit::new(state) }
}

/// The state to be stored after `effects`, if there were any.
fn changed(mut state: State, effects: &[Effect]) -> Option<String> {
    if effects.is_empty() {
        return None;
    }
    for effect in effects {
        state.apply(effect);
    }
    Some(if state.is_blank() { String::new() } else { state.to_json() })
}

fn read_fields(json: &str) -> Vec<(String, String)> {
    serde_json::from_str(json).unwrap_or_default()
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings, lists and numbers always encode")
}

/// The reader alone.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a handle for JavaScript")]
pub struct Checker {
    reader: Reader,
}

#[derive(Serialize)]
struct Checked {
    #[serde(flatten)]
    document: Document,
    hints: Vec<usize>,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

#[wasm_bindgen]
impl Checker {
    /// A reader of English.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self { reader: Reader::by_rules() }
    }

    /// Reads a draft. `genre` may be empty, then it is guessed. `partner` is what the other one said, for a
    /// reply. `keyHex` (64 hex digits) and `notHere` carry the places where no hint is wanted.
    #[wasm_bindgen(unchecked_return_type = "CheckDocument")]
    pub fn check(
        &mut self,
        text: &str,
        #[wasm_bindgen(unchecked_param_type = "Genre | ''")] genre: &str,
        partner: &str,
        #[wasm_bindgen(js_name = keyHex)] key_hex: &str,
        #[wasm_bindgen(js_name = notHere)] not_here: Vec<String>,
    ) -> JsValue {
        let device = NotHere { key: key_hex.to_owned(), marks: not_here };
        let key: NotHereKey = device.key();
        let partner_said = Some(partner).filter(|said| !said.is_empty());
        let draft = Draft { text, genre: Genre::by_name(genre), partner_said, key };
        let report = self.reader.read(&draft);
        let marks: Vec<Fingerprint> = device.fingerprints();
        let hints = choose_hints(self.reader.pack(), &report.findings, &marks);
        let checked = Checked {
            document: document(self.reader.engine(), text, &report, Words::LeftOut),
            hints: hints.iter().map(|hint| hint.finding).collect(),
        };
        parse_json(&to_json(&checked))
    }
}
