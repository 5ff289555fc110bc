//! Records that come in: opened, checked, handed to the journal, or held until their key comes.

use amends_crypto::{
    ApplyGrantError, CryptoRng, EpochId, Grant, GrantApplied, ListError, ListRecord, OpenWireError, Opener,
    PersonId, RecoveryKey, RequestId, WireContent,
};
use amends_wire::Rid;

use super::Machine;
use crate::item::{Item, PicturePart, Piece, Which};
use crate::log::{Leaving, Log, Refusal};
use crate::notice::{Aside, Notice, Outbox};
use crate::space::Space;

/// So many records wait in memory for their key at most; the others are read again later.
const MOST_HELD: usize = 4096;
/// And so many bytes of them.
const MOST_HELD_BYTES: usize = 16 << 20;
/// After so long a record is given up whose key did not come, in milliseconds.
const LONGEST_HOLD: u64 = 30 * super::devices::DAY;

/// What became of a record.
pub(super) enum Fate {
    /// Everything in it is stored, or need not be.
    Done,
    /// Its key or a device list is missing.
    Wait,
    /// It was set aside.
    Aside(Aside),
}

impl Machine {
    #[expect(clippy::too_many_arguments, reason = "a record, and all that a step has")]
    pub(super) fn record<L: Log>(
        &mut self,
        now: u64,
        which: Which,
        seq: u64,
        rid: Rid,
        bytes: Vec<u8>,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        let own_echo = self.space_mut(which).is_some_and(|space| {
            // An acknowledgment that was lost on the way: the record itself says the same.
            space.acknowledged(rid);
            space.sent.remove(&rid).is_some()
        });
        let fate = if own_echo { Fate::Done } else { self.open(now, which, rid, &bytes, log, rng, out)? };
        let keys_came = std::mem::take(&mut self.keys_came);
        self.settle(which, seq, rid, bytes, fate, out);
        if keys_came {
            self.try_held(now, log, rng, out)?;
        }
        Ok(())
    }

    fn settle(&mut self, which: Which, seq: u64, rid: Rid, bytes: Vec<u8>, fate: Fate, out: &mut Outbox) {
        let Some(space) = self.space_mut(which) else { return };
        space.is_to_look |= space.missing.is_some();
        match fate {
            Fate::Wait => {
                space.link.held(seq);
                let n_bytes: usize = space.held_bytes + bytes.len();
                if space.held.len() < MOST_HELD && n_bytes <= MOST_HELD_BYTES {
                    space.held_bytes = n_bytes;
                    space.held.insert(seq, (rid, bytes));
                }
            }
            Fate::Done => space.link.stored(seq),
            Fate::Aside(reason) => {
                if reason == Aside::Unreadable {
                    space.link.doubted(seq);
                }
                space.link.stored(seq);
                self.set_one_aside(reason, out);
            }
        }
    }

    /// A key or a list has come: what waited for it is tried again.
    fn try_held<L: Log>(
        &mut self,
        now: u64,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        loop {
            let mut again = false;
            for which in [Which::Own, Which::Pair] {
                let Some(space) = self.space_mut(which) else { continue };
                for (seq, (rid, bytes)) in space.take_held() {
                    let fate = self.open(now, which, rid, &bytes, log, rng, out)?;
                    again |= std::mem::take(&mut self.keys_came);
                    self.settle(which, seq, rid, bytes, fate, out);
                }
            }
            if !again {
                return Ok(());
            }
        }
    }

    pub(super) fn give_up_on_keys(&mut self, now: u64, out: &mut Outbox) {
        for which in [Which::Own, Which::Pair] {
            let Some(space) = self.space_mut(which) else { continue };
            if space.held.is_empty() {
                space.held_since = None;
                continue;
            }
            let since = *space.held_since.get_or_insert(now);
            if now.saturating_sub(since) > LONGEST_HOLD {
                for (seq, _) in space.take_held() {
                    if let Some(space) = self.space_mut(which) {
                        space.link.stored(seq);
                    }
                    self.set_one_aside(Aside::KeyNeverCame, out);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a record, and all that a step has")]
    fn open<L: Log>(
        &mut self,
        now: u64,
        which: Which,
        rid: Rid,
        bytes: &[u8],
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<Fate, L::Error> {
        let content = {
            let people = self.people(now);
            let Some(members) = people.members(which) else { return Ok(Fate::Done) };
            let Some(space) = self.space(which) else { return Ok(Fate::Done) };
            let home = (which == Which::Pair).then_some(&self.home.book);
            space.keys_of(people.me, &members, home).open(bytes, RequestId(rid.0))
        };
        Ok(match content {
            Ok(WireContent::ListRecord(bytes)) => self.list_record(now, &bytes, out),
            Ok(WireContent::Grant(bytes)) => self.grant(now, which, &bytes),
            Ok(WireContent::Entry(entry)) => {
                match Item::decode(&entry.bytes) {
                    Some(item) => self.item(now, which, entry.author, entry.epoch, item, log, rng, out)?,
                    // Of a later version: it is passed over, and the entries it may hold are missed as a gap.
                    None => Fate::Aside(Aside::Entry(Refusal::NotAnEntry)),
                }
            }
            Err(OpenWireError::UnknownEpoch(_) | OpenWireError::NewerVersion) => Fate::Wait,
            Err(OpenWireError::ForgedAsMine) => Fate::Aside(Aside::ForgedAsMine),
            Err(OpenWireError::NotAMember | OpenWireError::Forged) => Fate::Aside(Aside::Forged),
            Err(_) => Fate::Aside(Aside::Unreadable),
        })
    }

    fn list_record(&mut self, now: u64, bytes: &[u8], out: &mut Outbox) -> Fate {
        let Ok(record) = ListRecord::parse(bytes) else { return Fate::Aside(Aside::KeysRefused) };
        let list = match &mut self.other {
            _ if record.person() == self.me => &mut self.own,
            Some(other) if record.person() == other.person() => other,
            _ => return Fate::Aside(Aside::KeysRefused),
        };
        match list.apply(&record) {
            Ok(amends_crypto::Applied::Known) => Fate::Done,
            Ok(_) => {
                self.list_changed(now, &record, out);
                self.keys_came = true;
                Fate::Done
            }
            Err(ListError::MissingPrevious) => Fate::Wait,
            Err(_) => Fate::Aside(Aside::KeysRefused),
        }
    }

    fn grant(&mut self, now: u64, which: Which, bytes: &[u8]) -> Fate {
        match Grant::parse(bytes) {
            Ok(grant) => self.apply_grant(now, which, &grant),
            Err(_) => Fate::Aside(Aside::KeysRefused),
        }
    }

    pub(super) fn apply_grant(&mut self, now: u64, which: Which, grant: &Grant) -> Fate {
        let key = self.recovering.take();
        let fate = self.apply_grant_with(now, which, grant, key.as_ref());
        self.recovering = key;
        fate
    }

    /// The recovery words open what was granted before this device was there.
    fn apply_grant_with(&mut self, now: u64, which: Which, grant: &Grant, key: Option<&RecoveryKey>) -> Fate {
        let (people, home, pair) = self.split(now);
        let Some(members) = people.members(which) else { return Fate::Done };
        let Some(space) = pick(which, home, pair) else { return Fate::Done };
        let mut applied = space.book.apply(grant, &members, Opener::Device(people.device));
        if let (Ok(GrantApplied::Locked), Some(key)) = (&applied, key) {
            applied = space.book.apply(grant, &members, Opener::Recovery(key));
        }
        match applied {
            Ok(GrantApplied::Known) => Fate::Done,
            Ok(_) => {
                space.granted(grant, &members);
                self.keys_came = true;
                Fate::Done
            }
            Err(ApplyGrantError::MissingList) => Fate::Wait,
            Err(_) => Fate::Aside(Aside::KeysRefused),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "an item, and all that a step has")]
    fn item<L: Log>(
        &mut self,
        now: u64,
        which: Which,
        author: PersonId,
        epoch: EpochId,
        item: Item,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<Fate, L::Error> {
        match item {
            Item::Entries { chain, pieces } => {
                self.entries(now, which, author, epoch, chain, &pieces, log, out)
            }
            Item::Picture { author: of, .. } if which == Which::Pair && of != author => {
                Ok(Fate::Aside(Aside::Entry(Refusal::Stranger)))
            }
            Item::Picture { chain, position, part, .. } if which == Which::Pair => {
                self.picture(now, author, epoch, chain, position, &part, log, out)
            }
            _ if which == Which::Pair || !self.counts_now(now, epoch) => Ok(Fate::Done),
            Item::History { space, author, chain, pieces, waits } => {
                let refused = log.take(space, author, chain, &pieces)?;
                self.count_refused(&refused, out);
                out.notices.push(Notice::Received);
                let is_at_relay = waits != Some(true) && chain != log.own_chain(space);
                if author == self.me && is_at_relay {
                    self.cover_under_current(now, space, chain, &pieces);
                }
                Ok(Fate::Done)
            }
            Item::Picture { author, chain, position, part } => {
                if log.take_part(author, chain, position, &part)? {
                    out.notices.push(Notice::Received);
                }
                Ok(Fate::Done)
            }
            Item::Approve { device } => {
                self.approved(device);
                Ok(Fate::Done)
            }
            Item::Newcomer { device, by, .. } => {
                self.newcomer_told(now, device, by);
                Ok(Fate::Done)
            }
            // An own device began again with the other person; that this counts here is still to come.
            Item::Pair(_) if log.leaving() != Leaving::No => Ok(Fate::Wait),
            Item::Pair(bytes) => {
                self.take_pair(&bytes, rng, out);
                Ok(Fate::Done)
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "entries, and all that a step has")]
    fn entries<L: Log>(
        &mut self,
        now: u64,
        which: Which,
        author: PersonId,
        epoch: EpochId,
        chain: amends_crypto::ChainId,
        pieces: &[Piece],
        log: &mut L,
        out: &mut Outbox,
    ) -> Result<Fate, L::Error> {
        let (people, home, pair) = self.split(now);
        let Some(members) = people.members(which) else { return Ok(Fate::Done) };
        let Some(space) = pick(which, home, pair) else { return Ok(Fate::Done) };
        let admission = space.admission(&members);
        let admitted: Vec<Piece> =
            pieces.iter().filter(|piece| admission.admits(epoch, chain, piece.position)).cloned().collect();
        if author == people.me {
            space.cover_pieces(chain, &admitted, epoch);
        }
        let n_late = pieces.len() - admitted.len();
        if n_late > 0 && self.is_of_revoked(chain) {
            for _ in 0..n_late {
                self.set_one_aside(Aside::Entry(Refusal::AfterRevocation), out);
            }
        }
        if !admitted.is_empty() {
            let had_left = log.leaving() != Leaving::No;
            let refused = log.take(which, author, chain, &admitted)?;
            self.count_refused(&refused, out);
            self.keys_came |= had_left && log.leaving() == Leaving::No;
            if refused.len() < admitted.len() {
                out.notices.push(Notice::Received);
            }
        }
        Ok(Fate::Done)
    }

    /// Part of a picture: it counts where the entry counts that names it.
    #[expect(clippy::too_many_arguments, reason = "a part, and all that a step has")]
    fn picture<L: Log>(
        &mut self,
        now: u64,
        author: PersonId,
        epoch: EpochId,
        chain: amends_crypto::ChainId,
        position: u64,
        part: &PicturePart,
        log: &mut L,
        out: &mut Outbox,
    ) -> Result<Fate, L::Error> {
        let (people, _, pair) = self.split(now);
        let (Some(members), Some(space)) = (people.members(Which::Pair), pair) else { return Ok(Fate::Done) };
        if !space.admission(&members).admits(epoch, chain, position) {
            return Ok(Fate::Done);
        }
        if author == people.me {
            space.part_is_there(chain, position, part.number, part.n_parts, epoch);
        }
        if log.take_part(author, chain, position, part)? {
            out.notices.push(Notice::Received);
        }
        Ok(Fate::Done)
    }

    fn count_refused(&mut self, refused: &[(usize, Refusal)], out: &mut Outbox) {
        for (_, reason) in refused {
            self.set_one_aside(Aside::Entry(*reason), out);
        }
    }

    /// Whether an item of own devices counts: its epoch is not one that a removed device may still use.
    fn counts_now(&mut self, now: u64, epoch: EpochId) -> bool {
        if self.revoked.is_empty() {
            return true;
        }
        let (people, home, _) = self.split(now);
        let Some(members) = people.members(Which::Own) else { return false };
        // Items have no place in a chain, so they count only where everything does; nobody waits for an old one.
        let nowhere = amends_crypto::ChainId([0; 16]);
        home.admission(&members).admits(epoch, nowhere, 0)
    }

    fn cover_under_current(
        &mut self,
        now: u64,
        which: Which,
        chain: amends_crypto::ChainId,
        pieces: &[Piece],
    ) {
        let (people, home, pair) = self.split(now);
        let Some(members) = people.members(which) else { return };
        let Some(space) = pick(which, home, pair) else { return };
        if let Some(epoch) = space.book.current(&members) {
            space.cover_pieces(chain, pieces, epoch);
        }
    }
}

/// One of the two spaces.
fn pick<'a>(which: Which, home: &'a mut Space, pair: Option<&'a mut Space>) -> Option<&'a mut Space> {
    match which {
        Which::Own => Some(home),
        Which::Pair => pair,
    }
}
