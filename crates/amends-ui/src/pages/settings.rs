//! Settings: text size, colors, the way out, the country for help lines, places marked "not here".

use maud::{Markup, html};

use crate::help_lines::help_lines;
use crate::layout::{Frame, Page, ShellKind};
use crate::request::{Method, Request};
use crate::state::{DEFAULT_EXIT, Effect, Settings, State, TextSize, Theme};

/// Pages that show nothing personal, with their message keys.
const EXITS: [(&str, &str); 3] = [
    (DEFAULT_EXIT, "settings-exit-weather"),
    ("https://en.wikipedia.org/wiki/Main_Page", "settings-exit-encyclopedia"),
    ("https://apnews.com/", "settings-exit-news"),
];

/// Longest address taken as a way out.
const MAX_ADDRESS: usize = 200;

pub(crate) fn effects(request: &Request, state: &State) -> Vec<Effect> {
    if request.has("forget-not-here") {
        return vec![Effect::ForgetNotHere];
    }
    let now = &state.settings;
    let target = chosen_exit(request).unwrap_or_else(|| now.exit_target.clone());
    let pick = |name: &str| help_lines().country(name).map(|country| country.code.to_owned());
    let settings = Settings {
        size: TextSize::ALL.into_iter().find(|size| size.name() == request.field("size")).unwrap_or(now.size),
        theme: Theme::ALL
            .into_iter()
            .find(|theme| theme.name() == request.field("theme"))
            .unwrap_or(now.theme),
        exit_shortcut: request.has("exit-shortcut"),
        exit_target: target,
        country: pick(request.field("country")),
        ..now.clone()
    };
    vec![Effect::Settings(settings)]
}

/// The page chosen as way out; nothing if the own address is none that can be opened.
fn chosen_exit(request: &Request) -> Option<String> {
    match request.field("exit") {
        "own" => {
            let address = request.field("exit-own").trim();
            let host = address.strip_prefix("https://")?;
            let fits = address.len() <= MAX_ADDRESS
                && host.contains('.')
                && !host.starts_with(['.', '/'])
                && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\".contains(c));
            fits.then(|| address.to_owned())
        }
        chosen => {
            EXITS.iter().find(|(address, _)| *address == chosen).map(|(address, _)| (*address).to_owned())
        }
    }
}

pub(crate) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    let settings = &frame.visit.state.settings;
    let posted = request.method == Method::Post;
    let refused = posted && request.field("exit") == "own" && chosen_exit(request).is_none();
    let main = html! {
        h1 { (frame.text("settings-title")) }
        p class="lead" { (frame.text("settings-lead")) }
        @if request.has("forget-not-here") {
            p class="done" role="alert" { (frame.text("settings-not-here-forgotten")) }
        } @else if posted && !refused {
            p class="done" role="alert" { (frame.text("settings-saved")) }
        }
        form method="post" action="/settings" autocomplete="off" {
            fieldset {
                legend { (frame.text("settings-size-label")) }
                @for size in TextSize::ALL {
                    (radio(frame, "size", size.name(), &format!("settings-size-{}", size.name()), size == settings.size))
                }
            }
            fieldset {
                legend { (frame.text("settings-theme-label")) }
                @for theme in Theme::ALL {
                    (radio(
                        frame, "theme", theme.name(), &format!("settings-theme-{}", theme.name()),
                        theme == settings.theme,
                    ))
                }
            }
            (way_out(frame, settings, refused))
            div class="field" {
                label for="country" { (frame.text("help-country-label")) }
                (country_choice(frame, settings.country.as_deref().unwrap_or_default()))
            }
            button type="submit" class="main-button" { (frame.text("settings-save")) }
        }
        @if frame.core.shell.kind == ShellKind::Browser && frame.vault().is_some() {
            p { a href="/notices" { (frame.text("notices-link")) } }
        }
        (not_here(frame))
    };
    Page::new("/more", main)
}

fn way_out(frame: &Frame<'_>, settings: &Settings, refused: bool) -> Markup {
    let own = !EXITS.iter().any(|(address, _)| *address == settings.exit_target);
    html! {
        fieldset {
            legend { (frame.text("settings-exit-label")) }
            label class="choice" {
                input type="checkbox" name="exit-shortcut" value="on" checked[settings.exit_shortcut]
                    aria-describedby="exit-shortcut-help";
                span { (frame.text("settings-exit-shortcut")) }
            }
            p class="help" id="exit-shortcut-help" { (frame.text("settings-exit-shortcut-help")) }
            fieldset class="inner" aria-describedby="exit-target-help" {
                legend { (frame.text("settings-exit-target")) }
                p class="help" id="exit-target-help" { (frame.text("settings-exit-target-help")) }
                @for (address, key) in EXITS {
                    (radio(frame, "exit", address, key, address == settings.exit_target))
                }
                (radio(frame, "exit", "own", "settings-exit-own", own))
                div class="field" {
                    label for="exit-own" { (frame.text("settings-exit-own-label")) }
                    @if refused {
                        p class="problem" id="exit-own-error" role="alert" { (frame.text("settings-exit-own-error")) }
                    }
                    input type="text" inputmode="url" id="exit-own" name="exit-own" autocomplete="off"
                        spellcheck="false" value=(if own { settings.exit_target.as_str() } else { "" })
                        aria-invalid=[refused.then_some("true")]
                        aria-describedby=[refused.then_some("exit-own-error")];
                }
            }
        }
    }
}

fn not_here(frame: &Frame<'_>) -> Markup {
    let count = frame.visit.state.not_here.marks.len();
    html! {
        section {
            h2 { (frame.text("settings-not-here-label")) }
            p { (frame.core.messages.with("settings-not-here-count", &[("count", count.into())])) }
            @if count > 0 {
                form method="post" action="/settings" {
                    button type="submit" name="forget-not-here" value="yes" {
                        (frame.text("settings-not-here-forget"))
                    }
                }
            }
        }
    }
}

fn radio(frame: &Frame<'_>, name: &str, value: &str, key: &str, checked: bool) -> Markup {
    html! {
        label class="choice" {
            input type="radio" name=(name) value=(value) checked[checked];
            span { (frame.text(key)) }
        }
    }
}

/// List of all countries that have help lines; an empty value stands for none.
pub(crate) fn country_choice(frame: &Frame<'_>, chosen: &str) -> Markup {
    html! {
        select id="country" name="country" {
            option value="" selected[chosen.is_empty()] { (frame.text("help-country-choose")) }
            @for country in help_lines().countries {
                option value=(country.code) selected[country.code == chosen] { (country.name) }
            }
            option value="other" selected[chosen == "other"] { (frame.text("help-country-other")) }
        }
    }
}
