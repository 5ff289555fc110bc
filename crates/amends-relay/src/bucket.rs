//! So many at once, and so many more each minute (a leaky bucket in one number).

use std::time::Instant;

/// A moment on the clock that never jumps, in milliseconds since the relay started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tick(pub(crate) u64);

/// Counts [`Tick`]s.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ticker(Instant);

impl Ticker {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn now(self) -> Tick {
        Tick(u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

/// When the bucket will have run empty.
#[derive(Debug, Default)]
pub(crate) struct Bucket(u64);

impl Bucket {
    /// Takes one.
    ///
    /// # Errors
    /// Seconds after which one can be had.
    pub(crate) fn take(&mut self, now: Tick, burst: u32, per_minute: u32) -> Result<(), u32> {
        let each = 60_000 / u64::from(per_minute.max(1));
        let then = self.0.max(now.0) + each;
        let over = (then - now.0).saturating_sub(u64::from(burst) * each);
        if over > 0 {
            return Err(u32::try_from(over.div_ceil(1000)).unwrap_or(u32::MAX));
        }
        self.0 = then;
        Ok(())
    }
}

impl Bucket {
    /// Is nothing in it, so that all can be had at once?
    pub(crate) fn is_empty(&self, now: Tick) -> bool {
        self.0 <= now.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_one_a_second_then_a_burst_again() {
        let mut bucket = Bucket::default();
        let mut at = |seconds: u64| bucket.take(Tick(seconds * 1000), 300, 60);
        for _ in 0..300 {
            assert_eq!(at(0), Ok(()));
        }
        assert_eq!(at(0), Err(1));
        assert_eq!(at(1), Ok(()));
        assert_eq!(at(1), Err(1));
        for _ in 0..300 {
            assert_eq!(at(1_000), Ok(()));
        }
        assert_eq!(at(1_000), Err(1));
    }
}
