//! Doors of the vault, as a person meets them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use amends_client::{CryptoRng, KdfCost, NewEvent};
use amends_domain::id::{DAY, Millis};
use amends_domain::prove::communication::{self, Letter, Purpose};
use amends_domain::versions::Save;
use amends_domain::view::Moment;
use amends_ui::{
    Answer, Core, Door, Mirror, MirrorKeeper, Obstacle, Place, Request, Session, State, Upload, Visit, Write,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::{begun, core, words};

const PASSPHRASE: &str = "three green chairs";
const SUNDAY: Millis = Millis(1_795_377_600_000);

/// A device, its storage, and a person in front of it.
struct Home {
    core: Core,
    state: State,
    session: Session,
    mirror: Mirror,
    now: Millis,
}

impl Home {
    fn new() -> Self {
        let mirror = Mirror::default();
        Self { core: core(), state: begun(), session: session(&mirror), mirror, now: SUNDAY }
    }

    /// With a vault, its recovery words checked.
    fn with_vault() -> (Self, Vec<String>) {
        let mut home = Self::new();
        let kit = home.make(PASSPHRASE);
        home.post("/door/kit", &[("later", "yes")]);
        (home, kit)
    }

    fn ask(&mut self, request: &Request) -> Answer {
        let visit = Visit::new(&self.state).at(Moment { now: self.now, utc_offset: 60 });
        let answer = self.core.handle(request, &visit, &mut self.session);
        for effect in &answer.effects {
            self.state.apply(effect);
        }
        answer
    }

    fn get(&mut self, path: &str) -> Answer {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let request = pairs.fold(Request::get(path), |request, (name, value)| request.with(name, value));
        self.ask(&request)
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(&Request::post(path, fields))
    }

    fn send(&mut self, path: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Answer {
        let upload = Upload { field: name.to_owned(), bytes: file.to_vec() };
        self.ask(&Request { files: vec![upload], ..Request::post(path, fields) })
    }

    /// Makes a vault and reads the twelve words off the page.
    fn make(&mut self, passphrase: &str) -> Vec<String> {
        let answer = self.post("/door/make", &[("passphrase", passphrase), ("again", passphrase)]);
        assert_eq!(answer.path, "/door/kit");
        kit_words(&answer.html)
    }

    fn write(&mut self, text: &str) {
        let now = self.now;
        self.session.vault_mut().unwrap().save_draft("letter", text, now).unwrap();
    }

    fn letter(&self) -> Option<&str> {
        self.session.vault()?.draft("letter").map(|draft| draft.text.as_str())
    }

    fn lock(&mut self) {
        self.post("/door/lock", &[]);
        assert_eq!(self.session.door(), Door::Locked);
    }
}

fn rng() -> Box<dyn CryptoRng + Send> {
    Box::new(ChaCha20Rng::from_seed([7; 32]))
}

/// A new session on the same storage: the program was started again.
fn session(mirror: &Mirror) -> Session {
    let mut seed = 0;
    let make_rng = move || {
        seed += 1;
        Box::new(ChaCha20Rng::from_seed([seed; 32])) as Box<dyn CryptoRng + Send>
    };
    Session::new(Box::new(MirrorKeeper::new(mirror.clone(), KdfCost::FLOOR, Box::new(make_rng))))
}

fn kit_words(html: &str) -> Vec<String> {
    let list = html.split_once("<ol class=\"words\">").unwrap().1.split_once("</ol>").unwrap().0;
    list.split("<li>").skip(1).map(|item| item.split('<').next().unwrap().to_owned()).collect()
}

/// Numbers, from 1, of the words that are asked back.
fn asked(html: &str) -> Vec<usize> {
    html.split("name=\"word-").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

#[test]
fn making_a_vault_says_the_rule_and_gives_back_no_passphrase() {
    let mut home = Home::new();
    assert!(words(&home.get("/door").html).contains("Make a vault"));
    assert!(home.get("/door/make").html.contains("At least 8 characters"));
    let short = home.post("/door/make", &[("passphrase", "seven77"), ("again", "seven77")]);
    assert!(words(&short.html).contains("too short") && !short.html.contains("seven77"));
    let other = home.post("/door/make", &[("passphrase", PASSPHRASE), ("again", "three green tables")]);
    assert!(words(&other.html).contains("not the same") && !other.html.contains("green"));
    assert_eq!(home.session.door(), Door::Empty);
    assert!(home.mirror.drain().is_empty(), "nothing was kept");
}

#[test]
fn the_recovery_words_are_shown_until_three_of_them_were_typed() {
    let mut home = Home::new();
    let kit = home.make(PASSPHRASE);
    assert_eq!(kit.len(), 12);
    let page = home.get("/door/kit").html;
    assert!(words(&page).contains("Made on 22 November 2026"), "the day stands on the paper");
    let asked = asked(&page);
    assert_eq!(asked.len(), 3);
    let names: Vec<String> = asked.iter().map(|number| format!("word-{number}")).collect();
    let right: Vec<&str> = asked.iter().map(|number| kit[number - 1].as_str()).collect();
    let wrong = home.post(
        "/door/kit",
        &[(&names[0], right[0]), (&names[1], "banana"), (&names[2], &right[2].to_uppercase())],
    );
    assert!(words(&wrong.html).contains("This is another word"));
    assert_eq!(wrong.html.matches("aria-invalid").count(), 1);
    let spaced = format!(" {} ", right[1]);
    let done = home.post("/door/kit", &[(&names[0], right[0]), (&names[1], &spaced), (&names[2], right[2])]);
    assert_eq!(done.path, "/door");
    assert!(words(&done.html).contains("Your paper is right"));
    assert!(!home.get("/door/kit").html.contains(&kit[4]), "they are not shown a second time");
}

#[test]
fn a_wrong_passphrase_is_said_and_costs_nothing() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    home.lock();
    let wrong = home.post("/door", &[("passphrase", "three green tables")]);
    assert!(words(&wrong.html).contains("This passphrase does not open your vault"));
    assert!(!wrong.html.contains("tables"));
    let opened = home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert_eq!(opened.path, "/door");
    assert!(words(&opened.html).contains("Your vault is open"));
    assert!(!opened.html.contains("I lied."), "the first page after unlocking is dull");
    assert_eq!(home.letter(), Some("I lied."));
}

#[test]
fn after_unlocking_one_comes_to_the_page_one_wanted_and_to_no_other_site() {
    let (mut home, _) = Home::with_vault();
    home.lock();
    assert!(home.get("/door?next=/step/listening").html.contains("value=\"/step/listening\""));
    for bad in ["//evil.example", "https://evil.example", "/\\evil", "/a?b=c"] {
        assert!(!home.get(&format!("/door?next={bad}")).html.contains("name=\"next\""), "{bad}");
        let opened = home.post("/door", &[("passphrase", PASSPHRASE), ("next", bad)]);
        assert_eq!(opened.path, "/door", "{bad}");
        home.lock();
    }
    let opened = home.post("/door", &[("passphrase", PASSPHRASE), ("next", "/step/listening")]);
    assert_eq!(opened.path, "/step/listening");
}

#[test]
fn the_twelve_words_open_and_set_a_new_passphrase() {
    let (mut home, kit) = Home::with_vault();
    home.write("I lied.");
    home.lock();
    let new = "four blue lamps";
    let phrase = kit.join(" ");
    let misspelled = phrase.replacen(&kit[2], "xyzzy", 1);
    let answer = home.post("/door/phrase", &[("phrase", &misspelled), ("new", new)]);
    assert!(words(&answer.html).contains("Word 3 is not in the word list"));
    let answer = home.post("/door/phrase", &[("phrase", &kit[..11].join(" ")), ("new", new)]);
    assert!(words(&answer.html).contains("There must be twelve words. Here are 11."));
    let answer = home.post("/door/phrase", &[("phrase", &phrase), ("new", "short")]);
    assert!(words(&answer.html).contains("too short"));
    assert_eq!(home.session.door(), Door::Locked);
    let loud = phrase.to_uppercase();
    let answer = home.post("/door/phrase", &[("phrase", &loud), ("new", new)]);
    assert!(words(&answer.html).contains("The new passphrase is set"));
    assert_eq!(home.letter(), Some("I lied."));
    home.lock();
    home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert_eq!(home.session.door(), Door::Locked);
    home.post("/door", &[("passphrase", new)]);
    assert_eq!(home.session.door(), Door::Open);
}

#[test]
fn passphrase_and_recovery_words_can_be_changed() {
    let (mut home, kit) = Home::with_vault();
    let new = "four blue lamps";
    let wrong = home.post("/door/keys/passphrase", &[("present", "not it at all"), ("new", new)]);
    assert!(words(&wrong.html).contains("does not open"));
    let answer = home.post("/door/keys/passphrase", &[("present", PASSPHRASE), ("new", new)]);
    assert!(words(&answer.html).contains("The new passphrase is set"));
    let good = home.post("/door/keys/check", &[("phrase", &kit.join(" "))]);
    assert!(words(&good.html).contains("These words open this vault"));
    let fresh = home.post("/door/keys/words", &[("passphrase", new)]);
    assert_eq!(fresh.path, "/door/kit");
    assert_ne!(kit_words(&fresh.html), kit);
    let old = home.post("/door/keys/check", &[("phrase", &kit.join(" "))]);
    assert!(words(&old.html).contains("do not open this vault"));
}

#[test]
fn minutes_until_locking_are_chosen_and_told_to_the_page() {
    let (mut home, _) = Home::with_vault();
    assert!(home.get("/door/keys").html.contains("data-minutes=\"5\""));
    home.post("/door/keys/idle", &[("minutes", "10")]);
    assert!(home.get("/door/keys").html.contains("data-minutes=\"10\""));
    home.post("/door/keys/idle", &[("minutes", "100000")]);
    assert_eq!(home.state.settings.idle_minutes, 10);
    home.post("/settings", &[("size", "large")]);
    assert_eq!(home.state.settings.idle_minutes, 10, "other settings leave it alone");
    let locked = home.post("/door/lock", &[("idle", "yes")]);
    assert!(words(&locked.html).contains("nobody used it for a while"));
    assert!(!locked.html.contains("data-minutes"), "a locked vault cannot lock");
}

#[test]
fn a_backup_is_checked_and_becomes_a_vault_on_another_device() {
    let (mut home, kit) = Home::with_vault();
    home.write("I lied.");
    let file = home.post("/keep/backup", &[]).file.unwrap();
    assert_eq!(file.name, "notes-2026-11-22.backup");
    assert!(!file.bytes.windows(7).any(|window| window == b"I lied."), "a backup is sealed");
    assert!(words(&home.get("/keep").html).contains("Your last backup is from 22 November 2026"));
    let good = home.send("/keep/verify", &[("verify-passphrase", PASSPHRASE)], "file", &file.bytes);
    assert!(words(&good.html).contains("This backup is good. It was made on 22 November 2026"));
    let wrong = home.send("/keep/verify", &[("verify-passphrase", "not it at all")], "file", &file.bytes);
    assert!(words(&wrong.html).contains("does not open"));
    let half = &file.bytes[..file.bytes.len() / 2];
    let cut = home.send("/keep/verify", &[("verify-passphrase", PASSPHRASE)], "file", half);
    assert!(words(&cut.html).contains("cut off or damaged"));

    let mut other = Home::new();
    assert!(words(&other.post("/keep/restore", &[]).html).contains("Choose a file first"));
    let wrong = other.send("/keep/restore", &[("passphrase", "not it at all")], "file", &file.bytes);
    assert!(words(&wrong.html).contains("does not open"));
    assert_eq!(other.session.door(), Door::Empty, "nothing half-made is left");
    let done = other.send("/keep/restore", &[("passphrase", PASSPHRASE)], "file", &file.bytes);
    assert!(words(&done.html).contains("Your vault is here again"));
    assert_eq!(other.letter(), Some("I lied."));

    let mut third = Home::new();
    let phrase = kit.join(" ");
    third.send("/keep/restore", &[("phrase", &phrase)], "file", &file.bytes);
    assert_eq!(third.letter(), Some("I lied."));
    let again = third.send("/keep/restore", &[("passphrase", PASSPHRASE)], "file", &file.bytes);
    assert!(words(&again.html).contains("There is already something here"));
}

#[test]
fn a_reminder_comes_when_there_is_something_to_lose() {
    let (mut home, _) = Home::with_vault();
    assert!(!words(&home.get("/door").html).contains("backup"), "an empty vault needs none");
    let now = home.now;
    let letter = Letter { purpose: Purpose::ForMe, text: "I lied.".into() };
    let event = communication::Event::SaveLetter(Save::new(None, letter));
    home.session.vault_mut().unwrap().append(now, NewEvent::private(event)).unwrap();
    assert!(words(&home.get("/door").html).contains("You have no backup yet"));
    home.post("/keep/backup", &[]);
    assert!(!words(&home.get("/door").html).contains("You have no backup yet"));
    home.now = Millis(home.now.0 + 31 * DAY);
    assert!(words(&home.get("/door").html).contains("Make a new one when you can"));
}

#[test]
fn an_export_is_readable_and_comes_back() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    let text = home.post("/keep/export", &[("form", "markdown")]).file.unwrap();
    assert!(String::from_utf8(text.bytes).unwrap().contains("> I lied."));
    let json = home.post("/keep/export", &[("form", "json")]).file.unwrap();
    let mut other = Home::new();
    other.make(PASSPHRASE);
    let answer = other.send("/keep/import", &[], "import-file", &json.bytes);
    assert!(words(&answer.html).contains("1 draft is"));
    assert_eq!(other.letter(), Some("I lied."));
    let answer = other.send("/keep/import", &[], "import-file", b"{}");
    assert!(words(&answer.html).contains("not an export"));
}

#[test]
fn erasing_takes_a_word_and_leaves_nothing() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    let answer = home.post("/keep/erase", &[("word", "yes")]);
    assert!(words(&answer.html).contains("Nothing was erased"));
    assert_eq!(home.letter(), Some("I lied."));
    let answer = home.post("/keep/erase", &[("word", " Erase ")]);
    assert!(words(&answer.html).contains("The vault is erased"));
    assert_eq!(home.session.door(), Door::Empty);
    assert_eq!(home.mirror.drain().last(), Some(&Write::Nothing(Place::First)));
    assert_eq!(session(&home.mirror).door(), Door::Empty);
}

#[test]
fn the_demonstration_has_its_own_place_and_touches_nothing_else() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    home.lock();
    home.mirror.drain();
    let inside = home.post("/door/demo", &[]);
    assert_eq!(inside.path, "/");
    assert!(words(&inside.html).contains("You look through the eyes of Robin"));
    let other = home.post("/door/demo/switch", &[]);
    assert!(words(&other.html).contains("You look through the eyes of Kim"));
    home.write("Invented.");
    home.post("/door/demo/leave", &[]);
    for write in home.mirror.drain() {
        let place = match write {
            Write::Record(place, _)
            | Write::NoRecord(place, _)
            | Write::Value(place, ..)
            | Write::NoValue(place, _)
            | Write::Nothing(place) => place,
        };
        assert!(place.is_demo());
    }
    assert_eq!((home.session.place(), home.session.door()), (Place::First, Door::Locked));
    home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert_eq!(home.letter(), Some("I lied."));
    assert_eq!(home.session.places(), [Place::First], "nothing of it is left");
}

#[test]
fn each_vault_of_a_device_has_its_own_lock() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    let door = home.post("/door/place", &[("place", "second")]);
    assert!(words(&door.html).contains("This is the Second vault"));
    assert_eq!(home.session.door(), Door::Empty);
    home.make("four blue lamps");
    assert_eq!(home.letter(), None, "nothing of one is in the other");
    home.post("/door/place", &[("place", "first")]);
    assert_eq!(home.session.door(), Door::Locked, "going to another door locks this one");
    home.post("/door", &[("passphrase", "four blue lamps")]);
    assert_eq!(home.session.door(), Door::Locked);
    home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert_eq!(home.letter(), Some("I lied."));
    let demo = home.post("/door/place", &[("place", "demo-one")]);
    assert_eq!(home.session.place(), Place::First, "{}", demo.path);
}

#[test]
fn a_vault_that_is_open_elsewhere_says_so() {
    let (mut home, _) = Home::with_vault();
    home.lock();
    home.mirror.set_busy(true);
    assert!(words(&home.get("/door").html).contains("open in another window"));
    assert_eq!(home.session.obstacle(), Some(Obstacle::InUse));
    let answer = home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert!(words(&answer.html).contains("open in another window"));
    home.mirror.set_busy(false);
    home.get("/door");
    home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert_eq!(home.session.door(), Door::Open);
}

#[test]
fn what_could_not_be_kept_is_not_shown_as_kept() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    let kept = home.mirror.drain();
    home.write("I lied, and this never reached the disk.");
    home.mirror.clear();
    for write in kept {
        match write {
            Write::Record(place, record) => home.mirror.load_record(place, record),
            Write::Value(place, name, bytes) => home.mirror.load_value(place, name, bytes),
            _ => {}
        }
    }
    home.session.reopen();
    assert_eq!(home.letter(), Some("I lied."));
    home.write("I lied, once more.");
    assert_eq!(home.letter(), Some("I lied, once more."));
}

#[test]
fn a_passkey_opens_beside_the_passphrase_until_it_is_removed() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    let (secret, other) = ("5a".repeat(32), "5b".repeat(32));
    let fields = |passphrase: &'static str, secret: &str| {
        [("id", "01ff".to_owned()), ("salt", "07".repeat(32)), ("secret", secret.to_owned())]
            .into_iter()
            .chain([("passkey-passphrase", passphrase.to_owned())])
            .collect::<Vec<_>>()
    };
    for (passphrase, secret) in [("not it at all", secret.as_str()), (PASSPHRASE, "5a5a"), (PASSPHRASE, "zz")]
    {
        let sent = fields(passphrase, secret);
        let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        home.post("/door/keys/passkey", &pairs);
        assert!(home.session.passkey().is_none());
    }
    let sent = fields(PASSPHRASE, &secret);
    let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(
        words(&home.post("/door/keys/passkey", &pairs).html).contains("the passkey opens your vault too")
    );
    home.lock();
    assert!(words(&home.post("/door/passkey", &[("secret", &other)]).html).contains("Use your passphrase"));
    home.post("/door/passkey", &[("secret", &secret)]);
    assert_eq!(home.letter(), Some("I lied."));
    home.lock();
    home.post("/door", &[("passphrase", PASSPHRASE)]);
    home.post("/door/keys/no-passkey", &[]);
    home.lock();
    assert!(home.session.passkey().is_none());
    home.post("/door/passkey", &[("secret", &secret)]);
    assert_eq!(home.session.door(), Door::Locked);
}

#[test]
fn a_vault_survives_the_end_of_the_program() {
    let (mut home, _) = Home::with_vault();
    home.write("I lied.");
    home.session = session(&home.mirror);
    assert_eq!(home.session.door(), Door::Locked);
    home.post("/door", &[("passphrase", PASSPHRASE)]);
    assert_eq!(home.letter(), Some("I lied."));
}

#[test]
fn without_a_place_to_keep_things_the_door_says_so() {
    let mut home = Home::new();
    home.session = Session::without_keeper();
    assert!(words(&home.get("/door").html).contains("Nothing can be kept here"));
    let answer = home.post("/door/make", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]);
    assert_eq!(home.session.door(), Door::None);
    assert_eq!(answer.status, 200);
}

mod mirror_store {
    use amends_ui::{Keeper, Mirror, MirrorKeeper, Place};

    amends_store::store_contract!({
        let make_rng = Box::new(super::rng);
        let cost = amends_client::KdfCost::FLOOR;
        let mut keeper = MirrorKeeper::new(Mirror::default(), cost, make_rng);
        (keeper.make(Place::First).unwrap(), ())
    });
}

#[test]
fn the_demonstration_goes_on_after_it_locked_and_asks_for_no_passphrase() {
    let mut house = crate::house::House::empty();
    house.post("/door/demo", &[]);
    house.post("/door/demo/switch", &[]);
    house.post("/door/lock", &[("idle", "yes")]);
    let text = house.read("/door");
    assert!(text.contains("Go on looking around") && !text.contains("Passphrase"), "{text}");
    house.post("/door/demo", &[]);
    assert_eq!((house.session.place(), house.door()), (Place::DemoInjured, Door::Open), "as the same person");
}
