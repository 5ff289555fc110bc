//! The reader and the screens for a browser: thin bindings, no logic.
//!
//! `App` is what the worker of the web app holds. [`Checker`] is the reader alone, with a typed JavaScript
//! face, for pages of others. Neither has a network or a clock; randomness, time and what is kept are passed
//! in, and what is to be kept is handed out.

mod app;
mod guest;
mod kept;
mod line;

use amends_lint::{Draft, Fingerprint, Genre, NotHereKey, choose_hints};
use amends_reader::Reader;
use amends_report::{Document, Words, document};
use amends_ui::NotHere;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    fn parse_json(text: &str) -> JsValue;
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

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings, lists and numbers always encode")
}
