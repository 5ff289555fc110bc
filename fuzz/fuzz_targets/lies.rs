//! A relay with all the genuine frames of a couple in hand: it leaves out, repeats, turns around, cuts, changes, renames, moves and
//! makes up. The device takes nothing that the other one did not write, and with an honest relay has everything afterwards.
#![no_main]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::LazyLock;

use amends_crypto::{ChainId, PairingPurpose, PersonId};
use amends_sync::{
    Chain, Connection, GuestBundle, Input, Leaving, LocalRelay, Log, Named, Output, OwnShare, PicturePart,
    Piece, Refusal, Session, Which,
};
use amends_wire::{Era, MailboxId, Rid, Seq, ServerFrame, UnixSeconds};
use libfuzzer_sys::fuzz_target;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const NOW: u64 = 1_790_000_000_000;
const LINES: u64 = 12;

/// A journal that keeps what it is given.
#[derive(Clone)]
struct Diary {
    me: PersonId,
    chains: BTreeMap<ChainId, (PersonId, Which, BTreeMap<u64, Vec<u8>>)>,
}

impl Diary {
    fn new(n: u8) -> Self {
        Self { me: PersonId([n; 16]), chains: BTreeMap::new() }
    }

    fn own(&self, which: Which) -> ChainId {
        ChainId([self.me.0[0] * 10 + if which == Which::Own { 0 } else { 1 }; 16])
    }

    fn write(&mut self, line: u64) {
        let chain = self.own(Which::Pair);
        let (_, _, lines) = self.chains.entry(chain).or_insert((self.me, Which::Pair, BTreeMap::new()));
        lines.insert(lines.len() as u64, format!("line {line} of {}", self.me.0[0]).into_bytes());
    }
}

impl Log for Diary {
    type Error = Infallible;

    fn chains(&self, space: Which) -> Vec<Chain> {
        let here = self.chains.iter().filter(|(_, (_, which, _))| *which == space);
        here.map(|(chain, (author, _, lines))| Chain {
            chain: *chain,
            author: *author,
            next: lines.last_key_value().map_or(0, |(last, _)| last.saturating_add(1)),
        })
        .collect()
    }

    fn own_chain(&self, space: Which) -> ChainId {
        self.own(space)
    }

    fn piece(&self, chain: ChainId, position: u64) -> Result<Option<Piece>, Infallible> {
        let line = self.chains.get(&chain).and_then(|(_, _, lines)| lines.get(&position));
        Ok(line.map(|bytes| Piece { position, erased: false, bytes: bytes.clone() }))
    }

    fn may_leave(&self, _: Which, _: ChainId, _: u64) -> bool {
        true
    }

    fn leaving(&self) -> Leaving {
        Leaving::No
    }

    fn take(
        &mut self,
        space: Which,
        author: PersonId,
        chain: ChainId,
        pieces: &[Piece],
    ) -> Result<Vec<(usize, Refusal)>, Infallible> {
        let (_, _, lines) = self.chains.entry(chain).or_insert((author, space, BTreeMap::new()));
        for piece in pieces {
            lines.insert(piece.position, piece.bytes.clone());
        }
        Ok(Vec::new())
    }

    fn pictures(&self) -> Vec<Named> {
        Vec::new()
    }

    fn picture(&self, _: ChainId, _: u64) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(None)
    }

    fn take_part(&mut self, _: PersonId, _: ChainId, _: u64, _: &PicturePart) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn cut(&mut self, _: &[(ChainId, u64)]) -> Result<(), Infallible> {
        Ok(())
    }

    fn begin_new_chains(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn own_shares(&self) -> Vec<OwnShare> {
        Vec::new()
    }

    fn awaited_shares(&self, _: u64) -> Vec<[u8; 16]> {
        Vec::new()
    }

    fn guest_bundles(&self, _: u64) -> Vec<GuestBundle> {
        Vec::new()
    }

    fn take_share(&mut self, _: u64, _: [u8; 16], _: &[u8]) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn n_missing(&self, _: Which) -> u64 {
        0
    }
}

struct Device {
    session: Session,
    diary: Diary,
    connection: Option<Connection>,
    rng: ChaCha20Rng,
    heard: Vec<Vec<u8>>,
}

impl Device {
    fn new(n: u8) -> Self {
        let (diary, mut rng) = (Diary::new(n), ChaCha20Rng::from_seed([n; 32]));
        let mut session = Session::default();
        session.begin(diary.me, None, NOW, &diary, &mut rng);
        Self { session, diary, connection: None, rng, heard: Vec::new() }
    }

    fn give(&mut self, relay: &mut LocalRelay, now: u64, input: Input) {
        let Ok(outputs) = self.session.input(now, input, &mut self.diary, &mut self.rng);
        self.session.keys_stored();
        for output in outputs {
            match output {
                Output::Connect => {
                    self.connection = Some(relay.connect());
                    self.give(relay, now, Input::Connected);
                }
                Output::Send(frame) => {
                    if let Some(connection) = self.connection {
                        relay.frame(connection, UnixSeconds(now / 1000), &frame);
                    }
                }
                Output::Disconnect | Output::Notice(_) => {}
            }
        }
    }

    fn cut_off(&mut self, relay: &mut LocalRelay, now: u64) {
        if let Some(connection) = self.connection.take() {
            relay.disconnect(connection);
        }
        self.give(relay, now, Input::Disconnected);
    }
}

fn run(devices: &mut [&mut Device], relay: &mut LocalRelay, now: &mut u64) {
    for _ in 0..8 {
        for device in devices.iter_mut() {
            device.give(relay, *now, Input::Tick);
            let frames =
                device.connection.map(|connection| relay.take_frames(connection)).unwrap_or_default();
            device.heard.extend(frames.iter().cloned());
            device.give(relay, *now, Input::Frames(frames));
        }
        *now += 30_000;
    }
}

/// Two people who have paired and written; what one of them was sent, how that device was before, and what the relay has.
struct Story {
    keys: Vec<u8>,
    places: Vec<u8>,
    diary: Diary,
    genuine: Vec<ServerFrame>,
    relay: Vec<u8>,
    written: BTreeMap<u64, Vec<u8>>,
    by: ChainId,
    now: u64,
}

static STORY: LazyLock<Story> = LazyLock::new(|| {
    let (mut a, mut b, mut relay, mut now) = (Device::new(1), Device::new(2), LocalRelay::new(1), NOW);
    let link = a.session.invite(PairingPurpose::Partner, now, &mut a.rng).expect("it is free");
    b.session.join_partner(&link, now).expect("a link");
    run(&mut [&mut a, &mut b], &mut relay, &mut now);
    a.session.confirm(now, &a.diary, &mut a.rng).expect("words");
    b.session.confirm(now, &b.diary, &mut b.rng).expect("words");
    run(&mut [&mut a, &mut b], &mut relay, &mut now);
    assert!(b.session.machine().is_some_and(|machine| machine.partner().is_some()), "they are a pair");
    let (keys, places, diary) =
        (b.session.keys_to_bytes().to_vec(), b.session.places_to_bytes(), b.diary.clone());
    b.heard.clear();
    for line in 0..LINES {
        a.diary.write(line);
        b.diary.write(line);
        run(&mut [&mut a, &mut b], &mut relay, &mut now);
    }
    let genuine = b.heard.iter().filter_map(|bytes| ServerFrame::from_bytes(bytes).ok()).collect();
    let by = a.diary.own(Which::Pair);
    let written = a.diary.chains[&by].2.clone();
    assert_eq!(
        b.diary.chains.get(&by).map(|(_, _, lines)| lines.clone()),
        Some(written.clone()),
        "honestly, all comes"
    );
    Story { keys, places, diary, genuine, relay: relay.export(), written, by, now }
});

/// What the relay makes of a genuine frame.
fn meddle(frame: ServerFrame, how: u8, at: u16, with: u8) -> ServerFrame {
    match (frame, how % 8) {
        (ServerFrame::Rec { mailbox, seq, rid, mut bytes }, 1) => {
            let at = usize::from(at) % bytes.0.len().max(1);
            if let Some(byte) = bytes.0.get_mut(at) {
                *byte ^= with.max(1);
            }
            ServerFrame::Rec { mailbox, seq, rid, bytes }
        }
        (ServerFrame::Rec { mailbox, seq, rid, mut bytes }, 2) => {
            bytes.0.truncate(usize::from(at) % (bytes.0.len() + 1));
            ServerFrame::Rec { mailbox, seq, rid, bytes }
        }
        (ServerFrame::Rec { mailbox, rid, bytes, .. }, 3) => {
            let seq = if with < 128 { u64::from(at) } else { u64::MAX - u64::from(at) };
            ServerFrame::Rec { mailbox, seq: Seq(seq), rid, bytes }
        }
        (ServerFrame::Rec { mailbox, seq, bytes, .. }, 4) => {
            ServerFrame::Rec { mailbox, seq, rid: Rid([with; 16]), bytes }
        }
        (ServerFrame::Rec { seq, rid, bytes, .. }, 5) => {
            ServerFrame::Rec { mailbox: MailboxId([with; 32]), seq, rid, bytes }
        }
        (ServerFrame::UpToDate { mailbox, era, .. }, 6) => {
            let seq = if with < 128 { u64::from(at) } else { u64::MAX - u64::from(at) };
            ServerFrame::UpToDate { mailbox, seq: Seq(seq), era }
        }
        (ServerFrame::UpToDate { mailbox, seq, .. }, 7) => {
            ServerFrame::UpToDate { mailbox, seq, era: Era(with.into()) }
        }
        (ServerFrame::Ack { rid, .. }, 6 | 7) => ServerFrame::Ack { rid, seq: Seq(u64::from(at)) },
        (frame, _) => frame,
    }
}

fuzz_target!(|lies: Vec<(u8, u8, u16, u8)>| {
    let story = &*STORY;
    let session = Session::from_bytes(&story.keys, Some(&story.places)).expect("its own bytes");
    let rng = ChaCha20Rng::from_seed([9; 32]);
    let mut b = Device { session, diary: story.diary.clone(), connection: None, rng, heard: Vec::new() };
    let (mut liar, mut now) = (LocalRelay::new(1), story.now);
    b.give(&mut liar, now, Input::Tick);
    for (which, how, at, with) in lies.into_iter().take(200) {
        let frame = story.genuine[usize::from(which) % story.genuine.len()].clone();
        let frame = meddle(frame, how, at, with);
        b.give(&mut liar, now, Input::Frames(vec![frame.to_bytes()]));
        now += u64::from(with);
    }
    for (author, which, lines) in b.diary.chains.values().filter(|(author, _, _)| *author != b.diary.me) {
        assert_eq!((*author, *which), (PersonId([1; 16]), Which::Pair));
        assert!(lines.iter().all(|(at, line)| story.written.get(at) == Some(line)), "nothing made up");
    }
    let mut honest = LocalRelay::import(&story.relay).expect("its own bytes");
    for _ in 0..2 {
        b.cut_off(&mut liar, now);
        now += 24 * 60 * 60 * 1000;
        run(&mut [&mut b], &mut honest, &mut now);
    }
    assert_eq!(
        b.diary.chains.get(&story.by).map(|(_, _, lines)| lines),
        Some(&story.written),
        "everything comes"
    );
});
