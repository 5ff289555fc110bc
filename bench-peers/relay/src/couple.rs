//! The clients.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::contestant::Contestant;

pub const PAYLOAD: usize = 480;
pub const MARK: [u8; 8] = *b"\xffamends\xfe";

#[derive(Clone, Copy)]
pub struct Load {
    pub couples: u32,
    /// Messages a second, of all couples together.
    pub rate: u32,
    pub seconds: u32,
}

pub struct Seen {
    pub arrived_percent: f64,
    pub per_core_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Writer = futures_util::stream::SplitSink<Socket, Message>;

async fn open(contestant: &Contestant, couple: u32) -> Socket {
    let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
    let address = contestant.address(couple);
    let connected = tokio_tungstenite::connect_async_with_config(address, Some(config), true).await;
    let (mut socket, _) = connected.expect("the relay answers");
    for step in contestant.greeting(couple) {
        socket.send(Message::Binary(step.into())).await.expect("it can be sent");
        let answer = tokio::time::timeout(Duration::from_secs(20), socket.next()).await;
        assert!(
            answer.is_ok_and(|answer| answer.is_some_and(|answer| answer.is_ok())),
            "an answer to the greeting"
        );
    }
    socket
}

/// Sockets that say and hear nothing.
pub async fn idle(contestant: &Contestant, n_sockets: u32) -> Vec<Socket> {
    let mut sockets = Vec::new();
    for n in 0..n_sockets {
        sockets.push(open(contestant, n / 2).await);
    }
    sockets
}

pub async fn run(contestant: &Contestant, load: Load) -> Seen {
    LocalSet::new().run_until(run_local(contestant, load)).await
}

async fn run_local(contestant: &Contestant, load: Load) -> Seen {
    let begun = Instant::now();
    // Microseconds from sending to arrival.
    let delays: Rc<RefCell<Vec<u32>>> = Rc::default();
    let mut writers: Vec<[Writer; 2]> = Vec::new();
    for couple in 0..load.couples {
        let mut pair = Vec::new();
        for side in 0..2_u8 {
            let (writer, mut reader) = open(contestant, couple).await.split();
            pair.push(writer);
            let delays = Rc::clone(&delays);
            let kind = contestant.kind;
            tokio::task::spawn_local(async move {
                while let Some(Ok(message)) = reader.next().await {
                    let bytes = message.into_data();
                    let Some(payload) = kind.payload_in(&bytes, &MARK) else { continue };
                    if payload[8] == side {
                        continue;
                    }
                    let sent = u64::from_be_bytes(payload[9..17].try_into().expect("eight bytes"));
                    let delay = begun.elapsed().as_micros() as u64 - sent;
                    delays.borrow_mut().push(u32::try_from(delay).unwrap_or(u32::MAX));
                }
            });
        }
        writers.push(pair.try_into().unwrap_or_else(|_| unreachable!("two sides")));
    }
    // Warm up, so that just-in-time compilers are not measured at their start.
    let mut numbers = vec![[0_u32; 2]; load.couples as usize];
    let mut next = 0_usize;
    send(contestant, &mut writers, &mut numbers, &mut next, load.rate, 3, begun).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    delays.borrow_mut().clear();
    let before = contestant.processor_time();
    let n_sent =
        send(contestant, &mut writers, &mut numbers, &mut next, load.rate, load.seconds, begun).await;
    let latest = Instant::now() + Duration::from_secs(20);
    while delays.borrow().len() < n_sent && Instant::now() < latest {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let spent = contestant.processor_time() - before;
    let mut delays = delays.borrow().clone();
    delays.sort_unstable();
    let at = |part: f64| {
        delays.get((delays.len() as f64 * part) as usize).map_or(f64::NAN, |us| f64::from(*us) / 1e3)
    };
    Seen {
        arrived_percent: 100.0 * delays.len() as f64 / n_sent as f64,
        per_core_second: delays.len() as f64 / spent.as_secs_f64(),
        p50_ms: at(0.5),
        p99_ms: at(0.99),
    }
}

async fn send(
    contestant: &Contestant,
    writers: &mut [[Writer; 2]],
    numbers: &mut [[u32; 2]],
    next: &mut usize,
    rate: u32,
    seconds: u32,
    begun: Instant,
) -> usize {
    const TICK: Duration = Duration::from_millis(5);
    let start = Instant::now();
    let (mut n_sent, total) = (0_usize, (rate * seconds) as usize);
    while n_sent < total {
        let due = ((start.elapsed() + TICK).as_secs_f64() * f64::from(rate)) as usize;
        while n_sent < due.min(total) {
            let (couple, side) = ((*next / 2) % writers.len(), *next % 2);
            *next += 1;
            let mut payload = vec![side as u8; PAYLOAD];
            payload[..8].copy_from_slice(&MARK);
            payload[9..17].copy_from_slice(&(begun.elapsed().as_micros() as u64).to_be_bytes());
            let number = &mut numbers[couple][side];
            let message = contestant.message(couple as u32, side as u8, *number, &payload);
            *number += 1;
            n_sent += 1;
            writers[couple][side].send(Message::Binary(message.into())).await.expect("it can be sent");
        }
        tokio::time::sleep(TICK).await;
    }
    n_sent
}
