//! Hours of use in minutes: writers, listeners and snapshots against the real program, which is killed or stopped again and
//! again. Ends with an error at the first record that was acknowledged and is not there, the first gap, and too much memory.
//!
//!     cargo build --release -p amends-relay
//!     cargo run --release -p amends-relay --example soak -- target/release/amends-relay 10

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use amends_wire::{ClientFrame, MailboxId, Rid, Sealed, Seq, ServerFrame, Token, VERSION};
use anyhow::{Context, ensure};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

const COUPLES: u32 = 24;
/// Most resident memory, in KiB.
const MOST_MEMORY: u64 = 250_000;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What one writer knows of its mailbox.
#[derive(Debug, Default)]
struct Couple {
    /// Names of acknowledged records by place, from the last snapshot on.
    acknowledged: BTreeMap<u64, Rid>,
    /// Sent, with its answer lost.
    unknown: Option<u64>,
    next: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().context("which program?")?;
    let minutes: u64 = arguments.next().context("how many minutes?")?.parse()?;
    let until = Instant::now() + Duration::from_secs(60 * minutes.clamp(1, 600));
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let mut couples: Vec<Couple> = (0..COUPLES).map(|_| Couple::default()).collect();
    let (mut n_rounds, mut most_memory) = (0_u64, 0);
    while Instant::now() < until {
        let (mut relay, address) = start(&program, &data).await?;
        for (n, couple) in (0..).zip(&couples) {
            verify(address, n, couple).await.with_context(|| format!("mailbox {n}, round {n_rounds}"))?;
        }
        let using: Vec<_> =
            (0..).zip(couples).map(|(n, couple)| tokio::spawn(use_it(address, n, couple))).collect();
        let listening: Vec<_> = (0..COUPLES).map(|n| tokio::spawn(listen(address, n))).collect();
        tokio::time::sleep(Duration::from_millis(500 + n_rounds * 7_919 % 6_000)).await;
        most_memory = most_memory.max(resident_kib(&relay));
        match n_rounds % 3 {
            0 => {
                let pid = relay.id().context("it runs")?.to_string();
                Command::new("kill").args(["-TERM", &pid]).status().await?;
                ensure!(relay.wait().await?.success(), "an orderly stop");
            }
            _ => relay.kill().await?,
        }
        couples = Vec::new();
        for task in using {
            couples.push(task.await??);
        }
        for task in listening {
            task.await??;
        }
        n_rounds += 1;
    }
    let n_sent: u64 = couples.iter().map(|couple| couple.next).sum();
    println!("{n_rounds} rounds, {n_sent} records, nothing lost; at most {most_memory} KiB of memory");
    ensure!(most_memory < MOST_MEMORY, "too much memory");
    Ok(())
}

async fn start(program: &str, data: &Path) -> anyhow::Result<(Child, SocketAddr)> {
    let mut child = Command::new(program)
        .args([
            "serve",
            "--open",
            "--listen",
            "127.0.0.1:0",
            "--burst",
            "1000000",
            "--per-minute",
            "60000",
            "--data",
        ])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line).await?;
    let address = line.split(' ').nth(2).context("where it listens")?.parse()?;
    Ok((child, address))
}

fn resident_kib(child: &Child) -> u64 {
    let status = child.id().and_then(|pid| std::fs::read_to_string(format!("/proc/{pid}/status")).ok());
    let line = status.iter().flat_map(|status| status.lines()).find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

fn mailbox(n: u32) -> (MailboxId, Token, Token) {
    let bytes = |kind: u8| [&n.to_be_bytes()[..], &[kind; 28]].concat().try_into().expect("32 bytes");
    (MailboxId(bytes(1)), Token(bytes(2)), Token(bytes(3)))
}

fn name(number: u64) -> Rid {
    Rid([number.to_be_bytes(), [7; 8]].concat().try_into().expect("16 bytes"))
}

/// Opens, says hello, makes the mailbox. An error means that the relay was ended meanwhile.
async fn open(address: SocketAddr, n: u32) -> anyhow::Result<Socket> {
    let (mut socket, _) = tokio_tungstenite::connect_async(format!("ws://{address}/v1/ws")).await?;
    let (mailbox, read, append) = mailbox(n);
    let create =
        ClientFrame::Create { mailbox, read_hash: read.hash(), append_hash: append.hash(), invite: None };
    for frame in [ClientFrame::Hello { version: VERSION }, create] {
        say(&mut socket, &frame).await?;
        hear(&mut socket).await?;
    }
    Ok(socket)
}

async fn say(socket: &mut Socket, frame: &ClientFrame) -> anyhow::Result<()> {
    Ok(socket.send(Message::Binary(frame.to_bytes().into())).await?)
}

async fn hear(socket: &mut Socket) -> anyhow::Result<ServerFrame> {
    loop {
        match socket.next().await.context("ended")?? {
            Message::Binary(bytes) => return Ok(ServerFrame::from_bytes(&bytes)?),
            Message::Close(_) => anyhow::bail!("closed"),
            _ => {}
        }
    }
}

/// Writes until the relay ends, with a snapshot now and then.
async fn use_it(address: SocketAddr, n: u32, mut couple: Couple) -> anyhow::Result<Couple> {
    let Ok(mut socket) = open(address, n).await else { return Ok(couple) };
    let (mailbox, _, append) = mailbox(n);
    loop {
        // A record whose answer was lost is sent again under its name.
        let number = couple.unknown.unwrap_or(couple.next);
        couple.next = couple.next.max(number + 1);
        couple.unknown = Some(number);
        let len = 200 + (number as usize * 37) % 3_000;
        let bytes = Sealed(number.to_be_bytes().into_iter().cycle().take(len).collect());
        let publish = ClientFrame::Pub { mailbox, append, rid: name(number), bytes };
        if say(&mut socket, &publish).await.is_err() {
            return Ok(couple);
        }
        match hear(&mut socket).await {
            Ok(ServerFrame::Ack { rid, seq }) => {
                ensure!(rid == name(number), "the answer is to another record");
                let before = couple.acknowledged.insert(seq.0, rid);
                ensure!(before.is_none_or(|before| before == rid), "two records at one place");
                couple.unknown = None;
            }
            Ok(other) => anyhow::bail!("{other:?}"),
            Err(_) => return Ok(couple),
        }
        if couple.acknowledged.len() > 400 {
            let up_to = *couple.acknowledged.keys().nth(300).expect("there are more");
            let drop_to = ClientFrame::Drop { mailbox, append, up_to: Seq(up_to) };
            couple.acknowledged = couple.acknowledged.split_off(&(up_to + 1));
            if say(&mut socket, &drop_to).await.is_err() || hear(&mut socket).await.is_err() {
                return Ok(couple);
            }
        }
    }
}

/// Listens from the start until the relay ends: places only go up.
async fn listen(address: SocketAddr, n: u32) -> anyhow::Result<()> {
    let Ok(mut socket) = open(address, n).await else { return Ok(()) };
    let (mailbox, read, _) = mailbox(n);
    let (mut last, mut live) = (None, false);
    let _ = say(&mut socket, &ClientFrame::Sub { mailbox, read, after: Seq::START }).await;
    while let Ok(frame) = hear(&mut socket).await {
        match frame {
            ServerFrame::Rec { seq, .. } => {
                let expected = last.map(|last: Seq| last.next());
                let in_order = match expected {
                    Some(expected) if live => seq == expected,
                    Some(expected) => seq >= expected,
                    None => true,
                };
                ensure!(in_order, "mailbox {n}: {seq:?} after {last:?}");
                last = Some(seq);
            }
            ServerFrame::UpToDate { seq, .. } => (last, live) = (Some(seq), true),
            other => anyhow::bail!("{other:?}"),
        }
    }
    Ok(())
}

/// Everything that was acknowledged is at its place.
async fn verify(address: SocketAddr, n: u32, couple: &Couple) -> anyhow::Result<()> {
    let mut socket = open(address, n).await?;
    let (mailbox, read, _) = mailbox(n);
    say(&mut socket, &ClientFrame::Sub { mailbox, read, after: Seq::START }).await?;
    let mut there = BTreeMap::new();
    while let ServerFrame::Rec { seq, rid, .. } = hear(&mut socket).await? {
        there.insert(seq.0, rid);
    }
    for (place, rid) in &couple.acknowledged {
        ensure!(there.get(place) == Some(rid), "place {place} was acknowledged and is not there");
    }
    Ok(())
}
