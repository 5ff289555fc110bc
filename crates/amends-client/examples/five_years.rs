//! Five years of daily use in one vault file: how long opening takes, how much memory and disk it needs.
//!
//! Run with `cargo run --release -p amends-client --example five_years`. Opening is by recovery phrase, because that
//! costs no slow key derivation: the time shown is everything after it, up to the home screen's view.
//!
//! With `backups FOLDER` it only writes `five-years.backup` and `empty.backup` there, for the app in the browser.

use std::path::Path;
use std::time::{Duration, Instant};

use amends_client::testing::{open_channel, opt_in};
use amends_client::{CryptoRng, KdfCost, LockedVault, NewEvent, NewVault, Piece, RecoveryPhrase, Vault};
use amends_crypto::ChainHash;
use amends_domain::admit::listening::{self, Prompt, Tally};
use amends_domain::bank::{FeelingId, StatementId};
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{DAY, DeviceId, EventId, HOUR, Hlc, MINUTE, Millis, PersonId};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{self, Letter, Purpose};
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::prove::patience::{self, Item, ItemAnswer};
use amends_domain::versions::Save;
use amends_domain::view::Moment;
use amends_domain::{admit::acceptance, consent};
use amends_store::{Change, Store};
use amends_store_sqlite::SqliteStore;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const YEARS: u64 = 5;
const START: Millis = Millis(1_636_000_000_000);
const PARTNER: PersonId = PersonId([9; 16]);
const PARTNER_DEVICE: DeviceId = DeviceId([8; 16]);
const N_OPENINGS: usize = 15;

fn main() {
    // Memory is measured in a process of its own, which has done nothing but open the vault.
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, path, phrase] = arguments.as_slice()
        && path != "backups"
    {
        let phrase = RecoveryPhrase::parse(phrase).expect("the phrase that was handed on");
        return memory_and_search(Path::new(path), &phrase);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("vault.amends");
    if let [_, _, to] = arguments.as_slice() {
        return write_backups(Path::new(to), &path);
    }
    let phrase = write_five_years(&path);

    report("with snapshot", open_often(&path, &phrase));
    in_own_process(&path, &phrase);
    take_snapshot_away(&path);
    report("without snapshot", open_often(&path, &phrase));
}

fn rng(seed: u8) -> Box<dyn CryptoRng + Send> {
    Box::new(ChaCha20Rng::from_seed([seed; 32]))
}

/// Both open with "five years of use" and cost the same key derivation.
fn write_backups(folder: &Path, path: &Path) {
    let phrase = write_five_years(path);
    let empty = create(&path.with_extension("empty")).0;
    for (name, mut vault) in [("five-years", open(path, &phrase)), ("empty", empty)] {
        let file = vault.backup(START.plus(YEARS * 365 * DAY)).expect("a backup is written");
        std::fs::write(folder.join(name).with_extension("backup"), file).expect("it is kept");
    }
}

fn create(path: &Path) -> (Vault<SqliteStore>, RecoveryPhrase) {
    let store = SqliteStore::create(path).expect("a new file");
    let new = NewVault { cost: KdfCost::FLOOR, ..NewVault::with_passphrase("five years of use") };
    Vault::create(store, new, rng(1)).expect("a new vault")
}

fn write_five_years(path: &Path) -> RecoveryPhrase {
    let (mut vault, phrase) = create(path);
    vault.pair_with(PARTNER).expect("pairing is written");
    let mut dice = ChaCha20Rng::from_seed([7; 32]);
    let (mut partner_seq, mut last) = (0, ChainHash::START);
    let started = Instant::now();
    for day in 0..YEARS * 365 {
        let now = START.plus(day * DAY + 12 * HOUR);
        if day.is_multiple_of(28) {
            reopen_channel(&mut vault, now);
        }
        let actions = one_day(day, &mut dice);
        vault.append_all(now, actions).expect("the day is written");
        let pieces = partners_day(day, now, &mut partner_seq, &mut dice)
            .into_iter()
            .map(|event| written_by_partner(&event, &mut last));
        let taken = vault.take(PARTNER, Space::Shared, &pieces.collect::<Vec<_>>(), vec![]);
        assert!(taken.expect("the other's day is written").refused.is_empty());
        if day == 0 {
            time_single_events(&mut vault, now);
        }
    }
    let n_events = vault.state().events().count();
    let n_rejected = vault.state().rejected().count();
    println!("{n_events} events ({n_rejected} refused by rules) written in {:.1?}", started.elapsed());
    let locking = Instant::now();
    vault.lock(START.plus(YEARS * 365 * DAY)).1.expect("the vault locks");
    println!("locked, with a new snapshot, in {:.0?}", locking.elapsed());
    phrase
}

/// One commit, with its synchronization, for each event.
fn time_single_events(vault: &mut Vault<SqliteStore>, now: Millis) {
    let started = Instant::now();
    for _ in 0..100 {
        let letter = Letter { purpose: Purpose::ForMe, text: "A short letter.".to_owned() };
        let event = communication::Event::SaveLetter(Save::new(None, letter));
        vault.append(now, NewEvent::private(event)).expect("the event is written");
    }
    println!("one event, sealed and on the disk: {:.2?} mean of 100", started.elapsed() / 100);
}

fn reopen_channel(vault: &mut Vault<SqliteStore>, now: Millis) {
    if vault.state().world().consent.channel(vault.me()).and_then(consent::Channel::pace).is_some() {
        return opt_in(vault, now);
    }
    open_channel(vault, now, &[ContactKind::Line, ContactKind::Thanks]);
}

/// About eight entries a day: practice, feelings, check-ins, and every third day a letter of 1 to 4 kB.
fn one_day(day: u64, dice: &mut impl Rng) -> Vec<Action> {
    let mut actions = Vec::new();
    for _ in 0..4 {
        actions.push(Action::private(listening::Event::Practice {
            prompt: Prompt::Bank(StatementId(1 + (dice.next_u32() % 60) as u16)),
            reply: words(dice, 15),
            tally: Tally { content: 1, feeling: 1, questions: 0, advice: 0, reasons: 0, parroting: 0 },
        }));
    }
    for _ in 0..3 {
        actions.push(Action::private(acceptance::Event::Feelings {
            words: vec![FeelingId((dice.next_u32() % 60) as u16)],
            note: words(dice, 12),
        }));
    }
    if day.is_multiple_of(7) {
        let answer = |item| ItemAnswer { item, value: Some((day % 11) as u8) };
        actions.push(Action::private(patience::Event::CheckIn {
            day: START.day(0).plus(day as i32),
            answers: vec![answer(Item::WordsMatched), answer(Item::FeltSafe)],
            note: words(dice, 20),
        }));
    }
    if day.is_multiple_of(3) {
        let n_words = 150 + (dice.next_u32() % 500) as usize;
        let letter = Letter { purpose: Purpose::ForMe, text: words(dice, n_words) };
        actions.push(Action::private(communication::Event::SaveLetter(Save::new(None, letter))));
    }
    actions
}

/// Three short messages a day from the partner, and their channel every four weeks.
fn partners_day(day: u64, now: Millis, seq: &mut u64, dice: &mut impl Rng) -> Vec<Event> {
    let mut bodies: Vec<Body> = Vec::new();
    if day.is_multiple_of(28) {
        bodies.push(consent::Event::OptIn.into());
    }
    for _ in 0..3 {
        bodies.push(
            contact::Event::Send { kind: ContactKind::Line, text: words(dice, 12), photo: None }.into(),
        );
    }
    let event = |(minute, body)| {
        let id = EventId { device: PARTNER_DEVICE, seq: *seq };
        *seq += 1;
        let at = Hlc::new(now.plus(HOUR + minute * MINUTE), 0);
        Event { id, author: PARTNER, at, space: Space::Shared, body }
    };
    (0..).zip(bodies).map(event).collect()
}

/// The entry as the partner's device would write it: `[blind, hash of the entry before, event]`.
fn written_by_partner(event: &Event, last: &mut ChainHash) -> Piece {
    let mut bytes = Vec::new();
    let mut entry = minicbor::Encoder::new(&mut bytes);
    entry
        .array(3)
        .and_then(|entry| entry.bytes(&event.id.seq.to_be_bytes().repeat(2)))
        .and_then(|entry| entry.bytes(last.as_bytes()))
        .and_then(|entry| entry.bytes(&event.encode()))
        .expect("writing to memory cannot fail");
    *last = ChainHash::of(&bytes);
    Piece::Entry(bytes)
}

fn words(dice: &mut impl Rng, n_words: usize) -> String {
    const WORDS: [&str; 16] = [
        "today", "I", "said", "nothing", "about", "the", "money", "again", "you", "were", "tired", "and",
        "we", "talked", "slowly", "evening",
    ];
    (0..n_words).map(|_| WORDS[dice.next_u32() as usize % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

fn open(path: &Path, phrase: &RecoveryPhrase) -> Vault<SqliteStore> {
    let store = SqliteStore::open(path).expect("the file opens");
    let locked = LockedVault::find(store).expect("a vault is in it");
    locked.unlock_with_phrase(phrase, rng(2)).map_err(|failed| failed.reason).expect("the phrase opens it")
}

/// Wall and processor times from the file to the home screen's view.
fn open_often(path: &Path, phrase: &RecoveryPhrase) -> [Vec<Duration>; 2] {
    let once = |_| {
        let (started, cpu) = (Instant::now(), cpu_time());
        let vault = open(path, phrase);
        let moment = Moment { now: START.plus(YEARS * 365 * DAY), utc_offset: 0 };
        let view = vault.state().view_for(vault.me(), moment);
        assert!(view.entries.len() > 1_000, "the home screen has something to show");
        (started.elapsed(), cpu_time() - cpu)
    };
    let (mut wall, mut cpu): (Vec<Duration>, Vec<Duration>) = (0..N_OPENINGS).map(once).unzip();
    wall.sort();
    cpu.sort();
    [wall, cpu]
}

fn report(what: &str, times: [Vec<Duration>; 2]) {
    for (kind, times) in ["wall", "processor"].iter().zip(times) {
        let (first, median, last) = (times[0], times[times.len() / 2], times[times.len() - 1]);
        println!("open to home, {what}, {kind}: median {median:.1?}, {first:.1?} to {last:.1?}");
    }
}

/// Processor time of this thread, where the system tells it.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|number| number.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

fn take_snapshot_away(path: &Path) {
    let mut store = SqliteStore::open(path).expect("the file opens");
    store.commit(&[Change::Delete { name: "snapshot".to_owned() }]).expect("it is taken away");
}

fn in_own_process(path: &Path, phrase: &RecoveryPhrase) {
    let words: Vec<&str> = phrase.words().collect();
    let program = std::env::current_exe().expect("this program has a file");
    std::process::Command::new(program).arg(path).arg(words.join(" ")).status().expect("it runs again");
    let bytes = path.metadata().map(|found| found.len()).unwrap_or_default();
    println!("file: {:.1} MB, {:.1} MB a year", bytes as f64 / 1e6, bytes as f64 / 1e6 / YEARS as f64);
}

fn memory_and_search(path: &Path, phrase: &RecoveryPhrase) {
    let before = resident_kib("VmRSS:");
    let vault = open(path, phrase);
    let (opened, peak) = (resident_kib("VmRSS:"), resident_kib("VmHWM:"));
    println!(
        "resident memory in KiB: {before} at the start, {opened} with the vault open, {peak} at the peak"
    );
    for what in ["first", "later"] {
        let searching = Instant::now();
        let n_hits = vault.search("money tired", 20).len();
        println!("{what} search, {n_hits} hits shown: {:.1?}", searching.elapsed());
    }
    println!("resident memory in KiB with the search index: {}", resident_kib("VmRSS:"));
}

/// From `/proc/self/status`; 0 where there is none.
fn resident_kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}
