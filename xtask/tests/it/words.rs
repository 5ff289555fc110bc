//! Words that must not stand in the product: claims, scores, gendered words, machine paths.

use crate::{files, root};

fn texts() -> Vec<(String, String)> {
    let mut all: Vec<_> = files(&root().join("locales"), ".ftl");
    all.extend(files(&root().join("packs"), ".toml"));
    all.into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            (path.display().to_string(), text)
        })
        .collect()
}

/// Lines of a rule file that are shown to people; in message files every line.
fn shown(path: &str, text: &str) -> String {
    if path.ends_with(".ftl") {
        return text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n");
    }
    let is_shown =
        |line: &&str| ["title =", "why =", "question =", "pattern ="].iter().any(|key| line.starts_with(key));
    text.lines().filter(is_shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn product_texts_have_no_exclamation_marks() {
    for (path, text) in texts() {
        assert!(!shown(&path, &text).contains('!'), "{path}");
    }
}

#[test]
fn product_texts_promise_no_success() {
    for (path, text) in texts() {
        let shown = shown(&path, &text).to_lowercase();
        for claim in [
            "guaranteed",
            "we guarantee",
            "cures ",
            "will save your",
            "scientifically proven",
            "clinically proven",
            "win them back",
            "win back",
        ] {
            assert!(!shown.contains(claim), "{path} claims `{claim}`");
        }
    }
}

#[test]
fn the_project_speaks_of_itself_only() {
    let mut all = files(&root().join("docs"), ".md");
    all.extend(files(&root().join("crates"), ".rs"));
    all.extend(files(&root().join("training"), ".py"));
    all.extend(files(&root().join("training"), ".md"));
    for path in all {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        for word in ["/root/", "/home/"] {
            assert!(!text.contains(word), "{} holds `{word}`", path.display());
        }
    }
}
