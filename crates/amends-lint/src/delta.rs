//! Stores patterns as their difference from the one before.
//!
//! The compiler flattens alternatives, so neighbors mostly differ in one item. Each pattern is stored as how many
//! items it shares with the previous one at the start and at the end, and what stands between.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pack::{Item, Pattern};

#[derive(Serialize, Deserialize)]
struct Difference {
    /// Rule of this pattern less that of the one before; patterns stand in the order of their rules.
    rule: u16,
    prefix: u8,
    suffix: u8,
    middle: Vec<Item>,
    anchor: u8,
    head: u8,
    mark: (u8, u8),
}

pub(crate) fn serialize<S: Serializer>(patterns: &[Pattern], serializer: S) -> Result<S::Ok, S::Error> {
    let mut differences = Vec::with_capacity(patterns.len());
    let mut before: (&[Item], u16) = (&[], 0);
    for pattern in patterns {
        let items = pattern.items.as_slice();
        let prefix = shared(items.iter().zip(before.0));
        let rest = items.len().min(before.0.len()) - prefix;
        let suffix = shared(items.iter().rev().zip(before.0.iter().rev())).min(rest);
        differences.push(Difference {
            rule: pattern.rule.wrapping_sub(before.1),
            prefix: prefix as u8,
            suffix: suffix as u8,
            middle: items[prefix..items.len() - suffix].to_vec(),
            anchor: pattern.anchor,
            head: pattern.head,
            mark: pattern.mark,
        });
        before = (items, pattern.rule);
    }
    differences.serialize(serializer)
}

/// How many pairs in a row are alike.
fn shared<'i>(pairs: impl Iterator<Item = (&'i crate::pack::Item, &'i crate::pack::Item)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pattern>, D::Error> {
    let differences = Vec::<Difference>::deserialize(deserializer)?;
    let mut patterns: Vec<Pattern> = Vec::with_capacity(differences.len());
    for difference in differences {
        let (before, rule) = patterns.last().map_or((&[][..], 0), |last| (last.items.as_slice(), last.rule));
        let (prefix, suffix) = (usize::from(difference.prefix), usize::from(difference.suffix));
        if prefix + suffix > before.len() {
            return Err(serde::de::Error::custom("a pattern refers to items that are not there"));
        }
        let mut items = Vec::with_capacity(prefix + difference.middle.len() + suffix);
        items.extend_from_slice(&before[..prefix]);
        items.extend(difference.middle);
        items.extend_from_slice(&before[before.len() - suffix..]);
        patterns.push(Pattern {
            rule: rule.wrapping_add(difference.rule),
            items,
            anchor: difference.anchor,
            head: difference.head,
            mark: difference.mark,
        });
    }
    Ok(patterns)
}
