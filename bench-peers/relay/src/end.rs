//! One of two who leave records for each other over HTTP: how that is asked of our relay, and how of atuin-server.

use amends_wire::{ClientFrame, Seq, ServerFrame, VERSION};
use data_encoding::BASE64URL_NOPAD;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use crate::contestant::{Contestant, Kind, mailbox, mailbox_made, record};
use crate::http::Line;

const CBOR: &str = "application/cbor-seq";
const JSON: &str = "application/json";

pub struct End {
    line: Line,
    is_atuin: bool,
    couple: u32,
    side: u8,
    n_stored: u32,
    /// Up to where everything of the other is known: the last place of the mailbox, or how many records of the other host.
    known: u64,
}

/// Both ends of a couple: a mailbox, or one account with two hosts.
pub async fn couple(contestant: &Contestant, couple: u32) -> [End; 2] {
    let is_atuin = matches!(contestant.kind, Kind::Atuin);
    let mut lines = [Line::open(contestant.port).await, Line::open(contestant.port).await];
    if is_atuin {
        let account = json!({
            "email": format!("couple-{couple}@example.org"),
            "username": format!("couple-{couple}"),
            "password": "as long as most of them are",
        });
        let answer = lines[0].ask(Method::POST, "/register", JSON, account.to_string().into()).await;
        let answer: Value = serde_json::from_slice(&answer.expect("a new account")).expect("JSON");
        let session = answer["session"].as_str().expect("a session");
        for line in &mut lines {
            line.authorization = Some(format!("Token {session}"));
        }
    } else {
        let body = mailbox_made(couple).iter().flat_map(ClientFrame::to_bytes).collect();
        lines[0].ask(Method::POST, "/v1/call", CBOR, body).await.expect("a new mailbox");
    }
    let mut side = 0..2;
    lines.map(|line| End { line, is_atuin, couple, side: side.next().expect("two"), n_stored: 0, known: 0 })
}

impl End {
    /// Stores so many records with one request.
    ///
    /// # Errors
    /// What the relay said instead; they can be sent again.
    pub async fn store(&mut self, payloads: &[Vec<u8>]) -> Result<(), StatusCode> {
        if self.is_atuin {
            self.store_atuin(payloads).await?
        } else {
            self.store_amends(payloads).await?
        }
        self.n_stored += payloads.len() as u32;
        Ok(())
    }

    async fn store_amends(&mut self, payloads: &[Vec<u8>]) -> Result<(), StatusCode> {
        let mut body = ClientFrame::Hello { version: VERSION }.to_bytes();
        for (n, payload) in (self.n_stored..).zip(payloads) {
            record(self.couple, self.side, n, payload).append_to(&mut body);
        }
        let answer = self.line.ask(Method::POST, "/v1/call", CBOR, body).await?;
        let places: Vec<Seq> = ServerFrame::all_from_bytes(&answer)
            .expect("frames")
            .iter()
            .filter_map(|frame| if let ServerFrame::Ack { seq, .. } = frame { Some(*seq) } else { None })
            .collect();
        assert_eq!(places.len(), payloads.len(), "each record is acknowledged");
        self.known = places.iter().map(|seq| seq.0).chain([self.known]).max().expect("one at least");
        Ok(())
    }

    async fn store_atuin(&mut self, payloads: &[Vec<u8>]) -> Result<(), StatusCode> {
        let host = json!({ "id": host(self.couple, self.side), "name": "" });
        let records: Vec<Value> = (self.n_stored..)
            .zip(payloads)
            .map(|(n, payload)| {
                json!({
                    "id": format!("{:08x}-{:04x}-7000-8000-0000{n:08x}", self.couple, self.side),
                    "idx": n,
                    "host": host,
                    "timestamp": 1_700_000_000_000_000_000_u64 + u64::from(n),
                    "version": "v0",
                    "tag": "history",
                    "data": { "data": BASE64URL_NOPAD.encode(payload), "content_encryption_key": "" },
                })
            })
            .collect();
        let body = serde_json::to_vec(&records).expect("JSON");
        self.line.ask(Method::POST, "/api/v0/record", JSON, body).await.map(drop)
    }

    /// Fetches what the other has stored since the last time.
    ///
    /// # Errors
    /// What the relay said instead; it can be asked again.
    pub async fn fetch(&mut self, at_most: usize) -> Result<Vec<Vec<u8>>, StatusCode> {
        if self.is_atuin { self.fetch_atuin(at_most).await } else { self.fetch_amends().await }
    }

    async fn fetch_amends(&mut self) -> Result<Vec<Vec<u8>>, StatusCode> {
        let (mailbox, read, _) = mailbox(self.couple);
        let mut body = ClientFrame::Hello { version: VERSION }.to_bytes();
        ClientFrame::Sub { mailbox, read, after: Seq(self.known) }.append_to(&mut body);
        let answer = self.line.ask(Method::POST, "/v1/call", CBOR, body).await?;
        let mut fetched = Vec::new();
        for frame in ServerFrame::all_from_bytes(&answer).expect("frames") {
            if let ServerFrame::Rec { seq, bytes, .. } = frame {
                self.known = seq.0;
                fetched.push(bytes.0);
            }
        }
        Ok(fetched)
    }

    async fn fetch_atuin(&mut self, at_most: usize) -> Result<Vec<Vec<u8>>, StatusCode> {
        let (other, start) = (host(self.couple, 1 - self.side), self.known);
        let path = format!("/api/v0/record/next?host={other}&tag=history&start={start}&count={at_most}");
        let answer = self.line.ask(Method::GET, &path, JSON, Vec::new()).await?;
        let records: Vec<Value> = serde_json::from_slice(&answer).expect("JSON");
        self.known += records.len() as u64;
        let sealed =
            |one: &Value| one["data"]["data"].as_str().map(str::as_bytes).unwrap_or_default().to_vec();
        Ok(records.iter().map(|one| BASE64URL_NOPAD.decode(&sealed(one)).expect("as it was sent")).collect())
    }
}

/// The name of one side's device.
fn host(couple: u32, side: u8) -> String {
    format!("{couple:08x}-0000-7000-8000-0000000000{side:02x}")
}
