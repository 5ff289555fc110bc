//! Every page of an open vault, for everybody.

use amends_messages::Locale;
use amends_reader::Reader;
use amends_ui::{Core, Shell};

use crate::house::House;
use crate::words;

const PATHS: [&str; 26] = [
    "/",
    "/path",
    "/more",
    "/incident",
    "/incident/new",
    "/incident/where",
    "/pace",
    "/pace/amount",
    "/pace/topics",
    "/pace/mute",
    "/pace/pause",
    "/pace/copies",
    "/safety",
    "/safety/questions",
    "/safety/plan",
    "/safety/letters",
    "/safety/phone",
    "/leave",
    "/search",
    "/drafts",
    "/undo",
    "/trash",
    "/you",
    "/pair",
    "/pair/join",
    "/devices",
];

fn everybody() -> Vec<(&'static str, House)> {
    let (robin, kim) = House::couple();
    vec![("doer", robin), ("hurt", kim), ("alone", House::solo()), ("nobody yet", House::empty())]
}

/// Pages with an id in their address, found by following links.
fn found(house: &mut House) -> Vec<String> {
    let mut paths: Vec<String> = PATHS.iter().map(|path| (*path).to_owned()).collect();
    paths.push("/hand-over".into());
    let list = house.get("/incident").html;
    for link in list.split("href=\"/incident/").skip(1).filter_map(|rest| rest.split('"').next()) {
        if link.len() > 32 {
            for below in ["", "/role", "/questions", "/over", "/decide", "/after", "/share"] {
                paths.push(format!("/incident/{link}{below}"));
            }
        }
    }
    paths
}

#[test]
fn every_page_has_one_heading_a_way_out_a_neutral_title_and_changes_nothing() {
    for (who, mut house) in everybody() {
        for path in found(&mut house) {
            let before = house.disk.bytes();
            let answer = house.get(&path);
            assert_eq!(answer.status, 200, "{who} {path}");
            assert_eq!(answer.html.matches("<h1").count(), 1, "{who} {path}");
            assert!(answer.html.contains("<title>Notes</title>") && answer.html.contains("id=\"exit\""));
            assert!(answer.effects.is_empty(), "{who} {path}");
            assert!(house.disk.bytes() == before, "{who} {path}: looking changes nothing");
        }
    }
}

#[test]
fn no_page_counts_praises_blames_or_asks_for_forgiveness() {
    for (who, mut house) in everybody() {
        for path in found(&mut house) {
            let text = words(&house.get(&path).html).to_lowercase();
            for phrase in [
                "streak",
                "score",
                "days since",
                "well done",
                "great job",
                "forgive",
                "your fault",
                "% ",
                "!",
            ] {
                assert!(!text.contains(phrase), "{who} {path}: {phrase}");
            }
        }
    }
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    for (who, mut house) in everybody() {
        let mut seen = std::collections::BTreeSet::new();
        for path in found(&mut house) {
            let html = house.get(&path).html;
            for link in html.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
                let link = format!("/{}", link.split('#').next().unwrap_or_default());
                if link.starts_with("/assets/") || !seen.insert(link.clone()) {
                    continue;
                }
                assert_eq!(house.get(&link).status, 200, "{who}: {path} leads to {link}");
            }
        }
    }
}

#[test]
fn no_page_holds_words_that_are_in_no_message_file() {
    let (mut robin, _) = House::couple();
    robin.core = Core::with_locale(Reader::by_rules(), Shell::default(), Locale::Accented);
    for path in
        ["/pace", "/pace/amount", "/pace/topics", "/pace/mute", "/pace/pause", "/leave", "/you", "/search"]
    {
        let text = robin.read(path);
        let left: Vec<&str> = text
            .split_whitespace()
            .filter(|word| word.len() > 3 && word.chars().all(|letter| letter.is_ascii_alphabetic()))
            .collect();
        assert!(left.is_empty(), "{path}: {left:?}");
    }
}
