//! A couple's five years over a relay in memory: what sending, a full replay on the other side and a new device cost.
//!
//! Run with `cargo run --release -p amends-client --example five_years_sync [years]`. Times are processor time of this
//! thread where the system tells it; stores are in memory, so no disk is in them.

use std::time::{Duration, Instant};

use amends_client::testing::open_channel;
use amends_client::{Connection, CryptoRng, Input, KdfCost, LocalRelay, NewVault, Output, Vault};
use amends_domain::id::{DAY, HOUR, MINUTE, Millis};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{self, Letter, Purpose};
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::versions::Save;
use amends_store::MemoryStore;
use amends_wire::UnixSeconds;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const START: Millis = Millis(1_636_000_000_000);
const PASSPHRASE: &str = "five years of two";

struct Device {
    vault: Vault<MemoryStore>,
    connection: Option<Connection>,
}

fn main() {
    let years: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(5);
    let mut relay = LocalRelay::new(1);
    let mut devices = vec![device(1), device(2)];
    let mut now = START;
    pair(&mut relay, &mut devices, &mut now);

    let mut dice = ChaCha20Rng::from_seed([7; 32]);
    let (writing, mut syncing) = (Instant::now(), Duration::ZERO);
    for day in 0..years * 365 {
        now = START.plus((day + 1) * DAY + 12 * HOUR);
        if day.is_multiple_of(27) {
            devices.iter_mut().for_each(|device| open_channel(&mut device.vault, now, &[ContactKind::Line]));
            let before = cpu_time();
            run(&mut relay, &mut devices, &mut now);
            syncing += cpu_time() - before;
        }
        for device in &mut devices {
            device.vault.append_all(now, one_day(day, &mut dice)).expect("the day is written");
        }
    }
    let before = cpu_time();
    run(&mut relay, &mut devices, &mut now);
    syncing += cpu_time() - before;
    let n_events: usize = devices.iter().map(|device| device.vault.state().events().count()).sum();
    println!("{n_events} events held by two people, written and synced in {:.1?}", writing.elapsed());
    println!("of that sealing, sending, opening, checking and folding, every 27 days: {syncing:.0?}");
    let n_bytes: usize = relay.sealed_bytes().map(<[u8]>::len).sum();
    println!("at the relay: {:?} records, {:.1} MB", relay.sizes(), n_bytes as f64 / 1e6);
    let here = |device: &Device| {
        device
            .vault
            .state()
            .events()
            .filter(|event| event.space == amends_domain::event::Space::Shared)
            .count()
    };
    assert_eq!(here(&devices[0]), here(&devices[1]), "both hold the same");

    new_device(&mut relay, &mut devices, &mut now);
}

/// One more device of the first person, and what it costs to bring it five years back.
fn new_device(relay: &mut LocalRelay, devices: &mut Vec<Device>, now: &mut Millis) {
    devices.push(device(3));
    let link = devices[0].vault.invite_device(PASSPHRASE, *now).expect("the passphrase is right");
    devices[2].vault.join_own_devices(&link, *now).expect("it is empty");
    run(relay, devices, now);
    devices[0].vault.confirm_words(*now).expect("there are words");
    devices[2].vault.confirm_words(*now).expect("there are words");
    run(relay, devices, now);
    *now = now.plus(DAY);
    let before = cpu_time();
    run(relay, devices, now);
    println!("a new device has everything (sending and receiving): {:.0?}", cpu_time() - before);
    assert_eq!(devices[2].vault.state(), devices[0].vault.state());
}

fn device(seed: u8) -> Device {
    let rng: Box<dyn CryptoRng + Send> = Box::new(ChaCha20Rng::from_seed([seed; 32]));
    let new = NewVault { cost: KdfCost::FLOOR, ..NewVault::with_passphrase(PASSPHRASE) };
    let (vault, _) = Vault::create(MemoryStore::default(), new, rng).expect("the store is empty");
    Device { vault, connection: None }
}

fn pair(relay: &mut LocalRelay, devices: &mut [Device], now: &mut Millis) {
    let link = devices[0].vault.invite_partner(*now).expect("there is no pair yet");
    devices[1].vault.join_partner(&link, *now).expect("the link is whole");
    run(relay, devices, now);
    for device in devices.iter_mut() {
        device.vault.confirm_words(*now).expect("there are words");
    }
    run(relay, devices, now);
    for device in devices.iter_mut() {
        open_channel(&mut device.vault, *now, &[ContactKind::Line]);
    }
    run(relay, devices, now);
}

/// Until nothing moves.
fn run(relay: &mut LocalRelay, devices: &mut [Device], now: &mut Millis) {
    let mut n_quiet = 0;
    while n_quiet < 6 {
        let moved = devices.iter_mut().fold(false, |moved, device| turn(relay, device, *now) | moved);
        n_quiet = if moved { 0 } else { n_quiet + 1 };
        *now = now.plus(MINUTE);
    }
}

fn turn(relay: &mut LocalRelay, device: &mut Device, now: Millis) -> bool {
    give(relay, device, now, Input::Tick);
    let mut moved = false;
    while let Some(connection) = device.connection {
        let frames = relay.take_frames(connection);
        if frames.is_empty() {
            break;
        }
        moved = true;
        give(relay, device, now, Input::Frames(frames));
    }
    moved
}

fn give(relay: &mut LocalRelay, device: &mut Device, now: Millis, input: Input) {
    for output in device.vault.sync_input(now, input).expect("a store in memory works") {
        match (output, device.connection) {
            (Output::Connect, _) => {
                device.connection = Some(relay.connect());
                give(relay, device, now, Input::Connected);
            }
            (Output::Send(frame), Some(connection)) => {
                relay.frame(connection, UnixSeconds(now.0 / 1000), &frame);
            }
            _ => {}
        }
    }
}

/// Three lines, two notes, and every third day a letter of 2 kB for oneself.
fn one_day(day: u64, dice: &mut impl Rng) -> Vec<Action> {
    let mut actions: Vec<Action> = (0..3)
        .map(|_| {
            let text = words(dice, 14);
            Action::shared(contact::Event::Send { kind: ContactKind::Line, text, photo: None })
        })
        .collect();
    let mut note = |n_words| {
        let letter = Letter { purpose: Purpose::ForMe, text: words(dice, n_words) };
        Action::private(communication::Event::SaveLetter(Save::new(None, letter)))
    };
    actions.extend([note(15), note(20)]);
    if day.is_multiple_of(3) {
        actions.push(note(400));
    }
    actions
}

fn words(dice: &mut impl Rng, n_words: usize) -> String {
    const WORDS: [&str; 8] = ["today", "I", "said", "nothing", "about", "the", "money", "again"];
    (0..n_words).map(|_| WORDS[dice.next_u32() as usize % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

/// Processor time of this thread, where the system tells it.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|number| number.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}
