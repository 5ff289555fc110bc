//! Forms that were begun: kept in the vault while one writes, there again when the page is opened, gone once sent.

use amends_client::{Trouble, Vault};
use amends_store::Store;
use maud::html;

use super::paper::is_mechanics;
use crate::area::{Outcome, Turn};
use crate::layout::Page;

/// Between the address of a page and the name of a form on it.
const FORM: char = '#';

fn key(path: &str, wish: &str) -> String {
    format!("{}{FORM}{wish}", path.trim_start_matches('/'))
}

/// Fields of all forms of a page that were begun.
pub(super) fn kept<S: Store>(vault: &Vault<S>, path: &str) -> Vec<(String, String)> {
    let start = key(path, "");
    let of_page = vault.drafts().filter(|draft| draft.key.starts_with(&start));
    of_page
        .flat_map(|draft| serde_json::from_str::<Vec<(String, String)>>(&draft.text).unwrap_or_default())
        .collect()
}

/// Keeps a form as it stands; an empty one leaves nothing behind.
pub(super) fn keep(turn: &mut Turn<'_>, slug: &str, page: &[&str]) -> Outcome {
    let path = [&["look", slug], page].concat().join("/");
    let key = key(&path, turn.request.field("do"));
    let fields: Vec<&(String, String)> = turn
        .request
        .fields
        .iter()
        .filter(|(name, value)| !is_mechanics(name) && !value.trim().is_empty())
        .collect();
    let text = serde_json::to_string(&fields).unwrap_or_default();
    let now = turn.visit.moment.now;
    let Some(vault) = turn.vault() else { return Outcome::Show(Page::new("/", html! {})) };
    let kept = if fields.is_empty() { vault.discard_draft(&key) } else { vault.save_draft(&key, &text, now) };
    let problem =
        kept.err().map(|error| turn.frame().text(&format!("trouble-{}", Trouble::from(&error).code())));
    let main = html! { @if let Some(problem) = problem { p class="problem" role="alert" { (problem) } } };
    Outcome::Show(Page::new("/path", main))
}

/// Forgets a form that was sent.
pub(super) fn done(turn: &mut Turn<'_>) {
    let key = key(&turn.request.path, turn.request.field("do"));
    if let Some(vault) = turn.vault() {
        // If it cannot be taken away now, it is there once more and can be sent or emptied again.
        let _ = vault.discard_draft(&key);
    }
}
