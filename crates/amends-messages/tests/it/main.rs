//! What every message file must keep to.

mod complete;
mod tone;

/// `(file, key, text)` of every message, as written in the English files.
fn messages() -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    for (file, text) in amends_messages::files("en") {
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            match line
                .split_once(" = ")
                .filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase()))
            {
                Some((key, value)) => found.push((*file, key.to_owned(), value.to_owned())),
                None => {
                    // A line that goes on, or a variant: "[one] 1 hint." belongs to the message before.
                    if let Some((_, _, value)) = found.last_mut() {
                        let words = line.trim().trim_start_matches(['*', '}']).trim();
                        value.push_str(" \n");
                        value.push_str(words.split_once("] ").map_or(words, |(_, words)| words));
                    }
                }
            }
        }
    }
    found
}
