//! The state of a vault in numbers, to be shown or sent to somebody who helps. It holds no word that was written, no
//! name, no id and no time.

use amends_crypto::KdfCost;
use amends_store::{ReadError, Store};
use serde::Serialize;

use crate::journal::{Quarantined, Scan};
use crate::layout::{KEY_BY_PASSPHRASE, SNAPSHOT_NAME, VAULT_VERSION};
use crate::vault::{Vault, wrapped};

/// What `doctor` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Version of the layout of the vault.
    pub vault_version: u8,
    /// Invented people.
    pub is_demo: bool,
    /// Whether the structure of the store is sound.
    pub store_is_sound: bool,
    /// Number of readable events.
    pub n_events: usize,
    /// Number of entries whose words were erased.
    pub n_erased: u64,
    /// Number of events that a rule did not allow: kept, not applied.
    pub n_rejected: usize,
    /// Number of events of a newer version of the program: kept, not applied.
    pub n_of_newer_version: usize,
    /// Records that could not be read, each with its place and the reason.
    pub quarantined: Vec<Quarantined>,
    /// Number of entries that must have been there and are not, quarantined ones included.
    pub n_missing: u64,
    /// Something that was sent by another device has not come for days.
    pub misses_for_long: bool,
    /// Number of entries that do not fit to the one before them.
    pub n_broken: u64,
    /// Number of drafts that can be read.
    pub n_drafts: usize,
    /// Number of drafts that could not be read.
    pub n_unreadable_drafts: usize,
    /// Whether there is a snapshot.
    pub has_snapshot: bool,
    /// Whether removed bytes may still be in the file, until the vault is locked.
    pub is_untidy: bool,
    /// Whether a guess of the passphrase costs less than is recommended today.
    pub passphrase_cost_is_low: bool,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_healthy(&self) -> bool {
        self.store_is_sound
            && self.quarantined.is_empty()
            && self.n_missing == 0
            && self.n_broken == 0
            && self.n_unreadable_drafts == 0
    }
}

impl<S: Store> Vault<S> {
    /// Looks at everything: opens each record anew, follows the chains, checks the store.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot even be read.
    pub fn doctor(&self) -> Result<Report, ReadError> {
        let mut scan = Scan { cuts: self.cuts.clone(), ..Scan::default() };
        scan.read_on(&self.store, &self.keys)?;
        let n_broken = scan.ends.reconcile(&self.ends);
        let status = self.sync_status();
        let cost = wrapped(&self.store, KEY_BY_PASSPHRASE).ok().and_then(|key| key.cost().ok());
        Ok(Report {
            vault_version: VAULT_VERSION,
            is_demo: self.is_demo(),
            store_is_sound: self.store.check().is_ok(),
            n_events: scan.events.len(),
            n_erased: scan.n_erased,
            n_rejected: self.state().rejected().count(),
            n_of_newer_version: self.state().unknown(),
            quarantined: scan.findings.quarantined,
            n_missing: scan.ends.n_missing(),
            misses_for_long: status.own_misses_for_long || status.pair_misses_for_long,
            n_broken: scan.findings.n_broken + n_broken,
            n_drafts: self.drafts.len(),
            n_unreadable_drafts: self.drafts.n_unreadable,
            has_snapshot: self.store.value(SNAPSHOT_NAME)?.is_some(),
            is_untidy: self.untidy,
            passphrase_cost_is_low: cost.is_none_or(is_low),
        })
    }

    /// Records that could not be read when the vault was opened: shown to the user, never in the way of the rest.
    pub fn quarantined(&self) -> &[Quarantined] {
        &self.findings.quarantined
    }
}

fn is_low(cost: KdfCost) -> bool {
    let recommended = KdfCost::RECOMMENDED;
    cost.memory_kib() < recommended.memory_kib() || cost.passes() < recommended.passes()
}
