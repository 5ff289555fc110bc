//! Takes names, the gender of third persons and the sound of home out of a text before the model reads it.
//!
//! Who somebody is, and where they grew up, must not change a finding. The model learned from texts full of names, of he
//! and she, and hardly any "ain't", so it is not simply blind to them; here all names become one name and all such
//! words one form, in any case, and what it says cannot depend on them. A g that is not spoken ("goin'", "nothin’")
//! is written. Rules need none of this.

use std::collections::HashMap;
use std::sync::LazyLock;

static NAMES: &str = include_str!("../data/names.txt");
static GENDER: &str = include_str!("../data/gender.txt");
static DIALECT: &str = include_str!("../data/dialect.txt");

/// Every word that is read as another one.
static ALIKE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut alike = HashMap::new();
    let mut names = NAMES.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    if let Some(first) = names.next() {
        alike.extend(names.map(|name| (name, first)));
    }
    for line in [GENDER, DIALECT].into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
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
            let form = ALIKE.get(word.as_str()).copied();
            out.push_str(form.unwrap_or(part));
            if let Some(after) = after_dropped_g(&word, form, rest) {
                if form.is_none() {
                    out.push('g');
                }
                rest = after;
            }
        } else {
            out.push_str(part);
        }
    }
}

/// What comes after the apostrophe that stands for the g of "-ing", if there is one. No verb of that kind ends in
/// "-ain": those are plain words before a closing mark.
fn after_dropped_g<'a>(word: &str, form: Option<&str>, rest: &'a str) -> Option<&'a str> {
    let is_name = form.is_some_and(|form| !form.ends_with("ing"));
    if word.len() < 4 || !word.ends_with("in") || word.ends_with("ain") || is_name {
        return None;
    }
    rest.strip_prefix(['\'', '\u{2019}']).filter(|after| !after.starts_with(char::is_alphabetic))
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
    fn the_sound_of_home_is_read_as_plain_words() {
        assert_eq!(
            alike("I ain't goin' and I AIN\u{2019}T lyin\u{2019}."),
            "i isn't going and i isn\u{2019}t lying."
        );
        assert_eq!(alike("aint nothin wrong with doin it"), "isnt nothing wrong with doing it");
        let kept = "my cousin's words: 'never again' and 'remain' in the cabin";
        assert_eq!(alike(kept), kept);
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
