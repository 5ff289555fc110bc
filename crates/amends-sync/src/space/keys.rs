//! The keys of a space: who may read, when new ones are handed out, and what counts under them.

use amends_crypto::{
    Admission, CryptoRng, Cut, EpochBook, Grant, History, Members, PersonId, Rotation, SpaceKeys,
};

use super::{ControlRecord, People, Space};
use crate::log::Log;

/// So many grants are kept, to be sent again to a relay that lost them.
const GRANTS_KEPT: usize = 4;
/// Somebody else made a change and hands out new keys; after so long another device does it, in milliseconds.
const OTHERS_FIRST: u64 = 60_000;

impl Space {
    /// Everything that sealing and opening needs; `home` is the book of the own devices where this is the pair.
    pub(crate) fn keys_of<'a>(
        &'a self,
        me: PersonId,
        members: &'a Members<'a>,
        home: Option<&'a EpochBook>,
    ) -> SpaceKeys<'a> {
        SpaceKeys { root: &self.root, book: &self.book, own: home.unwrap_or(&self.book), members, me }
    }

    /// What counts now. Call [`Self::keys_changed`] when that may have changed.
    pub(crate) fn admission(&mut self, members: &Members<'_>) -> &Admission {
        let book = &self.book;
        self.admission.get_or_insert_with(|| book.admission(members))
    }

    /// Grants or lists have changed: what does not count any more is sent again under the new epoch.
    pub(crate) fn keys_changed(&mut self, members: &Members<'_>) {
        let admission = self.book.admission(members);
        for (chain, coverage) in self.coverage.iter_mut().chain(&mut self.pictures) {
            coverage.keep_admitted(&admission, *chain);
        }
        self.admission = Some(admission);
        self.written = 0;
        self.changed = true;
    }

    /// Queues a record about keys or devices.
    pub(crate) fn tell(&mut self, record: ControlRecord) {
        if let ControlRecord::Grant(bytes) = &record {
            self.keep_grant(bytes.clone());
        }
        self.control.push(record);
        self.changed = true;
    }

    pub(crate) fn keep_grant(&mut self, bytes: Vec<u8>) {
        self.grants.retain(|known| *known != bytes);
        self.grants.push(bytes);
        let n_old = self.grants.len().saturating_sub(GRANTS_KEPT);
        self.grants.drain(..n_old);
    }

    /// Hands out new keys if that is due and nobody else was faster.
    pub(crate) fn rotate_if_due<L: Log>(
        &mut self,
        people: &People<'_>,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) {
        let Some(members) = people.members(self.which) else { return };
        if self.book.rotation_due(&members, now, self.written).is_none() {
            self.rotate_at = None;
            return;
        }
        let mut dice = [0; 2];
        rng.fill_bytes(&mut dice);
        let jitter = u64::from(u16::from_be_bytes(dice));
        let at = *self.rotate_at.get_or_insert(now + OTHERS_FIRST + jitter);
        if now >= at {
            self.rotate(people, now, log, rng);
        }
    }

    /// Hands out new keys now.
    pub(crate) fn rotate<L: Log>(&mut self, people: &People<'_>, now: u64, log: &L, rng: &mut dyn CryptoRng) {
        let Some(members) = people.members(self.which) else { return };
        let own = log.own_chain(self.which);
        let mut cuts: Vec<Cut> = log
            .chains(self.which)
            .iter()
            .map(|chain| Cut { chain: chain.chain, until: chain.next })
            .collect();
        if !cuts.iter().any(|cut| cut.chain == own) {
            cuts.push(Cut { chain: own, until: 0 });
        }
        let history = if people.withhold { History::Withheld } else { History::Open };
        let rotation = Rotation { members: &members, device: people.device, cuts, history, at: now };
        if let Ok(grant) = self.book.rotate(&rotation, rng) {
            self.rotate_at = None;
            self.tell(ControlRecord::Grant(grant.as_bytes().to_vec()));
            self.keys_changed(&members);
        }
    }

    /// Takes a grant that came in.
    pub(crate) fn granted(&mut self, grant: &Grant, members: &Members<'_>) {
        self.rotate_at = None;
        self.keep_grant(grant.as_bytes().to_vec());
        self.keys_changed(members);
    }
}
