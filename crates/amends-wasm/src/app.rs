//! The web app's core, with the one session of its worker.

use std::collections::VecDeque;

use amends_client::KdfCost;
use amends_domain::id::Millis;
use amends_domain::view::Moment;
use amends_reader::Reader;
use amends_ui::{
    Core, Door, Effect, Live, Method, Mirror, MirrorKeeper, Request, Session, Shell, ShellKind, State,
    Storage, Upload, Visit,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::to_json;

/// The web app's core.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a handle for JavaScript")]
pub struct App {
    core: Core,
    pub(crate) session: Session,
    pub(crate) mirror: Mirror,
    /// For the device's key.
    random: [u8; 32],
    /// Files of the request to come.
    uploads: Vec<Upload>,
    /// File of the last answer.
    download: Vec<u8>,
    /// Writes that are being handed out.
    pub(crate) writes: std::vec::IntoIter<amends_ui::Write>,
    /// Address of the relay, if this app comes from one.
    pub(crate) address: String,
    /// Frames of the step to come, and those of the last one that were not handed out yet.
    pub(crate) frames_in: Vec<Vec<u8>>,
    pub(crate) frames_out: VecDeque<Vec<u8>>,
}

/// What comes with every question, as JSON.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    method: String,
    #[serde(default)]
    path: String,
    fields: Vec<(String, String)>,
    /// What the device remembers, as JSON.
    state: String,
    /// Milliseconds since 1970, UTC.
    now: u64,
    /// Minutes to the east of UTC.
    offset: i16,
    /// Name of the time zone (IANA).
    #[serde(default)]
    zone: String,
    language: String,
}

#[derive(Serialize)]
struct PageAnswer<'a> {
    status: u16,
    path: &'a str,
    html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<FileAnswer<'a>>,
}

#[derive(Serialize)]
struct FileAnswer<'a> {
    name: &'a str,
    media_type: &'static str,
}

#[derive(Serialize)]
struct LiveAnswer<'a> {
    live: &'a Live,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
}

#[wasm_bindgen]
impl App {
    /// A core; `random` are 64 random bytes from the browser. If `can_keep` is false, there is no storage and no
    /// vault can be made.
    #[wasm_bindgen(constructor)]
    pub fn new(random: &[u8], can_keep: bool) -> Self {
        let half = |from: usize| {
            let mut key = [0; 32];
            for (byte, random) in key.iter_mut().zip(random.iter().skip(from)) {
                *byte = *random;
            }
            key
        };
        let shell = Shell { kind: ShellKind::Browser, ..Shell::default() };
        let mirror = Mirror::default();
        let mut source = ChaCha20Rng::from_seed(half(32));
        let make_rng = Box::new(move || {
            let mut seed = [0; 32];
            source.fill_bytes(&mut seed);
            Box::new(ChaCha20Rng::from_seed(seed)) as _
        });
        let keeper = MirrorKeeper::new(mirror.clone(), KdfCost::RECOMMENDED, make_rng);
        let session = if can_keep { Session::new(Box::new(keeper)) } else { Session::without_keeper() };
        Self {
            core: Core::new(Reader::by_rules(), shell),
            session,
            mirror,
            random: half(0),
            uploads: Vec::new(),
            download: Vec::new(),
            writes: Vec::new().into_iter(),
            address: String::new(),
            frames_in: Vec::new(),
            frames_out: VecDeque::new(),
        }
    }

    /// Puts the learned model beside the rules. Says whether the bytes were a weights file.
    #[wasm_bindgen(js_name = addModel)]
    pub fn add_model(&self, weights: &[u8]) -> bool {
        self.core.add_model(weights)
    }

    /// Adds a file to the request that follows.
    #[wasm_bindgen(js_name = addFile)]
    pub fn add_file(&mut self, field: &str, bytes: Vec<u8>) {
        self.uploads.push(Upload { field: field.to_owned(), bytes });
    }

    /// Answers a request for a page: `{status, path, html, state?, file?}` as JSON. `state` is there when something
    /// is to be stored; an empty one says that there is nothing left to store. The bytes of a file are fetched with
    /// `takeFile`. What was written into the vault is fetched with `nextWrite`, before the answer is shown.
    pub fn handle(&mut self, asked: &str) -> String {
        let Some(asked) = read(asked) else { return String::new() };
        let state = self.state(&asked.state);
        let method = if asked.method == "POST" { Method::Post } else { Method::Get };
        let files = std::mem::take(&mut self.uploads);
        let request = Request { method, path: asked.path.clone(), fields: asked.fields.clone(), files };
        let answer = self.core.handle(&request, &visit(&state, &asked), &mut self.session);
        let file = answer.file.map(|file| {
            self.download = file.bytes;
            (file.name, file.media_type)
        });
        to_json(&PageAnswer {
            status: answer.status,
            path: &answer.path,
            html: &answer.html,
            state: changed(state, &answer.effects),
            file: file.as_ref().map(|(name, media_type)| FileAnswer { name, media_type }),
        })
    }

    /// The bytes of the file that the last answer speaks of.
    #[wasm_bindgen(js_name = takeFile)]
    pub fn take_file(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.download)
    }

    /// Looks at the draft on the desk: `{live, state?}` as JSON.
    pub fn live(&self, asked: &str) -> String {
        let Some(asked) = read(asked) else { return String::new() };
        let state = self.state(&asked.state);
        let request = Request { fields: asked.fields.clone(), ..Request::post("/live", &[]) };
        let live = self.core.live(&request, &visit(&state, &asked), &self.session);
        let state = changed(state, &live.effects);
        to_json(&LiveAnswer { live: &live, state })
    }

    /// Whether a vault is open.
    #[wasm_bindgen(js_name = isOpen)]
    pub fn is_open(&self) -> bool {
        self.session.door() == Door::Open
    }

    /// Minutes without use after which an open vault is to be locked.
    #[wasm_bindgen(js_name = idleMinutes)]
    pub fn idle_minutes(&self, state: &str) -> u32 {
        State::from_json(state).settings.idle_minutes
    }

    /// Locks the vault; `now` in milliseconds since 1970.
    pub fn lock(&mut self, now: f64) {
        self.session.lock(Millis(now as u64));
    }

    /// What the browser says about its storage. Sizes in bytes; nothing where it does not say.
    #[wasm_bindgen(js_name = setStorage)]
    pub fn set_storage(&mut self, is_lasting: Option<bool>, used: Option<f64>, limit: Option<f64>) {
        let bytes = |size: Option<f64>| size.map(|size| size as u64);
        self.session.storage = Storage { is_lasting, used: bytes(used), limit: bytes(limit) };
    }

    fn state(&self, json: &str) -> State {
        let mut state = State::from_json(json);
        state.ensure_key(self.random);
        state
    }
}

fn read(asked: &str) -> Option<Asked> {
    serde_json::from_str(asked).ok()
}

fn visit<'s>(state: &'s State, asked: &'s Asked) -> Visit<'s> {
    let moment = Moment { now: Millis(asked.now), utc_offset: asked.offset };
    Visit { language: &asked.language, zone: asked.zone.parse().ok(), ..Visit::new(state).at(moment) }
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
