//! A relay that runs, and how to speak with it.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use amends_wire::{ClientFrame, MailboxId, Rid, Sealed, Seq, ServerFrame, Token, VERSION};

use crate::process;

#[derive(Clone, Copy)]
pub enum Kind {
    Amends {
        threads: u8,
    },
    /// Over HTTP only: it has no sockets.
    Atuin,
    YWebsocket,
    Hocuspocus,
}

/// Why nobody asks atuin-server for what only sockets need.
const NO_SOCKETS: &str = "atuin-server has no sockets";

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Amends { threads: 1 } => "amends-relay, 1 thread",
            Self::Amends { .. } => "amends-relay, 2 threads",
            Self::Atuin => "atuin-server 18.24.4",
            Self::YWebsocket => "y-websocket 2.1.0",
            Self::Hocuspocus => "@hocuspocus/server 3.4.4",
        }
    }

    /// The payload in what arrived, if it is a message of the other side.
    pub fn payload_in<'a>(self, arrived: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
        if self.is_amends() {
            // Kind 2 is a record.
            (arrived.get(1) == Some(&2)).then_some(())?;
            debug_assert!(ServerFrame::from_bytes(arrived).is_ok());
        }
        let at = arrived.windows(mark.len()).position(|window| window == mark)?;
        Some(&arrived[at..])
    }

    fn is_amends(self) -> bool {
        matches!(self, Self::Amends { .. })
    }
}

pub struct Contestant {
    pub kind: Kind,
    pub port: u16,
    child: Child,
    folder: std::path::PathBuf,
}

impl Contestant {
    pub fn start(kind: Kind, relay: &Path, peers: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("a port").port();
        let folder = std::env::temp_dir().join(format!("relay-bench-{port}"));
        let mut command = match kind {
            Kind::Amends { threads } => {
                let mut command = Command::new(relay);
                command.args(["serve", "--open", "--burst", "1000000", "--per-minute", "60000"]);
                command.args(["--new-per-minute", "60000", "--threads", &threads.to_string()]);
                command.args(["--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(&folder);
                command
            }
            Kind::Atuin => {
                std::fs::create_dir_all(&folder).expect("a folder can be made");
                let mut command = Command::new(peers.join("bin/atuin-server"));
                command.args(["start", "--host", "127.0.0.1", "--port", &port.to_string()]);
                command.env("ATUIN_CONFIG_DIR", &folder).env("ATUIN_OPEN_REGISTRATION", "true");
                command.env("ATUIN_DB_URI", format!("sqlite://{}", folder.join("atuin.db").display()));
                command
            }
            Kind::YWebsocket => {
                let mut command = Command::new("node");
                command.arg(peers.join("node_modules/y-websocket/bin/server.cjs"));
                command
            }
            Kind::Hocuspocus => {
                let mut command = Command::new("node");
                command.arg(peers.join("hocuspocus.mjs"));
                command
            }
        };
        command.env("PORT", port.to_string()).env("HOST", "127.0.0.1").current_dir(peers);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the relay starts");
        let contestant = Self { kind, port, child, folder };
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::park_timeout(Duration::from_millis(20));
        }
        contestant
    }

    pub fn processor_time(&self) -> Duration {
        process::processor_time(self.child.id())
    }

    pub fn resident_kib(&self) -> u64 {
        process::resident_kib(self.child.id())
    }

    pub fn address(&self, couple: u32) -> String {
        let path = match self.kind {
            Kind::Amends { .. } => "v1/ws".to_owned(),
            Kind::Atuin => unreachable!("{NO_SOCKETS}"),
            Kind::YWebsocket => format!("couple-{couple}"),
            Kind::Hocuspocus => String::new(),
        };
        format!("ws://127.0.0.1:{}/{path}", self.port)
    }

    /// What a client says first, step by step; each is followed by at least one answer.
    pub fn greeting(&self, couple: u32) -> Vec<Vec<u8>> {
        match self.kind {
            Kind::Amends { .. } => {
                let [hello, create] = mailbox_made(couple);
                let (mailbox, read, _) = mailbox(couple);
                let sub = ClientFrame::Sub { mailbox, read, after: Seq::START };
                [hello, create, sub].iter().map(ClientFrame::to_bytes).collect()
            }
            Kind::Atuin => unreachable!("{NO_SOCKETS}"),
            // Sync step 1 with an empty state.
            Kind::YWebsocket => vec![vec![0, 0, 1, 0]],
            Kind::Hocuspocus => {
                let name = document(couple);
                let token = [&name[..], &[2, 0, 1, b'x']].concat();
                vec![token, [&name[..], &[0, 0, 1, 0]].concat()]
            }
        }
    }

    /// Message number `n` of one side of a couple.
    pub fn message(&self, couple: u32, side: u8, n: u32, payload: &[u8]) -> Vec<u8> {
        if self.kind.is_amends() {
            return record(couple, side, n, payload).to_bytes();
        }
        let update = yjs_update(couple * 2 + u32::from(side) + 1, n, payload);
        let name = if matches!(self.kind, Kind::Hocuspocus) { document(couple) } else { Vec::new() };
        let mut message = [&name[..], &[0, 2]].concat();
        varint(&mut message, update.len() as u32);
        message.extend_from_slice(&update);
        message
    }
}

impl Drop for Contestant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What makes the mailbox of a couple.
pub fn mailbox_made(couple: u32) -> [ClientFrame; 2] {
    let (mailbox, read, append) = mailbox(couple);
    let (read_hash, append_hash) = (read.hash(), append.hash());
    let create = ClientFrame::Create { mailbox, read_hash, append_hash, invite: None };
    [ClientFrame::Hello { version: VERSION }, create]
}

/// Record number `n` of one side of a couple.
pub fn record(couple: u32, side: u8, n: u32, payload: &[u8]) -> ClientFrame {
    let (mailbox, _, append) = mailbox(couple);
    let mut rid = [side; 16];
    rid[..4].copy_from_slice(&couple.to_be_bytes());
    rid[4..8].copy_from_slice(&n.to_be_bytes());
    ClientFrame::Pub { mailbox, append, rid: Rid(rid), bytes: Sealed(payload.to_vec()) }
}

/// Name, token to read and token to append.
pub fn mailbox(couple: u32) -> (MailboxId, Token, Token) {
    let bytes = |kind: u8| {
        let mut bytes = [kind; 32];
        bytes[..4].copy_from_slice(&couple.to_be_bytes());
        bytes
    };
    (MailboxId(bytes(1)), Token(bytes(2)), Token(bytes(3)))
}

fn document(couple: u32) -> Vec<u8> {
    let name = format!("couple-{couple}");
    [&[name.len() as u8], name.as_bytes()].concat()
}

/// One more element in a shared list of Yjs (update format 1): bytes, after the last one of the same client.
fn yjs_update(client: u32, clock: u32, payload: &[u8]) -> Vec<u8> {
    const BYTES: u8 = 3;
    const HAS_LEFT: u8 = 0x80;
    let mut update = vec![1, 1];
    varint(&mut update, client);
    varint(&mut update, clock);
    if clock == 0 {
        update.extend_from_slice(&[BYTES, 1, 1, b'l']);
    } else {
        update.push(BYTES | HAS_LEFT);
        varint(&mut update, client);
        varint(&mut update, clock - 1);
    }
    varint(&mut update, payload.len() as u32);
    update.extend_from_slice(payload);
    update.push(0);
    update
}

fn varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
