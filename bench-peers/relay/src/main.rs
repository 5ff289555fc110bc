//! Couples who write to each other through a relay; the relay's processor time and memory from `/proc`.
//!
//! Each couple has one mailbox (or document) and two sockets. Messages of 480 bytes go out at an even rate, from one socket of
//! a couple to the other. A message counts when it has arrived. Over HTTP each has a connection that stays open; a record counts
//! when it is stored and the other has fetched it.

mod contestant;
mod couple;
mod end;
mod exchange;
mod http;
mod process;

use std::path::PathBuf;
use std::time::Duration;

use contestant::{Contestant, Kind};
use tokio::runtime::Runtime;

const WITH_SOCKETS: [Kind; 4] =
    [Kind::Amends { threads: 1 }, Kind::Amends { threads: 2 }, Kind::YWebsocket, Kind::Hocuspocus];
const OVER_HTTP: [Kind; 3] = [Kind::Amends { threads: 1 }, Kind::Amends { threads: 2 }, Kind::Atuin];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let usage = "relay-bench RELAY-PROGRAM PEERS-FOLDER [load|http|idle|all] [rounds]";
    let relay = PathBuf::from(arguments.next().expect(usage));
    let peers = PathBuf::from(arguments.next().expect(usage));
    let what = arguments.next().unwrap_or_else(|| "all".to_owned());
    let rounds: usize = arguments.next().map_or(1, |rounds| rounds.parse().expect(usage));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let start = |kind| Contestant::start(kind, &relay, &peers);
    if matches!(what.as_str(), "load" | "all") {
        over_sockets(&runtime, &start, rounds);
    }
    if matches!(what.as_str(), "http" | "all") {
        over_http(&runtime, &start, rounds);
    }
    if matches!(what.as_str(), "idle" | "all") {
        idle(&runtime, &start);
    }
}

fn over_sockets(runtime: &Runtime, start: &impl Fn(Kind) -> Contestant, rounds: usize) {
    use couple::Load;
    println!("| relay | couples | sent/s | arrived | messages per core-second | p50 | p99 | load average |");
    println!("|---|---|---|---|---|---|---|---|");
    for load in [
        Load { couples: 500, rate: 3_000, seconds: 10 },
        Load { couples: 5_000, rate: 1_000, seconds: 15 },
        Load { couples: 2_000, rate: 6_000, seconds: 10 },
    ] {
        for kind in std::iter::repeat_n(WITH_SOCKETS, rounds).flatten() {
            let contestant = start(kind);
            let seen = runtime.block_on(couple::run(&contestant, load));
            println!(
                "| {} | {} | {} | {:.1} % | {:.0} | {:.1} ms | {:.0} ms | {} |",
                kind.name(),
                load.couples,
                load.rate,
                seen.arrived_percent,
                seen.per_core_second,
                seen.p50_ms,
                seen.p99_ms,
                process::load_average(),
            );
        }
    }
}

fn over_http(runtime: &Runtime, start: &impl Fn(Kind) -> Contestant, rounds: usize) {
    use exchange::Load;
    println!(
        "\n| relay over HTTP | couples | records with a request | what | records per core-second | records/s | \
         p50 | p99 | refused | load average |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for load in [
        Load { couples: 32, together: 1, seconds: 10 },
        Load { couples: 32, together: 100, seconds: 10 },
        Load { couples: 256, together: 1, seconds: 10 },
    ] {
        for kind in std::iter::repeat_n(OVER_HTTP, rounds).flatten() {
            let contestant = start(kind);
            let both = runtime.block_on(exchange::run(&contestant, load));
            for (what, seen) in [("stored and fetched", both.fetched), ("stored", both.stored)] {
                println!(
                    "| {} | {} | {} | {what} | {:.0} | {:.0} | {:.1} ms | {:.0} ms | {} | {} |",
                    kind.name(),
                    load.couples,
                    load.together,
                    seen.per_core_second,
                    seen.per_second,
                    seen.p50_ms,
                    seen.p99_ms,
                    seen.n_refused,
                    process::load_average(),
                );
            }
        }
    }
}

fn idle(runtime: &Runtime, start: &impl Fn(Kind) -> Contestant) {
    println!("\n| relay | before | with 10,000 idle sockets | per socket |\n|---|---|---|---|");
    for kind in WITH_SOCKETS {
        let contestant = start(kind);
        let before = contestant.resident_kib();
        let sockets = runtime.block_on(couple::idle(&contestant, 10_000));
        // Time to hand memory back, for those that do.
        runtime.block_on(async { tokio::time::sleep(Duration::from_secs(5)).await });
        let with = contestant.resident_kib();
        drop(sockets);
        let each = (with - before) as f64 / 10_000.0;
        println!("| {} | {before} KiB | {with} KiB | {each:.1} KiB |", kind.name());
    }
    let before = start(Kind::Atuin).resident_kib();
    println!("| {} | {before} KiB | | |", Kind::Atuin.name());
}
