//! Which test stands behind which: the compiler flattens alternatives, so that the same few tests follow one another
//! again and again. A test is written as its place among those that stood behind the same test before.

use serde::{Deserialize, Serialize};

use super::Damaged;
use crate::pack::TestId;

/// Written for a test that no pattern used before.
const NEW: u8 = 0;
/// Written for a test that did not stand behind this one before, or long ago; it is in the second column.
const OTHER: u8 = u8::MAX;
/// Most tests that are remembered behind one: more would make reading slower and the pack no smaller.
const MOST: usize = 24;

/// Tests in the order of their patterns; their numbers count first uses. The tests before them may be numbered in any way,
/// as long as each keeps its number.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct TestSteps {
    places: Vec<u8>,
    others: Vec<u16>,
}

/// What has been seen so far: the same when writing and when reading.
#[derive(Default)]
pub(super) struct Seen {
    /// Tests behind each test, the latest first; those at the start of a pattern stand in the first list.
    behind: Vec<Vec<TestId>>,
    /// Number of the next test that is new.
    next: TestId,
}

impl Seen {
    fn behind(&mut self, before: Option<TestId>) -> &mut Vec<TestId> {
        let list = before.map_or(0, |before| usize::from(before) + 1);
        if self.behind.len() <= list {
            self.behind.resize_with(list + 1, Vec::new);
        }
        &mut self.behind[list]
    }

    /// Puts `test` first behind `before`; `place` is where it stands there, if it does.
    fn note(&mut self, before: Option<TestId>, test: TestId, place: Option<usize>) {
        let list = self.behind(before);
        match place {
            Some(place) => list[..=place].rotate_right(1),
            None => {
                list.truncate(MOST - 1);
                list.insert(0, test);
            }
        }
        self.next = self.next.max(test.wrapping_add(1));
    }
}

impl TestSteps {
    /// Writes `test`, which stands behind `before`.
    pub(super) fn push(&mut self, seen: &mut Seen, before: Option<TestId>, test: TestId) {
        let place = seen.behind(before).iter().position(|known| *known == test);
        match place {
            _ if test == seen.next => self.places.push(NEW),
            Some(place) => self.places.push(place as u8 + 1),
            None => {
                self.places.push(OTHER);
                self.others.push(test);
            }
        }
        seen.note(before, test, place);
    }

    /// Reads from the start.
    pub(super) fn reader(&self) -> TestReader<'_> {
        TestReader { places: self.places.iter(), others: self.others.iter(), seen: Seen::default() }
    }
}

/// Reads tests in the order in which they were written.
pub(super) struct TestReader<'s> {
    places: std::slice::Iter<'s, u8>,
    others: std::slice::Iter<'s, u16>,
    seen: Seen,
}

impl TestReader<'_> {
    /// The next test, which stands behind `before`; there are `n_tests`.
    pub(super) fn next(&mut self, before: Option<TestId>, n_tests: usize) -> Result<TestId, Damaged> {
        let place = *self.places.next().ok_or(Damaged)?;
        let known = (place != NEW && place != OTHER).then(|| usize::from(place) - 1);
        let test = match known {
            Some(known) => *self.seen.behind(before).get(known).ok_or(Damaged)?,
            None if place == NEW => self.seen.next,
            None => *self.others.next().ok_or(Damaged)?,
        };
        if usize::from(test) >= n_tests {
            return Err(Damaged);
        }
        self.seen.note(before, test, known);
        Ok(test)
    }
}
