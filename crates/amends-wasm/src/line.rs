//! The line to the relay: what comes in from it, and what goes out. The worker has the socket.

use amends_client::{Input, Notice, Output};
use amends_domain::id::Millis;
use amends_wire::{ClientFrame, ServerFrame};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::app::App;
use crate::to_json;

/// What a step asks the worker to do, beside sending the frames of `nextFrame`.
#[derive(Debug, Default, Serialize)]
struct Wanted {
    connect: bool,
    disconnect: bool,
    /// Something came that a page may show.
    came: bool,
    /// The vault could not take what came, and wants to be opened again.
    failed: bool,
    /// When to step again if nothing happens before, in milliseconds since 1970.
    wake: f64,
}

#[wasm_bindgen]
impl App {
    /// What to send to find out whether a relay is somewhere, in the version that every relay speaks.
    pub fn hello() -> Vec<u8> {
        ClientFrame::Hello { version: 1 }.to_bytes()
    }

    /// Whether this is how a relay answers `hello`.
    #[wasm_bindgen(js_name = isWelcome)]
    pub fn is_welcome(answer: &[u8]) -> bool {
        matches!(ServerFrame::from_bytes(answer), Ok(ServerFrame::Welcome { .. }))
    }

    /// A relay is where this app comes from, at this address.
    #[wasm_bindgen(js_name = setAddress)]
    pub fn set_address(&mut self, address: String) {
        self.address = address;
    }

    /// An open vault is to know that relay: it is the only one that can be reached from here.
    #[wasm_bindgen(js_name = nameRelay)]
    pub fn name_relay(&mut self) {
        let is_demo = self.session.place().is_demo();
        let Some(vault) = self.session.vault_mut().filter(|_| !is_demo && !self.address.is_empty()) else {
            return;
        };
        if !matches!(vault.relay_address(), Ok(Some(known)) if known == self.address) {
            // If it cannot be written now, the next question tries again.
            let _ = vault.set_relay_address(&self.address);
        }
    }

    /// Whether the open vault has somebody to send to, if there is a relay.
    #[wasm_bindgen(js_name = wantsLine)]
    pub fn wants_line(&self) -> bool {
        let is_demo = self.session.place().is_demo();
        let vault = self.session.vault().filter(|_| !is_demo);
        vault.is_some_and(|vault| vault.sync_status().has_begun || vault.pairing().is_some())
    }

    /// Whether the open vault has somebody to send to, and there is a relay.
    #[wasm_bindgen(js_name = hasLine)]
    pub fn has_line(&self) -> bool {
        !self.address.is_empty() && self.wants_line()
    }

    /// Adds a frame from the relay to the step that follows.
    #[wasm_bindgen(js_name = addFrame)]
    pub fn add_frame(&mut self, frame: Vec<u8>) {
        self.frames_in.push(frame);
    }

    /// One step of sending and receiving: `connected`, `frames`, `disconnected` or `tick`; `now` in milliseconds since 1970. What
    /// was written into the vault is fetched with `nextWrite` and kept before a frame of this step is sent.
    pub fn step(&mut self, kind: &str, now: f64) -> String {
        let now = Millis(now as u64);
        let frames = std::mem::take(&mut self.frames_in);
        let mut wanted = Wanted::default();
        let Some(vault) = self.session.vault_mut() else {
            return to_json(&Wanted { disconnect: true, ..wanted });
        };
        let input = match kind {
            "connected" => Input::Connected,
            "frames" => Input::Frames(frames),
            "disconnected" => Input::Disconnected,
            _ => Input::Tick,
        };
        // A socket stays open: what is written goes some seconds later, so that who watches the network sees less.
        let spread = if kind == "connected" { vault.spread_sending(true) } else { Ok(()) };
        match spread.and_then(|()| vault.sync_input(now, input)) {
            Ok(outputs) => {
                for output in outputs {
                    match output {
                        Output::Connect => wanted.connect = true,
                        Output::Disconnect => wanted.disconnect = true,
                        Output::Send(frame) => self.frames_out.push_back(frame),
                        Output::Notice(notice) => wanted.came |= !matches!(notice, Notice::UpToDate(_)),
                    }
                }
            }
            Err(_) => (wanted.failed, wanted.disconnect) = (true, true),
        }
        wanted.wake = vault.sync_wake_at(now).0 as f64;
        to_json(&wanted)
    }

    /// The next frame to be sent; nothing when all were handed out.
    #[wasm_bindgen(js_name = nextFrame)]
    pub fn next_frame(&mut self) -> Option<Vec<u8>> {
        self.frames_out.pop_front()
    }
}
