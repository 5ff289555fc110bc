//! What the owner of a vault gets, also when things go wrong.

#![allow(clippy::unwrap_used, reason = "tests")]

mod backup;
mod crash;
mod damage;
mod demo;
mod drafts;
mod erase;
mod export;
mod keys;
mod killed;
mod pictures;
mod report;
mod search;
mod sync;
mod take;
mod undo;
mod writing;

use std::sync::LazyLock;

use amends_client::{CryptoRng, KdfCost, LockedVault, NewEvent, NewVault, RecoveryPhrase, Vault};
use amends_domain::event::{Body, Event};
use amends_domain::id::{EventId, Millis};
use amends_domain::prove::communication::{self, Letter, Purpose};
use amends_domain::versions::Save;
use amends_store::testing::Shared;
use amends_store::{MemoryStore, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const PASSPHRASE: &str = "three green chairs";
const NOW: Millis = Millis(1_790_000_000_000);

/// A disk in memory that the test can look at while a vault is on it.
type Disk = Shared<MemoryStore>;

/// Randomness that is the same in every run, but differs with `seed`.
fn rng(seed: u8) -> Box<dyn CryptoRng + Send> {
    Box::new(ChaCha20Rng::from_seed([seed; 32]))
}

/// The cheapest cost there is, so that tests are quick.
fn new_vault() -> NewVault<'static> {
    NewVault { cost: KdfCost::FLOOR, ..NewVault::with_passphrase(PASSPHRASE) }
}

fn create_on<S: Store>(store: S) -> (Vault<S>, RecoveryPhrase) {
    Vault::create(store, new_vault(), rng(1)).unwrap()
}

/// A disk with an empty vault, open.
fn create() -> (Vault<Disk>, Disk) {
    let disk = Disk::default();
    (create_on(disk.clone()).0, disk)
}

/// Opens a vault of [`create_on`] by its recovery phrase, which is quick, and any other by its passphrase.
fn open<S: Store>(store: S) -> Vault<S> {
    static PHRASE: LazyLock<RecoveryPhrase> = LazyLock::new(|| create_on(MemoryStore::default()).1);
    LockedVault::find(store)
        .unwrap()
        .unlock_with_phrase(&PHRASE, rng(2))
        .or_else(|failed| failed.vault.unlock(PASSPHRASE, rng(2)))
        .map_err(|failed| failed.reason)
        .unwrap()
}

/// A new letter to nobody, kept for oneself.
fn letter(text: &str) -> NewEvent {
    let content = Letter { purpose: Purpose::ForMe, text: text.to_owned() };
    NewEvent::private(communication::Event::SaveLetter(Save::new(None, content)))
}

fn write<S: Store>(vault: &mut Vault<S>, text: &str) -> EventId {
    vault.append(NOW, letter(text)).unwrap()
}

fn text_of(event: &Event) -> Option<&str> {
    match &event.body {
        Body::Communication(communication::Event::SaveLetter(save)) => Some(&save.content.text),
        _ => None,
    }
}

/// Texts of all letters that hold, in order.
fn letters<S: Store>(vault: &Vault<S>) -> Vec<&str> {
    vault.state().events().filter(|event| vault.state().holds(event)).filter_map(text_of).collect()
}
