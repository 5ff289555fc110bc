//! A guest with a link: what to ask of the relay, and its answer. The worker has the network.

use amends_domain::id::Millis;
use wasm_bindgen::prelude::*;

use crate::app::App;

#[wasm_bindgen]
impl App {
    /// What to send to `/v1/call` for this link; empty if it is none.
    #[wasm_bindgen(js_name = guestAsk)]
    pub fn guest_ask(&mut self, link: &str) -> Vec<u8> {
        self.session.ask_as_guest(link)
    }

    /// The answer; empty if there was none. `now` in milliseconds since 1970.
    #[wasm_bindgen(js_name = guestAnswer)]
    pub fn guest_answer(&mut self, answer: &[u8], now: f64) {
        self.session.answer_guest(answer, Millis(now as u64));
    }
}
