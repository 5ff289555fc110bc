//! The recovery words: what they find when all devices are lost.
//!
//! A device leaves a note for them: whose it is, the device list, and the root of the space of own devices. Everything
//! else lies there: newer list records, grants that name the words, entries. The note is left again every ninety days.

use amends_crypto::{
    CryptoRng, DeviceKeys, DeviceList, ListError, PersonId, RecoveryBox, RecoveryKey, Signer, SpaceRoot,
};
use amends_wire::{ClientFrame, Rid, ServerFrame};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::devices::DAY;
use super::{Machine, chains};
use crate::item::Which;
use crate::link::{Happened, Link, Place};
use crate::log::Log;
use crate::space::{Space, access_of};

const LEAVE_AGAIN_AFTER: u64 = 90 * DAY;

/// What the words find.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(crate) struct Note {
    #[n(0)]
    version: u8,
    #[n(1)]
    person: PersonId,
    #[n(2)]
    list: Vec<ByteVec>,
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    root: [u8; 32],
}

impl Note {
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok().filter(|note: &Self| note.version == 1)
    }

    pub(crate) fn person(&self) -> PersonId {
        self.person
    }
}

/// Leaves notes for the words.
pub(crate) struct Keeper {
    pub(super) kept: RecoveryBox,
    pub(super) left_at: u64,
    link: Link,
    leaving: Option<(Rid, Vec<u8>, u64)>,
}

impl Keeper {
    pub(super) fn new(kept: RecoveryBox, left_at: u64) -> Self {
        let link = Link::new(access_of(&kept.mailbox()), Place::new(None));
        Self { kept, left_at, link, leaving: None }
    }

    pub(super) fn connected(&mut self, out: &mut Vec<ClientFrame>) {
        self.link.connected(out);
    }

    pub(super) fn disconnected(&mut self) {
        self.link.disconnected();
    }

    pub(super) fn is_for(&self, frame: &ServerFrame) -> bool {
        self.link.is_for(frame)
    }

    /// Gives whether something changed that has to be stored.
    pub(super) fn frame(&mut self, now: u64, frame: ServerFrame, out: &mut Vec<ClientFrame>) -> bool {
        let mut changed = false;
        for happened in self.link.frame(now, frame, out) {
            match happened {
                Happened::Record { seq, .. } => self.link.stored(seq),
                Happened::Acknowledged(rid) => {
                    if let Some((_, _, at)) = self.leaving.take_if(|(of, _, _)| *of == rid) {
                        self.left_at = at;
                        changed = true;
                    }
                }
                Happened::Lost | Happened::Vanished(_) => {
                    self.left_at = 0;
                    changed = true;
                }
                _ => {}
            }
        }
        changed
    }
}

impl Machine {
    /// Leaves a note for the recovery words, if that is due.
    pub(super) fn leave_note(&mut self, now: u64, rng: &mut dyn CryptoRng, out: &mut Vec<ClientFrame>) {
        let records = self.own.records().into_iter().map(|record| record.as_bytes().to_vec().into());
        let note =
            Note { version: 1, person: self.me, list: records.collect(), root: *self.home.root.to_bytes() };
        let is_connected = self.is_connected;
        let Some(keeper) = &mut self.keeper else { return };
        if is_connected && keeper.link.is_to_ask(now) {
            keeper.link.ask(out);
        }
        if now.abs_diff(keeper.left_at) < LEAVE_AGAIN_AFTER || !keeper.link.may_publish(now) {
            return;
        }
        if keeper.leaving.is_none() {
            let bytes = minicbor::to_vec(&note).expect("writing to memory cannot fail");
            let mut rid = Rid([0; 16]);
            rng.fill_bytes(&mut rid.0);
            keeper.leaving = Some((rid, keeper.kept.seal_note(&bytes, rng), now));
        }
        if let Some((rid, bytes, _)) = &keeper.leaving {
            keeper.link.publish(*rid, bytes.clone(), out);
        }
    }

    /// Puts recovery words in force, or others in place of those there were, which are worthless from here on.
    ///
    /// # Errors
    /// [`ListError`] if this device does not count.
    pub(crate) fn set_recovery<L: Log>(
        &mut self,
        kept: RecoveryBox,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), ListError> {
        if self.own.recovery() != Some(kept.public()) {
            let public = Some(kept.public().clone());
            let record = self.own.set_recovery(public, Signer::Device(&self.device), now)?;
            self.tell_list(&record, now);
            self.rotate_now(now, log, rng);
        }
        if self.keeper.as_ref().is_none_or(|keeper| keeper.kept.public() != kept.public()) {
            self.keeper = Some(Keeper::new(kept, 0));
            self.changed = true;
        }
        Ok(())
    }

    /// A new device of a person who has lost all others. It reads what lies in the space of own devices, and then adds
    /// itself with the words.
    pub(crate) fn recover<L: Log>(
        note: &Note,
        key: RecoveryKey,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Option<Self> {
        let own = DeviceList::from_records(note.list.iter().map(|bytes| bytes.as_slice())).ok()?;
        if own.person() != note.person {
            return None;
        }
        let root = SpaceRoot::from_bytes(&note.root);
        let home = Space::new(Which::Own, root, Space::new_place(Which::Own, rng));
        let device = DeviceKeys::make(chains(log), rng);
        let mut machine = Self::of_parts(note.person, device, own, home, Some(key.derive_box()));
        machine.recovering = Some(key);
        Some(machine)
    }

    /// Whether this device belongs to the person's devices, or did: while the words are at work it may not yet.
    pub(crate) fn is_settled(&self) -> bool {
        self.recovering.is_none() || self.own.is_active(self.device.id())
    }

    /// Everything that the words open has been read: this device adds itself.
    pub(super) fn finish_recovery<L: Log>(&mut self, now: u64, log: &L, rng: &mut dyn CryptoRng) {
        let Some(key) = &self.recovering else { return };
        if !self.home.link.is_live() || !self.home.held.is_empty() {
            return;
        }
        // New keys say up to where each chain counts under the old ones, and a device that is lost sends nothing again: what
        // it shared has to be here before.
        if self.pair.as_ref().is_some_and(|pair| !pair.link.is_live()) {
            return;
        }
        if !self.own.is_active(self.device.id()) {
            let Ok(record) = self.own.add(self.device.accept([0; 16]), Signer::Recovery(key), now) else {
                return;
            };
            self.add_itself(&record, now);
            self.rotate_now(now, log, rng);
            return;
        }
        if self.pair.as_ref().is_none_or(|pair| pair.link.is_live()) {
            self.recovering = None;
        }
    }
}
