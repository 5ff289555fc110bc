//! The snapshot: all events up to a position, sealed as one piece.
//!
//! It holds nothing that is not in the records, so losing it costs time only. It holds the bytes of the events and
//! not the folded state, so a new version of the program folds them by its own rules. Erasing deletes it in the same
//! commit. A journal with findings gets none: every opening then looks at all records again.

use amends_domain::event::Event;
use amends_store::{Change, Position, ReadError, Store};
use minicbor::{Decode, Encode};

use super::create::put;
use super::{Vault, WriteError};
use crate::journal::{Ends, Findings, Scan};
use crate::keys::Keys;
use crate::layout::{SNAPSHOT, SNAPSHOT_NAME};

/// So many new events make a new snapshot worth its writing.
const WORTH_IT: usize = 256;

const VERSION: u8 = 1;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Snapshot {
    #[n(0)]
    version: u8,
    #[n(1)]
    up_to: u64,
    #[n(2)]
    ends: Ends,
    #[n(3)]
    n_erased: u64,
    /// CBOR sequence of byte strings.
    #[cbor(n(4), with = "minicbor::bytes")]
    events: Vec<u8>,
}

/// What the snapshot holds, as the beginning of a scan; none if there is none or it cannot be used.
pub(crate) fn read(store: &impl Store, keys: &Keys) -> Result<Option<Scan>, ReadError> {
    let Some(sealed) = store.value(SNAPSHOT_NAME)? else { return Ok(None) };
    let Ok(bytes) = keys.open_own(SNAPSHOT, &sealed) else { return Ok(None) };
    Ok(minicbor::decode(&bytes).ok().and_then(to_scan))
}

fn to_scan(snapshot: Snapshot) -> Option<Scan> {
    if snapshot.version != VERSION {
        return None;
    }
    let mut decoder = minicbor::Decoder::new(&snapshot.events);
    let mut events = Vec::new();
    while decoder.position() < snapshot.events.len() {
        let bytes = decoder.bytes().ok()?;
        events.push(Event::decode(bytes).ok()?);
    }
    let last = Position(snapshot.up_to);
    Some(Scan { events, ends: snapshot.ends, n_erased: snapshot.n_erased, last, ..Scan::default() })
}

impl<S: Store> Vault<S> {
    /// Writes a new snapshot if enough has been written since the last one.
    pub(crate) fn refresh_snapshot(&mut self) -> Result<(), WriteError> {
        if self.n_since_snapshot < WORTH_IT
            || self.findings != Findings::default()
            || self.ends.n_missing() > 0
        {
            return Ok(());
        }
        // The records are read once more, because only they have the events byte for byte.
        let mut events = Encoded::default();
        let mut scan = Scan { cuts: self.cuts.clone(), ..Scan::default() };
        let read = scan.read_on_with(&self.store, &self.keys, |bytes| events.push(bytes));
        if read.is_err() || scan.findings != Findings::default() || scan.ends.n_missing() > 0 {
            return Ok(());
        }
        let snapshot = Snapshot {
            version: VERSION,
            up_to: scan.last.0,
            ends: scan.ends,
            n_erased: scan.n_erased,
            events: events.0,
        };
        let bytes = minicbor::to_vec(&snapshot).expect("writing to memory cannot fail");
        let Ok(sealed) = self.keys.seal_own(SNAPSHOT, &bytes, &mut *self.rng) else {
            // Beyond 64 MiB of events opening is slower, and nothing else.
            return Ok(());
        };
        self.commit(&[put(SNAPSHOT_NAME, sealed)])?;
        self.n_since_snapshot = 0;
        Ok(())
    }
}

/// Takes the snapshot away, in the commit that makes it wrong.
pub(crate) fn forget() -> Change {
    Change::Delete { name: SNAPSHOT_NAME.to_owned() }
}

#[derive(Default)]
struct Encoded(Vec<u8>);

impl Encoded {
    fn push(&mut self, bytes: &[u8]) {
        minicbor::Encoder::new(&mut self.0).bytes(bytes).expect("writing to memory cannot fail");
    }
}
