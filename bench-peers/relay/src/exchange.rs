//! Couples who leave records for each other over HTTP and fetch them: one of the two stores, then the other fetches what was
//! stored, then it is the other's turn. Everybody goes on as soon as they are answered.

use std::time::{Duration, Instant};

use hyper::StatusCode;
use tokio::task::{JoinSet, LocalSet};

use crate::contestant::Contestant;
use crate::couple::{MARK, PAYLOAD};
use crate::end::{self, End};

#[derive(Clone, Copy)]
pub struct Load {
    pub couples: u32,
    /// Records with one request.
    pub together: usize,
    pub seconds: u64,
}

/// What came of one way to spend the time.
#[derive(Default)]
pub struct Seen {
    pub per_core_second: f64,
    pub per_second: f64,
    /// From the request to store until the answer.
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub n_refused: usize,
}

pub struct Both {
    /// Records that were stored and that the other has fetched.
    pub fetched: Seen,
    /// Records that were stored, and nothing else was asked.
    pub stored: Seen,
}

pub async fn run(contestant: &Contestant, load: Load) -> Both {
    LocalSet::new().run_until(run_local(contestant, load)).await
}

async fn run_local(contestant: &Contestant, load: Load) -> Both {
    let mut couples = Vec::new();
    for couple in 0..load.couples {
        couples.push(end::couple(contestant, couple).await);
    }
    let warm_up = Load { seconds: 3, ..load };
    let (_, couples) = spend(contestant, couples, warm_up, true).await;
    let (fetched, couples) = spend(contestant, couples, load, true).await;
    let (stored, _) = spend(contestant, couples, load, false).await;
    Both { fetched, stored }
}

async fn spend(
    contestant: &Contestant,
    couples: Vec<[End; 2]>,
    load: Load,
    fetches: bool,
) -> (Seen, Vec<[End; 2]>) {
    let (before, begun) = (contestant.processor_time(), Instant::now());
    let latest = begun + Duration::from_secs(load.seconds);
    let mut turns = JoinSet::new();
    for couple in couples {
        turns.spawn_local(take_turns(couple, load.together, latest, fetches));
    }
    let (mut couples, mut all) = (Vec::new(), Tally::default());
    while let Some(done) = turns.join_next().await {
        let (couple, tally) = done.expect("nobody stops halfway");
        couples.push(couple);
        all.n_records += tally.n_records;
        all.n_refused += tally.n_refused;
        all.delays.extend(tally.delays);
    }
    let (spent, took) = (contestant.processor_time() - before, begun.elapsed());
    all.delays.sort_unstable();
    let at = |part: f64| {
        let place = (all.delays.len() as f64 * part) as usize;
        all.delays.get(place).map_or(f64::NAN, |delay| delay.as_secs_f64() * 1e3)
    };
    let seen = Seen {
        per_core_second: all.n_records as f64 / spent.as_secs_f64(),
        per_second: all.n_records as f64 / took.as_secs_f64(),
        p50_ms: at(0.5),
        p99_ms: at(0.99),
        n_refused: all.n_refused,
    };
    (seen, couples)
}

#[derive(Default)]
struct Tally {
    n_records: usize,
    n_refused: usize,
    delays: Vec<Duration>,
}

async fn take_turns(
    mut couple: [End; 2],
    together: usize,
    latest: Instant,
    fetches: bool,
) -> ([End; 2], Tally) {
    let mut tally = Tally::default();
    let mut side = 0_u8;
    while Instant::now() < latest {
        let payloads = vec![payload(side); together];
        let begun = Instant::now();
        while let Err(status) = couple[usize::from(side)].store(&payloads).await {
            tally.refuse(status);
        }
        tally.delays.push(begun.elapsed());
        side = 1 - side;
        if fetches {
            let fetched = loop {
                match couple[usize::from(side)].fetch(together).await {
                    Ok(fetched) => break fetched,
                    Err(status) => tally.refuse(status),
                }
            };
            assert_eq!(fetched, payloads, "what was stored is there");
        }
        tally.n_records += together;
    }
    (couple, tally)
}

impl Tally {
    fn refuse(&mut self, status: StatusCode) {
        self.n_refused += 1;
        assert!(self.n_refused < 100, "the relay says {status} again and again");
    }
}

fn payload(side: u8) -> Vec<u8> {
    let mut payload = vec![side; PAYLOAD];
    payload[..MARK.len()].copy_from_slice(&MARK);
    payload
}
