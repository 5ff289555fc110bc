//! The demonstration: an invented couple, six weeks, something in every step.
//!
//! Robin hid a credit card and a debt; Kim found the letter. Both vaults are made through the same rules as real ones
//! and are marked as demonstrations in their headers: nothing of them gets into a real vault, nor the other way round.

mod admit;
mod apologize;
mod play;
mod prove;
mod start;

use amends_crypto::{CryptoRng, KdfCost, RecoveryPhrase};
use amends_domain::id::{DAY, Millis};
use amends_domain::view::Moment;
use amends_store::Store;

use crate::vault::{CreateError, NewVault, Vault};
pub use play::DemoError;
use play::Play;
#[cfg(feature = "testing")]
pub(crate) use play::gate_pass;

/// The passphrase of both demonstration vaults. It protects nothing, because there is nothing to protect.
pub const DEMO_PASSPHRASE: &str = "robin and kim";

/// Days the story covers.
const DAYS: u64 = 42;

/// The two vaults, each as its owner's device holds it.
#[derive(Debug)]
pub struct DemoCouple<S> {
    /// Robin, who did the harm.
    pub involved: Vault<S>,
    /// Kim, who was hurt.
    pub injured: Vault<S>,
}

/// Plays the story into two empty stores, so that it ends today, by the clock of this device.
///
/// # Errors
/// [`DemoError`] if a store is not empty or cannot be written.
pub fn demo_couple<S: Store>(
    stores: [S; 2],
    moment: Moment,
    mut rng: impl FnMut() -> Box<dyn CryptoRng + Send>,
) -> Result<DemoCouple<S>, DemoError> {
    let [robin, kim] = stores;
    let (involved, _) = create(robin, rng())?;
    let (injured, _) = create(kim, rng())?;
    let start = Millis(moment.now.0.saturating_sub(DAYS * DAY));
    let mut play = Play::new(DemoCouple { involved, injured }, start, moment.utc_offset)?;
    let incident = start::open_the_channel(&mut play)?;
    admit::play(&mut play, incident)?;
    apologize::play(&mut play, incident)?;
    prove::play(&mut play, incident)?;
    Ok(play.end())
}

fn create<S: Store>(
    store: S,
    rng: Box<dyn CryptoRng + Send>,
) -> Result<(Vault<S>, RecoveryPhrase), CreateError> {
    let new = NewVault { cost: KdfCost::FLOOR, is_demo: true, ..NewVault::with_passphrase(DEMO_PASSPHRASE) };
    Vault::create(store, new, rng)
}
