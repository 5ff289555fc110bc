//! Remembers the logits of sentences that were run, so that only changed sentences are run again.
//!
//! Keys are hashes: the cache holds no text.

use std::collections::HashMap;

/// More sentences than any letter has.
const MOST: usize = 1024;

pub(crate) type Key = [u8; 32];

#[derive(Debug, Default)]
pub(crate) struct Cache {
    newer: HashMap<Key, Box<[f32]>>,
    older: HashMap<Key, Box<[f32]>>,
}

impl Cache {
    pub(crate) fn get(&mut self, key: &Key) -> Option<&[f32]> {
        if !self.newer.contains_key(key) {
            let found = self.older.remove(key)?;
            self.insert(*key, found);
        }
        self.newer.get(key).map(AsRef::as_ref)
    }

    /// Two generations: when the newer one is full, the older one is dropped.
    pub(crate) fn insert(&mut self, key: Key, value: Box<[f32]>) {
        if self.newer.len() >= MOST {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(i: usize) -> Key {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&(i as u64).to_le_bytes());
        key
    }

    #[test]
    fn keeps_what_is_used_and_stays_small() {
        let mut cache = Cache::default();
        for i in 0..5 * MOST {
            cache.insert(key(i), vec![i as f32].into());
            assert_eq!(cache.get(&key(0)), Some(&[0.0][..]), "still in use");
        }
        assert!(cache.newer.len() + cache.older.len() <= 2 * MOST);
        assert_eq!(cache.get(&key(1)), None);
    }
}
