//! Sending what waits in a space, as far as the relay takes it: keys first, then notes, history, entries, pictures.

use amends_crypto::{
    ChainId, CryptoRng, EpochBook, EpochId, Members, PersonId, RequestId, SealWireError, SpaceKeys,
};
use amends_wire::{ClientFrame, Rid};

use super::{Chapter, People, Sent, Space};
use crate::item::{Item, PicturePart, Piece, Which};
use crate::log::{Log, Named};

/// So many bytes of entries go into one record at most.
const BATCH_BYTES: usize = 40 * 1024;
/// So many entries go into one record at most; a few fresh ones go one by one.
const BATCH: u64 = 64;
/// From so many waiting entries on they go together.
const MANY: u64 = 8;
/// Where sending is spread, new entries wait so long at least, in milliseconds.
const SPREAD_FROM: u64 = 2_000;
/// And so long at most.
const SPREAD_TO: u64 = 5_000;

/// What sealing needs during one step.
struct Turn<'a> {
    people: &'a People<'a>,
    members: &'a Members<'a>,
    home: Option<&'a EpochBook>,
    /// The space of the pair, where this is that of own devices.
    pair: Option<&'a Space>,
    epoch: EpochId,
    now: u64,
}

impl Space {
    /// Sends what waits, as far as the relay takes it. `beside` is the other one of the two spaces.
    pub(crate) fn publish<L: Log>(
        &mut self,
        people: &People<'_>,
        beside: Option<&Space>,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Vec<ClientFrame>,
    ) -> Result<(), L::Error> {
        self.publish_control(now, rng, out);
        let Some(members) = people.members(self.which) else { return Ok(()) };
        let Some(epoch) = self.book.current(&members) else { return Ok(()) };
        let (home, pair) = match self.which {
            Which::Own => (None, beside),
            Which::Pair => (beside.map(|home| &home.book), None),
        };
        let turn = Turn { people, members: &members, home, pair, epoch, now };
        self.publish_notes(&turn, rng, out);
        self.publish_history(&turn, log, rng, out)?;
        if !people.spread {
            self.send_at = None;
        } else if self.has_to_wait(people.me, now, log, rng) {
            return Ok(());
        }
        self.publish_entries(&turn, log, rng, out)?;
        self.publish_pictures(&turn, log, rng, out)
    }

    fn publish_control(&mut self, now: u64, rng: &mut dyn CryptoRng, out: &mut Vec<ClientFrame>) {
        for at in 0..self.control.len() {
            let rid = self.rid(b"control", &[self.control[at].bytes()]);
            if self.link.waits_for(rid) {
                continue;
            }
            if !self.link.may_publish(now) {
                return;
            }
            match self.root.seal_control(self.control[at].as_control(), RequestId(rid.0), rng) {
                Ok(bytes) => {
                    self.sent.insert(rid, Sent::Control);
                    self.link.publish(rid, bytes, out);
                }
                Err(_) => debug_assert!(false, "lists and grants are far below the limit"),
            }
        }
    }

    fn publish_notes(&mut self, turn: &Turn<'_>, rng: &mut dyn CryptoRng, out: &mut Vec<ClientFrame>) {
        for at in 0..self.notes.len() {
            let (rid, item) = &self.notes[at];
            let rid = *rid;
            if self.link.waits_for(rid) {
                continue;
            }
            if !self.link.may_publish(turn.now) {
                return;
            }
            if let Ok(bytes) = self.keys(turn).seal_entry(item, RequestId(rid.0), rng) {
                self.sent.insert(rid, Sent::Note);
                self.link.publish(rid, bytes, out);
            }
        }
    }

    fn publish_history<L: Log>(
        &mut self,
        turn: &Turn<'_>,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Vec<ClientFrame>,
    ) -> Result<(), L::Error> {
        // One part at a time: a history may be long, and what is new goes first.
        let is_on_the_way =
            |(rid, sent): (&Rid, &Sent)| matches!(sent, Sent::History { .. }) && self.link.waits_for(*rid);
        if self.sent.iter().any(is_on_the_way) || !self.link.may_publish(turn.now) {
            return Ok(());
        }
        let (chapter, item, to) = loop {
            let Some(chapter) = self.history.front().copied() else { return Ok(()) };
            if let Some((item, to)) = self.open_chapter(turn, log, &chapter)? {
                break (chapter, item, to);
            }
            // A picture that went, or has all its parts there.
            self.history.pop_front();
            self.changed = true;
        };
        let what: &[u8] = if chapter.picture.is_some() { b"history picture" } else { b"history" };
        let position = chapter.picture.unwrap_or_default().to_be_bytes();
        let round = chapter.round.to_be_bytes();
        let (from, until) = (chapter.from.to_be_bytes(), to.to_be_bytes());
        let item = item.encode();
        let mut places: Vec<&[u8]> = vec![&round, &chapter.chain.0, &from, &until];
        places.push(if chapter.picture.is_some() { &position } else { &item });
        let rid = self.rid(what, &places);
        if let Ok(bytes) = self.keys(turn).seal_entry(&item, RequestId(rid.0), rng) {
            self.sent.insert(rid, Sent::History { from: to });
            self.link.publish(rid, bytes, out);
        }
        Ok(())
    }

    fn publish_entries<L: Log>(
        &mut self,
        turn: &Turn<'_>,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Vec<ClientFrame>,
    ) -> Result<(), L::Error> {
        let epoch = turn.epoch;
        for chain in log.chains(self.which).iter().filter(|chain| chain.author == turn.people.me) {
            // What is under way counts as sent while it is.
            let mut covered = self.coverage.get(&chain.chain).cloned().unwrap_or_default();
            for (rid, sent) in &self.sent {
                if let Sent::Entries { chain: of, from, to, epoch } = sent
                    && *of == chain.chain
                    && self.link.waits_for(*rid)
                {
                    covered.add(*from, *to, *epoch);
                }
            }
            while let Some((from, to)) = covered.first_open(chain.next) {
                if !self.link.may_publish(turn.now) || !log.may_leave(self.which, chain.chain, from) {
                    break;
                }
                let to = if to - from < MANY { from + 1 } else { to };
                let to = first_held(log, self.which, chain.chain, from, to);
                let (pieces, to) = read(log, chain.chain, from, to, Purpose::News)?;
                covered.add(from, to, epoch);
                if pieces.is_empty() {
                    self.cover(chain.chain, from, to, epoch);
                    continue;
                }
                let item = Item::Entries { chain: chain.chain, pieces }.encode();
                // Own devices may hold different entries between the same two positions: the name says which are in it.
                let places =
                    [&epoch.0, chain.chain.0.as_slice(), &from.to_be_bytes(), &to.to_be_bytes(), &item];
                let rid = self.rid(b"entries", &places);
                match self.keys(turn).seal_entry(&item, RequestId(rid.0), rng) {
                    Ok(bytes) => {
                        self.sent.insert(rid, Sent::Entries { chain: chain.chain, from, to, epoch });
                        self.link.publish(rid, bytes, out);
                    }
                    Err(SealWireError::RotationNeeded) => return Ok(()),
                    // Never with entries that this program wrote: they have a limit of their own.
                    Err(_) => self.cover(chain.chain, from, to, epoch),
                }
            }
        }
        Ok(())
    }

    /// Whether new entries wait some seconds, so that who watches the network does not see when something was written. What
    /// was there before the connection goes at once, and so does everything before the first time that all was sent.
    fn has_to_wait<L: Log>(&mut self, me: PersonId, now: u64, log: &L, rng: &mut dyn CryptoRng) -> bool {
        if !self.link.is_live() || !self.told_up_to_date || self.is_covered(log, me) {
            self.send_at = None;
            return false;
        }
        // A clock that was set back makes nobody wait longer.
        let known = self.send_at.filter(|at| *at <= now.saturating_add(SPREAD_TO));
        let at = known.unwrap_or_else(|| {
            let mut dice = [0; 2];
            rng.fill_bytes(&mut dice);
            let jitter = u64::from(u16::from_be_bytes(dice)) * (SPREAD_TO - SPREAD_FROM) / 65_536;
            now.saturating_add(SPREAD_FROM + jitter)
        });
        self.send_at = Some(at);
        now < at
    }

    /// Pictures go after the entries that name them, so that no words wait for them and the other side knows what fits.
    fn publish_pictures<L: Log>(
        &mut self,
        turn: &Turn<'_>,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Vec<ClientFrame>,
    ) -> Result<(), L::Error> {
        if self.which == Which::Own {
            return Ok(());
        }
        let epoch = turn.epoch;
        let own = log.pictures().into_iter().filter(|named| named.author == turn.people.me);
        for Named { author, chain, position } in own {
            if self.has_picture(chain, position) || log.is_former(chain, position) {
                continue;
            }
            if !self.link.may_publish(turn.now) {
                return Ok(());
            }
            if !self.has_gone(chain, position) || !log.may_leave(self.which, chain, position) {
                continue;
            }
            let parts = log.picture(chain, position)?.map(|bytes| PicturePart::split(&bytes));
            let Some(parts) = parts.filter(|parts| !parts.is_empty()) else {
                // The device that has it sends it.
                self.cover_picture(chain, position, epoch);
                continue;
            };
            for part in parts {
                let (number, n_parts) = (part.number, part.n_parts);
                let places = [&epoch.0, chain.0.as_slice(), &position.to_be_bytes(), &number.to_be_bytes()];
                let rid = self.rid(b"picture", &places);
                if self.has_part(chain, position, number, epoch) || self.link.waits_for(rid) {
                    continue;
                }
                if !self.link.may_publish(turn.now) {
                    return Ok(());
                }
                let item = Item::Picture { author, chain, position, part }.encode();
                let Ok(bytes) = self.keys(turn).seal_entry(&item, RequestId(rid.0), rng) else {
                    return Ok(());
                };
                self.sent.insert(rid, Sent::Picture { chain, position, number, n_parts, epoch });
                self.link.publish(rid, bytes, out);
            }
        }
        Ok(())
    }

    fn keys<'a>(&'a self, turn: &Turn<'a>) -> SpaceKeys<'a> {
        let Turn { people, members, home, .. } = *turn;
        self.keys_of(people.me, members, home)
    }

    /// What goes over next of a chapter, and where to go on after it; none if there is nothing more.
    fn open_chapter<L: Log>(
        &self,
        turn: &Turn<'_>,
        log: &L,
        chapter: &Chapter,
    ) -> Result<Option<(Item, u64)>, L::Error> {
        let Chapter { space, author, chain, from, to, .. } = *chapter;
        let Some(position) = chapter.picture else {
            // What is at the relay and what still waits for it go apart: the new device sends the second itself if this one
            // is gone by then.
            let waits = |position| author == turn.people.me && self.waits(turn, space, chain, position);
            let does_wait = waits(from);
            let last = to.min(from + BATCH);
            let to = (from..last).find(|position| waits(*position) != does_wait).unwrap_or(to);
            let (pieces, to) = read(log, chain, from, to, Purpose::History)?;
            let waits = does_wait.then_some(true);
            return Ok(Some((Item::History { space, author, chain, pieces, waits }, to)));
        };
        let picture = log.picture(chain, position)?.unwrap_or_default();
        let part = PicturePart::split(&picture).into_iter().find(|part| u64::from(part.number) == from);
        Ok(part.map(|part| (Item::Picture { author, chain, position, part }, from + 1)))
    }

    /// Whether an own entry is not at the relay yet.
    fn waits(&self, turn: &Turn<'_>, space: Which, chain: ChainId, position: u64) -> bool {
        let space = if space == self.which { Some(self) } else { turn.pair };
        let is_there = |space: &Self| space.coverage.get(&chain).is_some_and(|sent| sent.holds(position));
        space.is_some_and(|space| !is_there(space))
    }
}

/// The first position in `from..to` that may not leave.
fn first_held<L: Log>(log: &L, which: Which, chain: ChainId, from: u64, to: u64) -> u64 {
    (from..to).find(|position| !log.may_leave(which, chain, *position)).unwrap_or(to)
}

/// What pieces are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// For everybody in the space: of a former time only the places go over.
    News,
    /// For a new own device, which gets all.
    History,
}

/// Pieces from `from` on as far as they fit into one record, and the position after the last one.
fn read<L: Log>(
    log: &L,
    chain: ChainId,
    from: u64,
    to: u64,
    purpose: Purpose,
) -> Result<(Vec<Piece>, u64), L::Error> {
    let mut pieces = Vec::new();
    let mut n_bytes = 0;
    for position in from..to.min(from + BATCH) {
        let piece = match purpose {
            Purpose::News if log.is_former(chain, position) => log.trace(chain, position)?,
            _ => log.piece(chain, position)?,
        };
        if let Some(piece) = piece {
            n_bytes += piece.bytes.len();
            if n_bytes > BATCH_BYTES && !pieces.is_empty() {
                return Ok((pieces, position));
            }
            pieces.push(piece);
        }
    }
    Ok((pieces, to.min(from + BATCH)))
}
