//! What tests, here and in the crates above, do for each of two people before a first message can go.

use amends_domain::consent::{self, Pace};
use amends_domain::id::Millis;
use amends_domain::prove::contact::ContactKind;
use amends_store::Store;

use crate::demo::gate_pass;
use crate::vault::{NewEvent, Vault};

/// Opens couple mode for the owner of this vault (eight times no to the safety questions) and lets three messages a day, of
/// these kinds and at any hour, come to them.
///
/// # Panics
/// If the vault does not take one of the two events.
pub fn open_channel<S: Store>(vault: &mut Vault<S>, now: Millis, kinds: &[ContactKind]) {
    opt_in(vault, now);
    let pace = Pace {
        per_day: consent::MOST_PER_DAY,
        from_minute: 0,
        to_minute: 24 * 60,
        utc_offset: 0,
        kinds: kinds.to_vec(),
        changes: None,
    };
    vault.append(now, NewEvent::shared(consent::Event::Pace(pace))).expect("the pace is set");
}

/// The first half of [`open_channel`]: it holds for four weeks ([`consent::OPT_IN_HOLDS`]), while a pace stays.
///
/// # Panics
/// If the vault does not take the event.
pub fn opt_in<S: Store>(vault: &mut Vault<S>, now: Millis) {
    let pass = gate_pass().expect("eight times no opens the gate");
    let opt_in = NewEvent::shared(consent::Event::OptIn);
    vault.append_knowing(now, opt_in, |local| local.gate = Some(&pass)).expect("the channel opens");
}
