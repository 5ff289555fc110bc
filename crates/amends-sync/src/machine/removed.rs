//! Devices that were taken away: where what they said ends, and what they may still know.

use std::collections::BTreeMap;

use amends_crypto::{ChainId, Chains, DeviceKeyId, EpochId, ListRecord};
use minicbor::{Decode, Encode};

use super::Machine;
use super::devices::brings;
use crate::coverage::first_not;
use crate::item::Which;
use crate::log::Log;
use crate::notice::{Notice, Outbox};
use crate::space::People;

/// A device that was taken away, and the epochs that it may still know.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Revoked {
    #[n(0)]
    chains: Chains,
    #[n(1)]
    own_epochs: Vec<EpochId>,
    #[n(2)]
    pair_epochs: Vec<EpochId>,
}

impl Machine {
    /// Whether another own device has taken this one away.
    pub fn is_removed(&self) -> bool {
        self.removed
    }

    pub(super) fn removed(&mut self, device: DeviceKeyId, is_own: bool, out: &mut Outbox) {
        self.newcomers.remove(&device);
        let list = if is_own { Some(&self.own) } else { self.other.as_ref() };
        let chains = list.and_then(|list| chains_of(list.records(), device));
        if let Some(chains) = chains {
            let own_epochs = self.home.book.epochs().collect();
            let pair_epochs = self.pair.iter().flat_map(|pair| pair.book.epochs()).collect();
            self.revoked.entry(device).or_insert(Revoked { chains, own_epochs, pair_epochs });
        }
        if device == self.device.id() {
            self.removed = true;
            out.notices.push(Notice::ThisDeviceRemoved);
        } else if is_own {
            out.notices.push(Notice::DeviceRemoved(device));
        }
    }

    pub(super) fn is_of_revoked(&self, chain: ChainId) -> bool {
        self.revoked.values().any(|revoked| revoked.chains.private == chain || revoked.chains.shared == chain)
    }

    /// Where the chains of removed devices end: what lies after that counts under none of the epochs they knew.
    pub(super) fn cut_revoked<L: Log>(&mut self, log: &mut L) -> Result<(), L::Error> {
        if self.revoked.is_empty() {
            return Ok(());
        }
        let people = People {
            me: self.me,
            device: &self.device,
            own: &self.own,
            other: self.other.as_ref(),
            withhold: false,
            spread: false,
        };
        let mut cuts = Vec::new();
        for space in std::iter::once(&mut self.home).chain(&mut self.pair) {
            let Some(members) = people.members(space.which) else { continue };
            let which = space.which;
            let ends: BTreeMap<ChainId, u64> =
                log.chains(which).iter().map(|chain| (chain.chain, chain.next)).collect();
            let admission = space.admission(&members);
            for revoked in self.revoked.values() {
                let (chain, epochs) = match which {
                    Which::Own => (revoked.chains.private, &revoked.own_epochs),
                    Which::Pair => (revoked.chains.shared, &revoked.pair_epochs),
                };
                // One more than what is here, to see whether something could still come.
                let end = ends.get(&chain).copied().unwrap_or_default() + 1;
                let until =
                    |epoch: &EpochId| first_not(0, end, |position| admission.admits(*epoch, chain, position));
                if let Some(cut) = epochs.iter().map(until).max().filter(|cut| *cut < end) {
                    cuts.push((chain, cut));
                }
            }
        }
        if cuts.is_empty() { Ok(()) } else { log.cut(&cuts) }
    }
}

/// The chains of a device, from the record that brought it.
fn chains_of(records: Vec<&ListRecord>, device: DeviceKeyId) -> Option<Chains> {
    records.into_iter().find_map(|record| brings(record, device)).map(|device| device.chains)
}
