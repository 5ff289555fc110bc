//! Takes a text apart into words and single marks, the same for every way of typing it.
//!
//! Lower case, plain quotes and dashes, Latin letters without accents; combining marks, joiners and variation
//! selectors vanish; every character that is neither letter nor digit stands alone. `training/wordpiece.py` does
//! exactly the same.

/// Calls `found` with each word or mark of `text`, in order. `word` is a buffer for reuse.
pub(crate) fn for_each_word(text: &str, word: &mut String, mut found: impl FnMut(&str)) {
    word.clear();
    for c in text.chars().flat_map(char::to_lowercase).map(plain) {
        if is_silent(c) {
            continue;
        }
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            found(word);
            word.clear();
        }
        if !c.is_whitespace() && c >= ' ' && c != '\u{7f}' {
            found(c.encode_utf8(&mut [0; 4]));
        }
    }
    if !word.is_empty() {
        found(word);
        word.clear();
    }
}

/// Combining marks, joiners, direction marks and variation selectors: they carry nothing for us.
fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// One form for quotes, dashes and accented Latin letters (already lower case).
#[rustfmt::skip]
fn plain(c: char) -> char {
    if c.is_ascii() {
        return if c == '`' { '\'' } else { c };
    }
    match c {
        '’' | '‘' | 'ʼ' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' => '-',
        '…' => '.',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ǟ' | 'ǡ' | 'ǻ' | 'ȁ' | 'ȃ' | 'ȧ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ȅ' | 'ȇ' | 'ȩ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'ǵ' => 'g',
        'ĥ' | 'ȟ' => 'h',
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ǐ' | 'ȉ' | 'ȋ' => 'i',
        'ĵ' | 'ǰ' => 'j',
        'ķ' | 'ǩ' => 'k',
        'ĺ' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ǹ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | 'ǫ' | 'ǭ' | 'ȍ' | 'ȏ' | 'ȫ' | 'ȭ' | 'ȯ' | 'ȱ' => 'o',
        'ŕ' | 'ŗ' | 'ř' | 'ȑ' | 'ȓ' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ȕ' | 'ȗ' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ȳ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        for_each_word(text, &mut String::new(), |w| out.push(w.to_owned()));
        out
    }

    #[test]
    fn typing_habits_do_not_change_the_words() {
        let plain = words("I'm sorry - \"you\" cafe");
        assert_eq!(plain, words("i’m SORRY — “You” cafe\u{301}"));
        assert_eq!(plain, words("I'm  so\u{200d}rry -\n\"you\"\tcafé"));
    }

    #[test]
    fn marks_stand_alone() {
        assert_eq!(words("no,why?!"), ["no", ",", "why", "?", "!"]);
        assert_eq!(words("👍🏽"), ["👍"]);
        assert!(words(" \u{1}\u{7f}\u{fe0f} ").is_empty());
    }
}
