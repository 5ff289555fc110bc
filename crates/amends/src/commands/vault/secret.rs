//! Asking for passphrases and recovery words. They never come as arguments, where other programs could see them.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use amends_client::RecoveryPhrase;
use amends_messages::Messages;
use anyhow::Context as _;

/// A passphrase: from a file, from a terminal without showing it, or the next line of standard input.
pub(crate) fn passphrase(file: Option<&Path>, words: &Messages, key: &str) -> anyhow::Result<String> {
    match file {
        Some(path) if path != Path::new("-") => {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok(text.lines().next().unwrap_or_default().to_owned())
        }
        None if std::io::stdin().is_terminal() => {
            Ok(rpassword::prompt_password(format!("{}: ", words.text(key)))
                .context("cannot read the terminal")?)
        }
        _ => line()?.with_context(|| words.text("vault-no-passphrase")),
    }
}

/// A new passphrase; in a terminal it is typed twice.
pub(super) fn new_passphrase(file: Option<&Path>, words: &Messages) -> anyhow::Result<String> {
    let first = passphrase(file, words, "vault-ask-new-passphrase")?;
    if file.is_none() && std::io::stdin().is_terminal() {
        let second = passphrase(None, words, "vault-ask-again")?;
        anyhow::ensure!(first == second, "{}", words.text("vault-not-the-same"));
    }
    Ok(first)
}

/// The twelve words, typed in one line.
pub(super) fn typed_phrase(words: &Messages) -> anyhow::Result<RecoveryPhrase> {
    let typed = passphrase(None, words, "vault-ask-phrase")?;
    RecoveryPhrase::parse(&typed)
        .map_err(|error| anyhow::anyhow!("{} {error}", words.text("vault-phrase-unread")))
}

/// Shows new recovery words and asks three of them back.
pub(super) fn hand_over(phrase: &RecoveryPhrase, words: &Messages) -> anyhow::Result<()> {
    anstream::println!("\n{}\n", words.text("vault-phrase-intro"));
    let list: Vec<&str> = phrase.words().collect();
    for (index, word) in list.iter().enumerate() {
        anstream::println!("  {:>2}. {word}", index + 1);
    }
    anstream::println!("\n{}", words.text("vault-phrase-check"));
    for place in three_places()? {
        loop {
            anstream::print!("{} ", words.with("vault-phrase-word", &[("number", (place + 1).into())]));
            std::io::stdout().flush()?;
            match line()?.as_deref().map(str::trim) {
                None | Some("skip") => {
                    anstream::println!("{}", words.text("vault-phrase-skipped"));
                    return Ok(());
                }
                Some(word) if word.eq_ignore_ascii_case(list[place]) => break,
                Some(_) => anstream::println!("{}", words.text("vault-phrase-other-word")),
            }
        }
    }
    anstream::println!("{}", words.text("vault-phrase-checked"));
    Ok(())
}

/// One place in each third of the twelve.
fn three_places() -> anyhow::Result<[usize; 3]> {
    let mut bytes = [0; 3];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
    Ok([0, 1, 2].map(|third| third * 4 + usize::from(bytes[third] % 4)))
}

/// The next line of standard input, without its end; none at the end of the input.
pub(crate) fn line() -> anyhow::Result<Option<String>> {
    let mut line = String::new();
    let n_bytes = std::io::stdin().read_line(&mut line).context("cannot read standard input")?;
    Ok((n_bytes > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned()))
}

/// A question that is answered with yes or no; no at the end of the input.
pub(crate) fn yes(words: &Messages, question: &str) -> anyhow::Result<bool> {
    loop {
        anstream::print!("{question} {} ", words.text("cli-yes-no"));
        std::io::stdout().flush()?;
        match line()?.map(|line| line.trim().to_lowercase()).as_deref() {
            Some("y" | "yes") => return Ok(true),
            None | Some("n" | "no") => return Ok(false),
            Some(_) => {}
        }
    }
}
