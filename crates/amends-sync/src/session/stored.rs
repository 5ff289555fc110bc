//! What a session keeps over a restart: keys, devices, a pairing under way, wishes to be woken, and places in mailboxes.

use amends_crypto::Zeroizing;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::Session;
use crate::machine::Machine;
use crate::meeting::Meeting;
use crate::wake::Wakes;

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    machine: Option<ByteVec>,
    #[n(1)]
    meeting: Option<ByteVec>,
    #[n(2)]
    wakes: Option<Wakes>,
}

impl Session {
    /// Reads what [`Self::keys_to_bytes`] and [`Self::places_to_bytes`] gave. None if the first cannot be read; without
    /// the second, everything is read from the relay once more.
    pub fn from_bytes(keys: &[u8], places: Option<&[u8]>) -> Option<Self> {
        let stored: Stored = minicbor::decode(keys).ok()?;
        let machine = match stored.machine {
            Some(bytes) => Some(Machine::from_bytes(&bytes, places)?),
            None => None,
        };
        let meeting = stored.meeting.and_then(|bytes| Meeting::from_bytes(&bytes));
        let wakes = stored.wakes.unwrap_or_default();
        Some(Self { machine, meeting, wakes, ..Self::default() })
    }

    /// Keys, devices and a pairing under way, to be sealed and kept.
    pub fn keys_to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let wakes = (!self.wakes.is_empty()).then(|| self.wakes.clone());
        let stored = Stored {
            wakes,
            machine: self
                .machine
                .as_ref()
                .filter(|machine| machine.is_settled())
                .map(|machine| machine.keys_to_bytes().to_vec().into()),
            meeting: self.meeting.as_ref().map(|meeting| meeting.to_bytes().to_vec().into()),
        };
        Zeroizing::new(minicbor::to_vec(&stored).expect("writing to memory cannot fail"))
    }

    /// Places in mailboxes, to be sealed and kept.
    pub fn places_to_bytes(&self) -> Vec<u8> {
        self.machine.as_ref().map(Machine::places_to_bytes).unwrap_or_default()
    }

    /// Whether keys have to be stored before the outputs of the last step are carried out.
    pub fn keys_changed(&self) -> bool {
        self.meeting_changed || self.wakes_changed || self.machine.as_ref().is_some_and(Machine::keys_changed)
    }

    /// Call it when they are stored: from here on [`Self::keys_changed`] says no, until the next change.
    pub fn keys_stored(&mut self) {
        (self.meeting_changed, self.wakes_changed) = (false, false);
        if let Some(machine) = &mut self.machine {
            machine.keys_stored();
        }
    }
}
