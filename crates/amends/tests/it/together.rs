//! Two people in two terminals, over a real relay that forgets everything in between.

use std::path::Path;

use amends_relay::{Listen, Relay, Settings, serve};
use serde_json::{Value, json};

use crate::vault::{Owner, text_of};
use crate::{stderr, stdout};

/// A relay on this computer, in a thread of its own.
struct Running {
    address: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    /// On any free port, or on the one it had before.
    fn start(data: &Path, port: u16) -> Self {
        let (told, tells) = std::sync::mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let data = data.to_owned();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let mut settings = Settings::new(data);
                settings.limits.open = true;
                let relay = Relay::open(settings).expect("the relay starts");
                let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
                told.send(listener.local_addr().expect("it has an address")).expect("somebody asks");
                let listen = Listen { clients: listener, operator: None, certificates: None };
                let end = async move {
                    let _ = stopped.await;
                };
                serve(relay, listen, end).await.expect("it serves");
            });
        });
        let address = tells.recv().expect("it listens");
        Self { address: format!("http://{address}"), stop: Some(stop), thread: Some(thread) }
    }

    fn port(&self) -> u16 {
        self.address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    fn ends(mut self) {
        drop(self.stop.take());
        self.thread.take().expect("it runs").join().expect("it ended well");
    }
}

fn link_in(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| line.starts_with("http")).expect("a link is shown");
    line.to_owned()
}

fn words_in(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("Read these four words")).expect("words are shown");
    lines[at + 2].trim().to_owned()
}

/// Two people with a pair, both gates passed and both channels open.
fn pair(relay: &Running, one: &Owner, other: &Owner) {
    let invited = one.succeeds(&["pair", "invite", "--relay", &relay.address, "--no-wait"], "");
    let link = link_in(&invited);
    other.succeeds(&["pair", "join", &link, "--no-wait"], "");
    let first = words_in(&one.succeeds(&["pair", "words"], ""));
    let second = words_in(&other.succeeds(&["pair", "words"], ""));
    assert_eq!(first, second, "both screens show the same four words");
    one.succeeds(&["pair", "confirm"], "");
    other.succeeds(&["pair", "confirm"], "");
    for owner in [one, other, one, other] {
        owner.succeeds(&["sync"], "");
    }
}

fn open_channel(owner: &Owner) {
    owner.succeeds(&["safety"], &format!("{}y\n", "n\n".repeat(8)));
}

fn acts(owner: &Owner, step: &str, action: &Value) -> Value {
    let text = owner.succeeds(&[step, "--json"], &action.to_string());
    serde_json::from_str(text.trim()).expect("an answer is JSON")
}

#[test]
fn two_terminals_pair_over_a_relay_that_loses_its_disk_and_each_keeps_what_is_theirs() {
    let disk = tempfile::tempdir().unwrap();
    let relay = Running::start(disk.path(), 0);
    let (hurt, doer) = (Owner::new(), Owner::new());
    let private = "violet lighthouse nobody reads";
    acts(
        &doer,
        "communication",
        &json!({ "save_letter": { "content": { "purpose": "for_me", "text": private } } }),
    );
    pair(&relay, &hurt, &doer);

    // Nothing goes before the one who receives has answered the questions and opened their channel.
    open_channel(&doer);
    let incident = json!({ "event": { "open": { "kind": "money", "title": "The second card", "my_role": "involved_partner" } }, "space": "shared" });
    let early = doer.runs(&["incident", "--json"], &incident.to_string());
    assert!(stdout(&early).contains("\"ok\":false"), "{}{}", stdout(&early), stderr(&early));
    open_channel(&hurt);
    for owner in [&hurt, &doer, &hurt] {
        owner.succeeds(&["sync"], "");
    }
    assert_eq!(acts(&doer, "incident", &incident)["ok"], true);
    doer.succeeds(&["sync"], "");
    hurt.succeeds(&["sync"], "");
    assert!(hurt.lists("incident").to_string().contains("The second card"), "what was shared is here");
    let export = hurt.path("all.json");
    hurt.succeeds(&["export", export.to_str().unwrap()], "");
    assert!(!std::fs::read_to_string(&export).unwrap().contains("violet"), "what is private is not");

    // The relay's disk is lost. One device brings everything back to the new one.
    let port = relay.port();
    relay.ends();
    let empty = tempfile::tempdir().unwrap();
    let relay = Running::start(empty.path(), port);
    for owner in [&doer, &hurt, &doer, &hurt] {
        owner.runs(&["sync"], "");
    }
    let third = json!({ "event": { "open": { "kind": "money", "title": "The sold ring", "my_role": "involved_partner" } }, "space": "shared" });
    assert_eq!(acts(&doer, "incident", &third)["ok"], true);
    doer.succeeds(&["sync"], "");
    hurt.succeeds(&["sync"], "");
    assert!(hurt.lists("incident").to_string().contains("The sold ring"));

    // The operator of the relay reads no word of it.
    relay.ends();
    for folder in [disk.path(), empty.path()] {
        for file in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
            for word in ["second card", "sold ring", "violet", "involved"] {
                assert!(!bytes.windows(word.len()).any(|found| found == word.as_bytes()), "{word}");
            }
        }
    }

    // Leaving needs nobody's help and no network; each keeps what is theirs.
    hurt.succeeds(&["leave", "--yes"], "");
    assert!(hurt.lists("incident").to_string().contains("The second card"));
    assert!(doer.lists("incident").to_string().contains("The sold ring"));
}

#[test]
fn two_terminals_find_what_both_would_do_and_the_relay_sees_nothing_of_it() {
    let disk = tempfile::tempdir().unwrap();
    let relay = Running::start(disk.path(), 0);
    let (first, second) = (Owner::new(), Owner::new());
    pair(&relay, &first, &second);
    open_channel(&first);
    open_channel(&second);
    for owner in [&first, &second, &first] {
        owner.succeeds(&["sync"], "");
    }
    // So many that some go with the first round: others are held back for a day.
    let rate = |owner: &Owner, ratings: &mut dyn Iterator<Item = (u16, &str)>| {
        let lines = ratings.map(|(activity, rating)| {
            json!({ "rate": { "activity": activity, "rating": rating } }).to_string() + "\n"
        });
        let said = owner.succeeds(&["activities", "--json"], &lines.collect::<String>());
        assert!(said.lines().all(|line| line.contains("\"ok\":true")), "{said}");
    };
    rate(&first, &mut (1..=40).map(|number| (number, "love")));
    rate(&second, &mut (1..=40).map(|number| (number, if number % 4 == 0 { "no" } else { "try" })));
    for owner in [&first, &second, &first, &second, &first] {
        owner.succeeds(&["sync"], "");
    }
    let found = first.lists("activities")["matches"].clone();
    assert_eq!(found, second.lists("activities")["matches"]);
    let found: Vec<u64> = found.as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    assert!(!found.is_empty() && found.iter().all(|number| number % 4 != 0), "{found:?}");
    let text = first.succeeds(&["activities", "--list"], "");
    assert!(text.contains("What both of you would do") && text.contains("A \"no\" never shows."));
    for owner in [&first, &second] {
        let listed = owner.lists("activities").to_string();
        assert!(!listed.contains("tokens") && !listed.contains("secret"), "{listed}");
    }

    // One proposes two things that both would do. Only what the other says yes to goes into a calendar file.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let start = (now.as_millis() as u64 / 86_400_000 + 3) * 86_400_000;
    let kinds = ["line", "thanks", "question", "photo", "note", "gift", "letter", "proposal"];
    let pace = json!({ "per_day": 3, "from_minute": 0, "to_minute": 1440, "utc_offset": 0, "kinds": kinds });
    assert_eq!(acts(&second, "contact", &json!({ "pace": pace }))["ok"], true);
    for owner in [&second, &first] {
        owner.succeeds(&["sync"], "");
    }
    for activity in &found[..2] {
        let proposal = json!({ "activity": activity, "text": "Only us.", "start": start, "minutes": 90 });
        assert_eq!(acts(&first, "activities", &json!({ "propose": proposal }))["ok"], true);
    }
    for owner in [&first, &second] {
        owner.succeeds(&["sync"], "");
    }
    let file = second.path("notes.ics");
    let write = ["activities", "--ics", text_of(&file)];
    let output = second.runs(&write, "");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("a yes from both") && !file.exists(), "{}", stdout(&output));
    let entries = second.lists("activities")["entries"].clone();
    let id =
        entries.as_array().unwrap().iter().find(|entry| entry["event"] == "propose").expect("it came")["id"]
            .clone();
    assert_eq!(acts(&second, "activities", &json!({ "accept": { "proposal": id } }))["ok"], true);
    for owner in [&second, &first] {
        owner.succeeds(&["sync"], "");
    }
    second.succeeds(&write, "");
    let other = first.path("notes.ics");
    first.succeeds(&["activities", "--ics", text_of(&other)], "");
    let [one, two] = [&file, &other].map(|file| std::fs::read_to_string(file).expect("it was written"));
    let plain = |text: &str| text.lines().filter(|line| !line.starts_with("DTSTAMP")).collect::<String>();
    assert_eq!(plain(&one), plain(&two), "the same plan under the same name for both");
    assert_eq!(one.matches("BEGIN:VEVENT").count(), 1, "{one}");
    assert!(one.contains("DURATION:PT90M") && one.contains("SUMMARY:") && !one.contains("Only us"), "{one}");
    relay.ends();
}

#[test]
fn without_a_relay_the_words_say_what_to_do_and_nothing_is_lost() {
    let owner = Owner::new();
    let output = owner.runs(&["pair", "invite"], "");
    assert!(stderr(&output).contains("--relay"), "{}", stderr(&output));
    let output = owner.runs(&["pair", "invite", "--relay", "http://relay.example"], "");
    assert!(stderr(&output).contains("https"), "{}", stderr(&output));
    let output = owner.runs(&["pair", "join", "https://relay.example/"], "");
    assert!(stderr(&output).contains('#'), "{}", stderr(&output));
}

#[test]
fn a_counselor_reads_the_sheet_of_two_with_a_link_and_without_a_vault() {
    let disk = tempfile::tempdir().unwrap();
    let relay = Running::start(disk.path(), 0);
    let (one, other) = (Owner::new(), Owner::new());
    pair(&relay, &one, &other);
    open_channel(&one);
    open_channel(&other);
    let sync = || [&one, &other, &one].map(|owner| owner.succeeds(&["sync"], ""));
    sync();
    let sheet = json!({ "summary": "The second card.", "questions": ["How long does it take?"] });
    let offer = json!({ "offer_guest": { "items": [], "days": 14, "sheet": sheet } });
    let id = acts(&one, "communication", &offer)["id"].clone();
    let agree = json!({ "agree_guest": { "offer": id } });
    let alone = stdout(&one.runs(&["communication", "--json"], &agree.to_string()));
    assert!(alone.contains("not-for-writer"), "nobody agrees with themselves: {alone}");
    sync();
    assert_eq!(acts(&other, "communication", &agree)["ok"], true);
    sync();
    let link = link_in(&one.succeeds(&["guest", "links"], ""));
    assert_eq!(link_in(&other.succeeds(&["guest", "links"], "")), link, "both have the link");

    let counselor = Owner::new();
    let read = stdout(&counselor.runs_bare(&["guest", "read", &link], ""));
    assert!(read.contains("The second card.") && read.contains("You can read it until"), "{read}");
    let cut = counselor.runs_bare(&["guest", "read", &link[..link.len() - 9]], "");
    assert!(stderr(&cut).contains("not a whole link"), "{}{}", stdout(&cut), stderr(&cut));

    assert_eq!(acts(&other, "communication", &json!({ "end_guest": { "offer": id } }))["ok"], true);
    other.succeeds(&["sync"], "");
    let gone = stdout(&counselor.runs_bare(&["guest", "read", &link], ""));
    assert!(gone.contains("There is nothing here any more"), "{gone}");
    relay.ends();
}

#[test]
fn who_is_asked_to_remove_words_sees_it_in_the_terminal_and_leaves_it_or_does_it() {
    let disk = tempfile::tempdir().unwrap();
    let relay = Running::start(disk.path(), 0);
    let (robin, kim) = (Owner::new(), Owner::new());
    pair(&relay, &robin, &kim);
    open_channel(&robin);
    open_channel(&kim);
    let sync = || [&robin, &kim, &robin].map(|owner| owner.succeeds(&["sync"], ""));
    sync();
    let incident = json!({ "event": { "open": { "kind": "money", "title": "The second card", "my_role": "injured_partner" } }, "space": "shared" });
    assert_eq!(acts(&kim, "incident", &incident)["ok"], true);
    let need = json!({ "share": { "need": { "own": "evenings without the phone" }, "mark": "now" } });
    assert_eq!(acts(&kim, "needs", &need)["ok"], true);
    let letter = json!({ "save_letter": { "content": { "purpose": "for_me", "text": "it was late" } } });
    assert_eq!(acts(&robin, "communication", &letter)["ok"], true);
    sync();
    assert!(robin.succeeds(&["removal"], "").contains("nothing here that they asked"));
    assert_eq!(removal(&robin, &["removal", "--json", "--yes"]), json!({ "n_asked": 0, "removed": false }));

    kim.succeeds(&["leave", "--say-so", "--ask-removal", "--yes"], "");
    kim.succeeds(&["sync"], "");
    let told = robin.succeeds(&["sync"], "");
    assert!(told.contains("They asked you to remove what they sent"), "{told}");
    assert!(robin.succeeds(&["vault", "status"], "").contains("amends removal"), "also later");

    // Looking, saying no and ending the input change nothing.
    let shown = robin.succeeds(&["removal"], "no\n");
    for words in [
        "You do not have to, and nobody is told",
        "about one entry",
        "cannot be taken back",
        "stays as it is",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    robin.succeeds(&["removal"], "");
    assert_eq!(removal(&robin, &["removal", "--json"]), json!({ "n_asked": 1, "removed": false }));
    assert!(robin.lists("needs").to_string().contains("evenings without the phone"));

    let done = robin.succeeds(&["removal"], "yes\n");
    assert!(done.contains("Their words are removed from this device"), "{done}");
    assert!(!robin.lists("needs").to_string().contains("evenings"));
    assert!(robin.lists("communication").to_string().contains("it was late"), "what is theirs stays");
    assert!(robin.lists("incident").to_string().contains("second card"), "what happened keeps its name");
    assert!(!robin.succeeds(&["vault", "status"], "").contains("amends removal"), "it is met");
    assert!(kim.succeeds(&["removal"], "").contains("nothing here"), "nobody asked the one who left");
    relay.ends();
}

/// What `amends removal --json` says.
fn removal(owner: &Owner, arguments: &[&str]) -> Value {
    serde_json::from_str(&owner.succeeds(arguments, "")).expect("an answer is JSON")
}
