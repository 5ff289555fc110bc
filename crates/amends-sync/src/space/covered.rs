//! The books of a space: which entries and pictures lie at the relay, and what is still on its way.

use std::collections::BTreeSet;

use amends_crypto::{ChainId, EpochId, PersonId};
use amends_wire::Rid;

use super::{Sent, Space};
use crate::item::{Piece, Which};
use crate::log::Log;

impl Space {
    /// Whether an own entry is at the relay, or on the way there.
    pub(super) fn has_gone(&self, chain: ChainId, position: u64) -> bool {
        let is_in = |sent: &Sent| {
            matches!(sent, Sent::Entries { chain: of, from, to, .. }
            if *of == chain && (*from..*to).contains(&position))
        };
        self.coverage.get(&chain).is_some_and(|coverage| coverage.holds(position))
            || self.sent.iter().any(|(rid, sent)| is_in(sent) && self.link.waits_for(*rid))
    }

    pub(super) fn has_picture(&self, chain: ChainId, position: u64) -> bool {
        self.pictures.get(&chain).is_some_and(|coverage| coverage.holds(position))
    }

    pub(super) fn has_part(&self, chain: ChainId, position: u64, number: u32, epoch: EpochId) -> bool {
        self.parts
            .get(&(chain, position))
            .is_some_and(|(under, parts)| *under == epoch && parts.contains(&number))
    }

    pub(super) fn cover_picture(&mut self, chain: ChainId, position: u64, epoch: EpochId) {
        self.parts.remove(&(chain, position));
        self.pictures.entry(chain).or_default().add(position, position + 1, epoch);
    }

    /// A part of a picture that this person sent lies at the relay.
    pub(crate) fn part_is_there(
        &mut self,
        chain: ChainId,
        position: u64,
        number: u32,
        n_parts: u32,
        epoch: EpochId,
    ) {
        if self.has_picture(chain, position) {
            return;
        }
        let (under, parts) = self.parts.entry((chain, position)).or_insert_with(|| (epoch, BTreeSet::new()));
        if *under != epoch {
            (*under, *parts) = (epoch, BTreeSet::new());
        }
        parts.insert(number);
        if (0..n_parts).all(|number| parts.contains(&number)) {
            self.cover_picture(chain, position, epoch);
        }
    }

    /// These positions lie at the relay.
    pub(crate) fn cover(&mut self, chain: ChainId, from: u64, to: u64, epoch: EpochId) {
        self.coverage.entry(chain).or_default().add(from, to, epoch);
    }

    /// These entries lie at the relay; those between them that another own device does not have may not.
    pub(crate) fn cover_pieces(&mut self, chain: ChainId, pieces: &[Piece], epoch: EpochId) {
        for piece in pieces {
            self.cover(chain, piece.position, piece.position.saturating_add(1), epoch);
        }
    }

    /// Whether nothing waits but entries.
    pub(crate) fn is_all_sent(&self) -> bool {
        self.control.is_empty() && self.notes.is_empty() && self.history.is_empty()
    }

    /// Whether all entries that may leave are at the relay.
    pub(crate) fn is_covered<L: Log>(&self, log: &L, me: PersonId) -> bool {
        let own = log.chains(self.which).into_iter().filter(|chain| chain.author == me);
        own.into_iter().all(|chain| {
            let open = self
                .coverage
                .get(&chain.chain)
                .map_or((chain.next > 0).then_some((0, chain.next)), |coverage| {
                    coverage.first_open(chain.next)
                });
            open.is_none_or(|(from, _)| !log.may_leave(self.which, chain.chain, from))
        }) && self.has_all_pictures(log, me)
    }

    fn has_all_pictures<L: Log>(&self, log: &L, me: PersonId) -> bool {
        self.which == Which::Own
            || log.pictures().into_iter().filter(|named| named.author == me).all(|named| {
                self.has_picture(named.chain, named.position)
                    || log.is_former(named.chain, named.position)
                    || !log.may_leave(self.which, named.chain, named.position)
            })
    }

    /// An own record is safe at the relay.
    pub(crate) fn acknowledged(&mut self, rid: Rid) {
        match self.sent.get(&rid).copied() {
            Some(Sent::Entries { chain, from, to, epoch }) => {
                self.cover(chain, from, to, epoch);
                self.written += 1;
            }
            Some(Sent::Picture { chain, position, number, n_parts, epoch }) => {
                self.part_is_there(chain, position, number, n_parts, epoch);
                self.written += 1;
            }
            Some(Sent::Control) => {
                let at = (0..self.control.len())
                    .find(|at| self.rid(b"control", &[self.control[*at].bytes()]) == rid);
                if let Some(at) = at {
                    self.control.remove(at);
                    self.changed = true;
                }
            }
            Some(Sent::Note) => {
                self.notes.retain(|(of, _)| *of != rid);
                self.changed = true;
            }
            Some(Sent::History { from }) => {
                self.sent.remove(&rid);
                if let Some(chapter) = self.history.front_mut() {
                    chapter.from = from.max(chapter.from);
                    if chapter.from >= chapter.to {
                        self.history.pop_front();
                    }
                }
                self.changed = true;
            }
            None => {}
        }
    }

    /// An own record was acknowledged and is not there. Gives whether it is known what it was.
    pub(crate) fn vanished(&mut self, rid: Rid) -> bool {
        self.attempt += 1;
        self.changed = true;
        match self.sent.remove(&rid) {
            Some(Sent::Entries { chain, from, to, .. }) => {
                self.coverage.entry(chain).or_default().remove(from, to);
                true
            }
            Some(Sent::Picture { chain, position, .. }) => {
                self.parts.remove(&(chain, position));
                self.pictures.entry(chain).or_default().remove(position, position + 1);
                true
            }
            _ => false,
        }
    }
}
