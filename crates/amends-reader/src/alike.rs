//! Takes names and the gender of third persons out of a text before the model reads it.
//!
//! Who somebody is must not change a finding. The model learned from texts full of names and of he and she, so it is
//! not simply blind to them; here all names become one name and all such words one form, in any case, and what it says
//! cannot depend on them. Rules need none of this.

use std::collections::HashMap;
use std::sync::LazyLock;

static NAMES: &str = include_str!("../data/names.txt");
static GENDER: &str = include_str!("../data/gender.txt");

/// Every word that is read as another one.
static ALIKE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut alike = HashMap::new();
    let mut names = NAMES.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    if let Some(first) = names.next() {
        alike.extend(names.map(|name| (name, first)));
    }
    for line in GENDER.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let Some(last) = words.next_back() {
            alike.extend(words.map(|word| (word, last)));
        }
    }
    alike
});

/// Writes the text into `out`, with every such word in its one form.
pub(crate) fn write_alike(text: &str, out: &mut String) {
    out.clear();
    let mut word = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != is_word).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if is_word {
            word.clear();
            word.extend(part.chars().flat_map(char::to_lowercase));
            out.push_str(ALIKE.get(word.as_str()).copied().unwrap_or(part));
        } else {
            out.push_str(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(text: &str) -> String {
        let mut out = String::new();
        write_alike(text, &mut out);
        out.to_lowercase()
    }

    #[test]
    fn names_and_gender_vanish_and_nothing_else() {
        assert_eq!(
            alike("I told Maria's brother, and HE'S angry."),
            alike("I told Tom's sister, and she's angry.")
        );
        assert_eq!(alike("It was his. I gave it to him."), alike("It was hers. I gave it to her."));
        assert_eq!(alike("Ünlü 🙂 you lied, I will."), "ünlü 🙂 you lied, i will.");
    }

    #[test]
    fn no_form_is_read_as_a_third_one() {
        assert!(ALIKE.len() > 900);
        for (word, form) in ALIKE.iter() {
            assert!(!ALIKE.contains_key(form), "{word} -> {form}");
            assert_eq!(word.to_lowercase(), **word);
        }
    }
}
