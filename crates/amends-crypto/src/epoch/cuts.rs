//! What counts under an epoch that is over.
//!
//! A device that was removed, or a copy of a device's old state, still holds old secrets. So every grant says which events of
//! every chain its maker had seen; under the epochs before it, nothing else counts any more. Whoever wrote something at
//! the same moment sends the same event once more under the new epoch. Grants of devices that do not count now close
//! nothing, and what only they granted admits nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::EpochBook;
use crate::ids::{ChainId, DeviceKeyId, EpochId};
use crate::space::Members;

/// What counts, by the grants and device lists known now. Make it anew when either has changed.
#[derive(Debug, Clone)]
pub struct Admission(BTreeMap<EpochId, Rule>);

#[derive(Debug, Clone)]
enum Rule {
    Everything,
    Nothing,
    /// Chains with their first position that does not count; chains that are not there have none that counts.
    Until(BTreeMap<ChainId, u64>),
}

impl Admission {
    /// Whether the event at `position` of `chain`, received under `epoch`, counts.
    pub fn admits(&self, epoch: EpochId, chain: ChainId, position: u64) -> bool {
        match self.0.get(&epoch) {
            None | Some(Rule::Nothing) => false,
            Some(Rule::Everything) => true,
            Some(Rule::Until(cuts)) => cuts.get(&chain).is_some_and(|until| position < *until),
        }
    }
}

impl EpochBook {
    /// What counts under each epoch.
    pub fn admission(&self, members: &Members<'_>) -> Admission {
        Admission(self.epochs().map(|epoch| (epoch, self.rule(epoch, members))).collect())
    }

    /// For each chain the first position that no maker of a grant had seen: what lies before it was written and read by
    /// somebody. Only grants count that are open here and were made by devices that count now.
    pub fn seen(&self, members: &Members<'_>) -> BTreeMap<ChainId, u64> {
        let mut seen = BTreeMap::new();
        for (id, epoch) in &self.epochs {
            let Some(opened) = epoch.opened.as_ref().filter(|_| self.is_trusted(*id, members)) else {
                continue;
            };
            for cut in &opened.cuts {
                let until: &mut u64 = seen.entry(cut.chain).or_default();
                *until = cut.until.max(*until);
            }
        }
        seen
    }

    fn rule(&self, epoch: EpochId, members: &Members<'_>) -> Rule {
        let mut until: Option<BTreeMap<ChainId, u64>> = None;
        for follower in self.followers(epoch) {
            let Some(opened) = &self.epochs[&follower].opened else { continue };
            if !self.is_trusted(follower, members) {
                continue;
            }
            let cuts: BTreeMap<ChainId, u64> = opened.cuts.iter().map(|cut| (cut.chain, cut.until)).collect();
            until = Some(match until {
                None => cuts,
                // The lower of both; a chain that one of them does not name has none that counts.
                Some(before) => {
                    let both = before
                        .into_iter()
                        .filter_map(|(chain, old)| Some((chain, old.min(*cuts.get(&chain)?))));
                    both.collect()
                }
            });
        }
        match until {
            Some(until) => Rule::Until(until),
            None if self.is_trusted(epoch, members) => Rule::Everything,
            None => Rule::Nothing,
        }
    }

    /// Epochs whose grants were made after `epoch` was known to their makers.
    fn followers(&self, epoch: EpochId) -> BTreeSet<EpochId> {
        let mut found = BTreeSet::from([epoch]);
        let mut by_depth: Vec<_> = self.epochs.iter().collect();
        by_depth.sort_unstable_by_key(|(_, known)| known.head.depth);
        for (id, known) in by_depth {
            if known.head.parents.iter().any(|parent| found.contains(parent)) {
                found.insert(*id);
            }
        }
        found.remove(&epoch);
        found
    }

    /// Whether the device that granted an epoch counts now.
    fn is_trusted(&self, epoch: EpochId, members: &Members<'_>) -> bool {
        let signer = self.epochs[&epoch].head.signer;
        members.lists().iter().any(|list| list.is_active(signer))
    }

    /// Whether a device was removed and an epoch was begun since: what it granted and nobody followed is left behind.
    pub(super) fn is_left_behind(&self, signer: DeviceKeyId, members: &Members<'_>) -> bool {
        self.epochs.iter().any(|(id, epoch)| {
            let knew = epoch.head.lists.iter().any(|state| {
                members.list(state.person).is_some_and(|list| list.is_revoked_after(state.head, signer))
            });
            knew && epoch.opened.is_some() && self.is_trusted(*id, members)
        })
    }
}
