//! The fields of a form as they are filled in: names and strings, in order. Sent by a browser, kept in the vault while
//! one writes, or made from an entry.

use crate::request::Request;

/// A form that is filled in as far as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    fields: Vec<(String, String)>,
}

impl Sheet {
    /// What a browser sent. Forms send line ends as CR LF; here they are one.
    pub(super) fn sent(request: &Request) -> Self {
        let one_end = |value: &str| value.replace("\r\n", "\n");
        let fields = request.fields.iter().map(|(name, value)| (name.clone(), one_end(value))).collect();
        Self { fields }
    }

    /// The last value of a field; empty if there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field was sent or filled in.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// Whether any field of a group has words in it.
    pub(super) fn any_in(&self, prefix: &str) -> bool {
        let inside = |name: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
        self.fields.iter().any(|(name, value)| inside(name) && !value.trim().is_empty())
    }

    /// One more value.
    pub(super) fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.fields.push((name.into(), value.into()));
    }

    /// This value in place of all others.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(known, _)| known != name);
        self.add(name, value);
    }

    /// Number of rows of a list: those with words in them, those asked for, and at least one.
    pub(super) fn rows(&self, name: &str) -> usize {
        let asked = self.one(&rows_name(name)).parse().unwrap_or(1);
        let filled = (0..MOST_ROWS).rev().find(|row| self.any_in(&format!("{name}.{row}")));
        filled.map_or(1, |row| row + 1).max(asked).clamp(1, MOST_ROWS)
    }

    /// Whether nothing is filled in by a person.
    pub(super) fn is_blank(&self) -> bool {
        self.answers().all(|(_, value)| value.trim().is_empty())
    }

    fn answers(&self) -> impl Iterator<Item = &(String, String)> {
        self.fields.iter().filter(|(name, _)| !name.starts_with('_') && name != "not-here")
    }

    /// As text for a draft that people can read: a line for each field, further lines of an answer set in.
    pub(super) fn to_text(&self) -> String {
        let line = |(name, value): &(String, String)| format!("{name}: {}", value.replace('\n', "\n  "));
        let filled = self.answers().filter(|(_, value)| !value.is_empty());
        filled.map(line).collect::<Vec<_>>().join("\n")
    }

    /// From the text of a draft.
    pub(super) fn from_text(text: &str) -> Self {
        let mut sheet = Self::default();
        for line in text.split('\n') {
            match (
                line.strip_prefix("  "),
                line.split_once(": ").or(line.split_once(':')),
                sheet.fields.last_mut(),
            ) {
                (Some(more), _, Some((_, value))) => {
                    value.push('\n');
                    value.push_str(more);
                }
                (None, Some((name, value)), _) => sheet.add(name, value),
                _ => {}
            }
        }
        sheet
    }
}

/// Most rows that a list can have in a form.
const MOST_ROWS: usize = 40;

/// Name of the hidden field that says how many rows are shown.
pub(super) fn rows_name(name: &str) -> String {
    format!("_rows.{name}")
}

/// A name inside a group.
pub(super) fn inside(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("", "") => COPIED.to_owned(),
        ("", path) => path.to_owned(),
        (prefix, "") => prefix.to_owned(),
        (prefix, path) => format!("{prefix}.{path}"),
    }
}

/// Name under which the form says which row was added just now; it is never a field.
pub(super) const ADDED: &str = "_added";

/// Name of the field of a form whose writer, who was hurt, asked for hints; it is never kept.
pub(super) const ASKED: &str = "_asked";

/// Name of the field that says which entry is copied: its answer has no name of its own.
pub(super) const COPIED: &str = "copied";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_line_by_line() {
        let mut sheet = Sheet::default();
        sheet.add("text", "Dear Kim,\n\n  indented: yes\nname: no\n");
        sheet.add("rows.0.reason", "a");
        sheet.add("picked", "one");
        sheet.add("picked", "two");
        let back = Sheet::from_text(&sheet.to_text());
        assert_eq!(back, sheet);
        assert_eq!(back.all("picked").collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn a_list_shows_the_rows_that_have_words() {
        let mut sheet = Sheet::default();
        assert_eq!(sheet.rows("rows"), 1);
        sheet.add("rows.2.reason", "x");
        assert_eq!(sheet.rows("rows"), 3);
        sheet.add("_rows.rows", "5");
        assert_eq!(sheet.rows("rows"), 5);
        sheet.set("_rows.rows", "9999");
        assert_eq!(sheet.rows("rows"), MOST_ROWS);
    }
}
