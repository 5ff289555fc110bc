//! A form that is begun and not finished: kept in the vault while one writes, and there again when it is opened.

use amends_client::{Draft, Vault};
use amends_store::Store;
use amends_tools::Tool;

use super::sheet::Sheet;

/// Key of the draft of a form; forms about different entries do not share one.
pub(super) fn key(slug: &str, tool: &Tool, about: &str) -> String {
    match about {
        "" => format!("form/{slug}/{}", tool.name),
        about => format!("form/{slug}/{}/{about}", tool.name),
    }
}

/// The form as it was kept.
pub(super) fn kept<S: Store>(vault: &Vault<S>, key: &str) -> Option<Sheet> {
    vault.draft(key).map(|draft| Sheet::from_text(&draft.text))
}

/// Drafts of the forms of a step, with the address at which each goes on.
pub(super) fn of_step<'v, S: Store>(
    vault: &'v Vault<S>,
    slug: &'v str,
) -> impl Iterator<Item = (&'static Tool, String, &'v Draft)> {
    vault.drafts().filter_map(move |draft| {
        let mut parts = draft.key.strip_prefix("form/")?.splitn(3, '/');
        let (step, name, about) = (parts.next()?, parts.next()?, parts.next());
        let tool = amends_tools::tool(slug, name).filter(|_| step == slug)?;
        let about = about.map(|about| format!("?entry={about}")).unwrap_or_default();
        Some((tool, format!("/step/{slug}/{name}{about}"), draft))
    })
}
