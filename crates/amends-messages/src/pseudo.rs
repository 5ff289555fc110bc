//! Pseudo-languages: English that is readable and yet visibly not English.

use std::borrow::Cow;

/// Accents on every letter that has one, and a third longer.
pub(crate) fn accented(text: &str) -> Cow<'_, str> {
    let mut changed: String = text.chars().map(accent).collect();
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    if letters > 0 {
        changed.push_str(" ~");
        changed.extend(std::iter::repeat_n('~', letters / 3));
    }
    Cow::Owned(changed)
}

/// Each word under a right-to-left override.
pub(crate) fn mirrored(text: &str) -> Cow<'_, str> {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| match word.chars().any(char::is_alphabetic) {
            true => format!("\u{202E}{}\u{202C}", word.chars().map(accent).collect::<String>()),
            false => word.to_owned(),
        })
        .collect();
    Cow::Owned(words.join(" "))
}

fn accent(character: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "åƀçđéƒĝħîĵķłɱñöþɋŕšţûṽŵẋýžÅƁÇĐÉƑĜĦÎĴĶŁṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";
    let found = PLAIN.chars().position(|plain| plain == character);
    found.and_then(|position| ACCENTED.chars().nth(position)).unwrap_or(character)
}
