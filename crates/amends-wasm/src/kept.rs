//! What the browser keeps: taken in at the start, handed out after every change.

use amends_store::{Position, RecordId, StoredRecord};
use amends_ui::{Place, Write};
use wasm_bindgen::prelude::*;

use crate::app::App;

/// One thing to be written into the browser's storage.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a handle for JavaScript")]
pub struct Change {
    kind: &'static str,
    place: &'static str,
    position: u64,
    name: String,
    id: Vec<u8>,
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl Change {
    /// `record`, `no-record`, `value`, `no-value` or `nothing`.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        self.kind.to_owned()
    }

    /// Name of the place.
    #[wasm_bindgen(getter)]
    pub fn place(&self) -> String {
        self.place.to_owned()
    }

    /// Position of a record.
    #[wasm_bindgen(getter)]
    pub fn position(&self) -> f64 {
        self.position as f64
    }

    /// Name of a value.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Id of a record, 16 bytes.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> Vec<u8> {
        self.id.clone()
    }

    /// Sealed bytes.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }
}

impl From<Write> for Change {
    fn from(write: Write) -> Self {
        let of = |kind, place: Place| Self {
            kind,
            place: place.name(),
            position: 0,
            name: String::new(),
            id: Vec::new(),
            bytes: Vec::new(),
        };
        match write {
            Write::Record(place, StoredRecord { position, id, bytes }) => {
                Self { position: position.0, id: id.0.to_vec(), bytes, ..of("record", place) }
            }
            Write::NoRecord(place, position) => Self { position: position.0, ..of("no-record", place) },
            Write::Value(place, name, bytes) => Self { name, bytes, ..of("value", place) },
            Write::NoValue(place, name) => Self { name, ..of("no-value", place) },
            Write::Nothing(place) => of("nothing", place),
        }
    }
}

#[wasm_bindgen]
impl App {
    /// Takes in a record as it is kept. Says whether it makes sense.
    #[wasm_bindgen(js_name = loadRecord)]
    pub fn load_record(&self, place: &str, position: f64, id: &[u8], bytes: Vec<u8>) -> bool {
        let (Some(place), Ok(id)) = (Place::by_name(place), id.try_into()) else { return false };
        let record = StoredRecord { position: Position(position as u64), id: RecordId(id), bytes };
        self.mirror.load_record(place, record);
        true
    }

    /// Takes in a value as it is kept. Says whether it makes sense.
    #[wasm_bindgen(js_name = loadValue)]
    pub fn load_value(&self, place: &str, name: String, bytes: Vec<u8>) -> bool {
        let Some(place) = Place::by_name(place) else { return false };
        self.mirror.load_value(place, name, bytes);
        true
    }

    /// Takes in the last position that a record ever had.
    #[wasm_bindgen(js_name = loadEnd)]
    pub fn load_end(&self, place: &str, end: f64) {
        if let Some(place) = Place::by_name(place) {
            self.mirror.load_end(place, Position(end as u64));
        }
    }

    /// Forgets what was taken in, to be taken in anew.
    pub fn unload(&self) {
        self.mirror.clear();
    }

    /// Everything that is kept was taken in: looks what there is. An open vault is read anew, with the key at hand.
    pub fn loaded(&mut self) {
        if self.is_open() {
            self.session.reopen();
        } else {
            self.session.look();
        }
    }

    /// Says whether another tab has the vault.
    #[wasm_bindgen(js_name = setBusy)]
    pub fn set_busy(&self, is_busy: bool) {
        self.mirror.set_busy(is_busy);
    }

    /// The next thing to be written, in order; nothing when all was handed out.
    #[wasm_bindgen(js_name = nextWrite)]
    pub fn next_write(&mut self) -> Option<Change> {
        if self.writes.as_slice().is_empty() {
            self.writes = self.mirror.drain().into_iter();
        }
        self.writes.next().map(Change::from)
    }
}
