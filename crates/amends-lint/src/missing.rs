//! What a genre asks for and a draft does not have.

use crate::genre::Genre;
use crate::pack::{CheckId, Pack};
use crate::report::{ElementFound, ElementMissing};

/// Good parts that `genre` expects and `present` lacks, most important first.
pub(crate) fn missing(pack: &Pack, genre: Genre, present: &[ElementFound]) -> Vec<ElementMissing> {
    let id = |name: &str| pack.rules.iter().position(|rule| rule.id == name).map(|index| index as CheckId);
    let has = |check: CheckId| present.iter().any(|found| found.check == check);
    let Some(expectation) = pack.expectations.iter().find(|expectation| expectation.genre == genre) else {
        return Vec::new();
    };
    let mut missing: Vec<ElementMissing> = Vec::new();
    for name in &expectation.checks {
        let Some(check) = id(name).filter(|check| !has(*check)) else { continue };
        let covered = expectation
            .any_of
            .iter()
            .filter(|group| group.contains(name))
            .any(|group| group.iter().filter_map(|member| id(member)).any(has));
        if !covered {
            missing.push(ElementMissing { check });
        }
    }
    missing
}
