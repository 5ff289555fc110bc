//! Forms of words, from the suffix rules and the irregular forms of a pack.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::CompileError;

/// `morphology.toml`: how regular forms are made.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Morphology {
    /// Suffix rules for each form, the first that fits is used.
    #[serde(default)]
    pub(crate) third: Vec<SuffixRule>,
    #[serde(default)]
    pub(crate) past: Vec<SuffixRule>,
    #[serde(default)]
    pub(crate) ing: Vec<SuffixRule>,
    #[serde(default)]
    pub(crate) plural: Vec<SuffixRule>,
    /// Bases whose last letter is doubled before `past` and `ing`.
    #[serde(default)]
    pub(crate) doubling: Vec<String>,
    /// Nouns with an irregular plural.
    #[serde(default)]
    pub(crate) irregular_plurals: BTreeMap<String, String>,
    /// Endings of unknown words and the classes they suggest.
    #[serde(default)]
    pub(crate) endings: Vec<EndingRule>,
}

/// "Where the word ends in `ends`, cut `cut` letters and add `add`."
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuffixRule {
    pub(crate) ends: String,
    #[serde(default)]
    pub(crate) cut: usize,
    pub(crate) add: String,
}

/// Classes that an unknown word with this ending is taken to have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndingRule {
    pub(crate) ends: String,
    pub(crate) classes: Vec<String>,
}

/// Forms of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerbForms {
    pub(crate) base: String,
    pub(crate) third: String,
    pub(crate) past: Vec<String>,
    pub(crate) participle: Vec<String>,
    pub(crate) ing: String,
}

/// Irregular verbs by base: past, participle, and where given ing and third person.
#[derive(Debug, Default)]
pub(crate) struct Irregular(BTreeMap<String, Vec<String>>);

impl Irregular {
    /// Reads `irregular.txt`: `base past participle [ing [third]]`, alternatives joined with `/`.
    pub(crate) fn read(path: &str, text: &str) -> Result<Self, CompileError> {
        let mut verbs = BTreeMap::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace().map(str::to_owned);
            let base = words.next().unwrap_or_default();
            let forms: Vec<String> = words.collect();
            if forms.len() < 2 {
                return Err(CompileError::malformed(
                    path,
                    format!("`{line}` needs base, past and participle"),
                ));
            }
            verbs.insert(base, forms);
        }
        Ok(Self(verbs))
    }
}

impl Morphology {
    /// All forms of a verb.
    pub(crate) fn verb(&self, base: &str, irregular: &Irregular) -> VerbForms {
        let stem = self.doubled(base);
        let past = apply(&self.past, &stem);
        let mut forms = VerbForms {
            base: base.to_owned(),
            third: apply(&self.third, base),
            past: vec![past.clone()],
            participle: vec![past],
            ing: apply(&self.ing, &stem),
        };
        if let Some(given) = irregular.0.get(base) {
            let alternatives = |word: &String| word.split('/').map(str::to_owned).collect();
            forms.past = alternatives(&given[0]);
            forms.participle = alternatives(&given[1]);
            if let Some(ing) = given.get(2) {
                forms.ing.clone_from(ing);
            }
            if let Some(third) = given.get(3) {
                forms.third.clone_from(third);
            }
        }
        forms
    }

    /// Plural of a noun.
    pub(crate) fn plural(&self, noun: &str) -> String {
        self.irregular_plurals.get(noun).cloned().unwrap_or_else(|| apply(&self.plural, noun))
    }

    fn doubled(&self, base: &str) -> String {
        let mut stem = base.to_owned();
        if self.doubling.iter().any(|known| known == base)
            && let Some(last) = base.chars().last()
        {
            stem.push(last);
        }
        stem
    }
}

fn apply(rules: &[SuffixRule], word: &str) -> String {
    let Some(rule) = rules.iter().find(|rule| word.ends_with(&rule.ends)) else { return word.to_owned() };
    let kept = word.chars().count().saturating_sub(rule.cut);
    let mut form: String = word.chars().take(kept).collect();
    form.push_str(&rule.add);
    form
}
