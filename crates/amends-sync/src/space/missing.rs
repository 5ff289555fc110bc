//! What was sent and is not here: looked for once a day, and told when it does not come for long.
//!
//! Gaps in a chain show themselves. What is missing at the end of one shows by the grants: each says how much of every chain its
//! maker had seen. So a relay that hides what somebody wrote last, and lets the keys through that came after it, is found out.
//! Nothing tells whether the relay holds it back, the network lost it, or a device went away before it had sent it.

use amends_crypto::{ActiveDevice, DeviceList};
use minicbor::{Decode, Encode};

use super::{People, Space};
use crate::item::Which;
use crate::log::Log;

/// Missing for so many days, it is told. A new device waits two days for the history at most.
const LONG_DAYS: u64 = 3;

/// Something is missing: the first and the last day (since 1970) on which it was so, when everything had been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Missing {
    #[n(0)]
    since: u64,
    #[n(1)]
    until: u64,
}

impl Missing {
    /// It was missing on one day, and on another day, long after, it still was.
    pub(crate) fn is_long(self) -> bool {
        self.until.saturating_sub(self.since) >= LONG_DAYS
    }
}

impl Space {
    /// Whether something is to be looked for: everything was read, or a new day has begun.
    pub(crate) fn has_to_look(&self, today: u64) -> bool {
        self.link.is_live() && (self.is_to_look || self.look_day != today)
    }

    /// Notes whether something is missing on this day. True if everything is to be read again because of it.
    pub(crate) fn look<L: Log>(&mut self, people: &People<'_>, today: u64, log: &L) -> bool {
        (self.is_to_look, self.look_day) = (false, today);
        if log.n_missing(self.which) == 0 && !self.link.gave_up() && !self.misses_an_end(people, log) {
            self.missing = None;
            return false;
        }
        if self.gap_day != today {
            self.gap_day = today;
            return true;
        }
        let since = self.missing.map_or(today, |missing| missing.since.min(today));
        self.missing = Some(Missing { since, until: today });
        false
    }

    /// Whether somebody who handed out keys had seen more of another device's chain than is here. Of a device that was taken
    /// away not everything counts, so nothing is missed there.
    fn misses_an_end<L: Log>(&self, people: &People<'_>, log: &L) -> bool {
        let Some(members) = people.members(self.which) else { return false };
        let here = log.chains(self.which);
        let own = log.own_chain(self.which);
        let lists = std::iter::once(people.own).chain(people.other.filter(|_| self.which == Which::Pair));
        let active: Vec<ActiveDevice> = lists.flat_map(DeviceList::active).collect();
        self.book.seen(&members).into_iter().any(|(chain, until)| {
            let writes = |device: &ActiveDevice| match self.which {
                Which::Own => device.chains.private == chain,
                Which::Pair => device.chains.shared == chain,
            };
            let is_active = active.iter().any(writes);
            let next = here.iter().find(|known| known.chain == chain).map_or(0, |known| known.next);
            is_active && chain != own && next < until
        })
    }
}
