//! Export as Markdown: to be read and printed by people.

use amends_domain::export::to_markdown;
use amends_store::Store;

use crate::vault::Vault;

impl<S: Store> Vault<S> {
    /// Everything of one's own as Markdown, by step, drafts at the end. `label` gives the words for the name of a step
    /// or field (`None` leaves the name); `utc_offset` (minutes, east is positive) is that of the reader.
    pub fn export_markdown(&self, utc_offset: i16, label: impl Fn(&str) -> Option<String>) -> String {
        let mut text = to_markdown(self.state(), utc_offset, &label);
        if self.drafts().next().is_some() {
            text.push_str(&format!("# {}\n\n", label("drafts").unwrap_or_else(|| "drafts".to_owned())));
        }
        for draft in self.drafts() {
            text.push_str(&format!("## {}\n\n{}\n\n", draft.saved_at.day(utc_offset), quoted(&draft.text)));
        }
        text
    }
}

/// Words as a quotation: no line of them can become a heading.
fn quoted(words: &str) -> String {
    words.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}
