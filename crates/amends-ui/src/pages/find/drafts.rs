//! What was begun and not finished, with the place at which it goes on.

use amends_client::Draft;
use amends_tools::{title_key, tool};
use maud::html;

use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{form, hidden};

pub(super) fn page(here: &Here<'_>) -> Page {
    let list: Vec<&Draft> = here.vault.drafts().filter(|draft| !is_setting(&draft.key)).collect();
    let main = html! {
        h1 { (here.text("drafts-title")) }
        p class="lead" { (here.text("drafts-lead")) }
        @if list.is_empty() { p { (here.text("drafts-none")) } }
        ul class="entries" {
            @for draft in list {
                @let (words, path) = place(here, &draft.key);
                li {
                    p {
                        @match path {
                            Some(path) => a href=(path) { (words) },
                            None => { (words) ": " q { (first_words(&draft.text)) } },
                        }
                        " " span class="quiet" { (here.fill("drafts-saved", "when", here.when(draft.saved_at))) }
                    }
                    (form("/drafts", &html! {
                        (hidden("key", &draft.key))
                        button type="submit" { (here.text("drafts-discard")) }
                    }))
                }
            }
        }
    };
    Page::new("/more", main)
}

/// What somebody set for themselves is kept beside the drafts, and is none.
fn is_setting(key: &str) -> bool {
    key.starts_with("own/")
}

/// Title of the tool that a draft belongs to, and where it goes on.
fn place(here: &Here<'_>, key: &str) -> (String, Option<String>) {
    let mut parts = key.splitn(4, '/');
    let found = match (parts.next(), parts.next(), parts.next()) {
        (Some("form"), Some(slug), Some(name)) => tool(slug, name).map(|tool| {
            let about = parts.next().map(|about| format!("?entry={about}")).unwrap_or_default();
            (here.text(&title_key(slug, tool)), format!("/step/{slug}/{name}{about}"))
        }),
        _ => None,
    };
    match found {
        Some((words, path)) => (words, Some(path)),
        None => (here.text("drafts-other"), None),
    }
}

fn first_words(text: &str) -> String {
    amends_tools::parts::shortened(text)
}

/// Asks once more, because a draft has no way back; then throws it away.
pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let key = turn.request.field("key").to_owned();
    if is_setting(&key) {
        return None;
    }
    if turn.request.field("sure") == "yes" {
        return match turn.vault()?.discard_draft(&key) {
            Ok(()) => turn.done("/drafts", "drafts-discarded"),
            Err(error) => {
                let trouble = amends_client::Trouble::from(&error).code();
                turn.done("/drafts", &format!("trouble-{trouble}"))
            }
        };
    }
    let frame = turn.frame();
    let here = Here::of(&frame)?;
    let (words, _) = place(&here, &key);
    let text = here.vault.draft(&key).map(|draft| first_words(&draft.text)).unwrap_or_default();
    let main = html! {
        h1 { (here.text("drafts-discard-title")) }
        p { (words) @if !text.starts_with(['{', '[']) { ": " q { (text) } } }
        p { (here.text("drafts-discard-text")) }
        (form("/drafts", &html! {
            (hidden("key", &key))
            (hidden("sure", "yes"))
            button type="submit" { (here.text("drafts-discard")) }
        }))
        p { a href="/drafts" { (here.text("drafts-keep")) } }
    };
    Some(Outcome::Show(Page::new("/more", main)))
}
