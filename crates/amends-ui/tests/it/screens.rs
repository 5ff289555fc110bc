//! The list of all screens is the list of what is answered.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use amends_messages::Locale;
use amends_reader::Reader;
use amends_ui::{ANY, Answer, Core, Method, Request, Shell, help_lines, screen_of, screens};

use crate::house::House;
use crate::looks::name;
use crate::words;

/// Called for every request of every test: a page that is shown stands in the list.
pub(crate) fn listed(request: &Request, answer: &Answer) {
    let shown = request.method == Method::Get && answer.status == 200;
    // Below a door any address leads to the door.
    let at_door = request.path.starts_with("/door/") || request.path.starts_with("/keep/");
    let begins = request.path == "/start" || request.path.starts_with("/safety/questions/");
    assert!(
        !shown || at_door || begins || screen_of(&request.path).is_some(),
        "in no list: {}",
        request.path
    );
}

/// Every screen that somebody gets to, with addresses of it: by links, and by the names of all entries.
fn walk(house: &mut House) -> BTreeMap<String, Vec<String>> {
    let (plain, named): (Vec<String>, Vec<String>) =
        screens().into_iter().partition(|address| !address.contains(ANY));
    let mut ahead: VecDeque<String> = plain.into();
    if house.session.vault().is_some() {
        let names: Vec<String> = house.events().iter().map(|event| name(event.id)).collect();
        ahead.extend(named.iter().flat_map(|address| names.iter().map(|name| address.replace(ANY, name))));
    }
    let mut seen: BTreeSet<String> = ahead.iter().cloned().collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some(path) = ahead.pop_front() {
        let answer = house.get(&path);
        if answer.status != 200 {
            continue;
        }
        let screen = screen_of(&path).unwrap_or_else(|| panic!("in no list: {path}"));
        found.entry(screen).or_default().push(path);
        for link in
            answer.html.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next())
        {
            let link = format!("/{link}");
            if !link.starts_with("/assets/") && seen.insert(link.clone()) {
                ahead.push_back(link);
            }
        }
    }
    found
}

/// The couple, somebody alone who has begun this and that, and somebody who has nothing yet.
fn everybody() -> [(&'static str, House); 4] {
    let (mut robin, kim) = House::couple();
    robin.post("/look/communication/guest", &[("do", "offer"), ("summary", "Qqqq qqqq."), ("days", "7")]);
    let mut alone = House::solo();
    alone.post("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "Qqqq")]);
    let reply = [("do", "reply"), ("statement", "1"), ("text-1", "Qqqq qqqq."), ("keep", "yes")];
    alone.post("/look/listening/practice", &reply);
    let note = [("do", "note"), ("text", "Qqqq qqqq."), ("spot", "print"), ("keep", "yes")];
    alone.post("/look/gratitude/note", &note);
    [("doer", robin), ("hurt", kim), ("alone", alone), ("nobody", House::empty())]
}

#[test]
fn every_screen_is_there_for_somebody() {
    let found: BTreeSet<String> =
        everybody().iter_mut().flat_map(|(_, house)| walk(house).into_keys()).collect();
    let missing: Vec<String> = screens().into_iter().filter(|screen| !found.contains(screen)).collect();
    assert!(missing.is_empty(), "nobody gets there: {missing:?}");
}

#[test]
fn a_screen_is_found_by_its_address() {
    assert_eq!(screen_of("/incident/abc/role").as_deref(), Some("/incident/*/role"));
    assert_eq!(screen_of("/incident/new").as_deref(), Some("/incident/new"), "the full name comes first");
    assert_eq!(screen_of("/incident/"), None);
    assert_eq!(screen_of("/nowhere"), None);
}

#[test]
fn no_screen_of_anybody_holds_words_that_are_in_no_message_file() {
    let mut everybody = everybody();
    // What people wrote and the data of help lines have languages of their own.
    let lines = help_lines();
    let mut known = lines.elsewhere.concat() + &lines.elsewhere_unsure.concat() + lines.elsewhere_crisis;
    for (_, house) in &everybody {
        if house.session.vault().is_some() {
            known += &house.vault().export_json(house.now).unwrap();
        }
    }
    for country in lines.countries {
        known += &format!("{country:?}");
    }
    let mut wrong = BTreeMap::new();
    for (who, house) in &mut everybody {
        house.core = Core::with_locale(Reader::by_rules(), Shell::default(), Locale::Accented);
        for (screen, paths) in walk(house) {
            // Checks and studies speak the language of the pack.
            if ["/rules", "/evidence"].contains(&screen.as_str()) {
                continue;
            }
            let text = words(&without_data(&house.get(&paths[0]).html));
            let unknown = |word: &&str| word.len() > 3 && !known.contains(*word);
            let left: BTreeSet<String> = text
                .split(|letter: char| !(letter.is_alphanumeric() || "-'/_".contains(letter)))
                .filter(|word| word.chars().all(|letter| letter.is_ascii_alphabetic()))
                .filter(unknown)
                .map(str::to_owned)
                .collect();
            if !left.is_empty() {
                wrong.insert(format!("{who} {screen}"), left);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Without names of studies, hints of the language pack, and reports for machines.
fn without_data(html: &str) -> String {
    let mut html = html.to_owned();
    for (start, end) in [("<cite>", "</cite>"), ("<section id=\"margin\"", "</section>"), ("<pre>", "</pre>")]
    {
        while let Some((before, rest)) = html.split_once(start) {
            html = before.to_owned() + rest.split_once(end).map_or("", |(_, after)| after);
        }
    }
    html
}
