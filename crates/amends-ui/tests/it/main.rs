//! The screens, tested without a browser.

mod desk;
mod doors;
mod effects;
mod house;
mod looks;
mod pages;
mod people;
mod screens;
mod tools;

use amends_reader::Reader;
use amends_ui::{Answer, Core, Request, Session, Shell, State, Visit};

fn core() -> Core {
    Core::new(Reader::by_rules(), Shell::default())
}

fn begun() -> State {
    State { begun: true, ..State::default() }
}

/// Asks and performs the effects, as a shell does.
fn ask(core: &Core, state: &mut State, request: &Request) -> Answer {
    let answer = core.handle(request, &Visit::new(state), &mut Session::without_keeper());
    screens::listed(request, &answer);
    for effect in &answer.effects {
        state.apply(effect);
    }
    answer
}

/// Words of a page as people see them: no tags, no head.
fn words(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut text = String::new();
    let mut inside = false;
    for character in body.chars() {
        match character {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' => inside = false,
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}
