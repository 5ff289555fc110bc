//! Clients: over a WebSocket, and over plain HTTP.

use std::net::SocketAddr;
use std::time::Duration;

use amends_wire::{ClientFrame, MailboxId, Rid, Sealed, Seq, ServerFrame, Token, VERSION};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Long enough for a busy machine; nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const HELLO: ClientFrame = ClientFrame::Hello { version: VERSION };

/// A mailbox and its tokens; `n` makes different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Box_ {
    pub(crate) mailbox: MailboxId,
    pub(crate) read: Token,
    pub(crate) append: Token,
}

pub(crate) fn box_(n: u32) -> Box_ {
    let bytes = |kind: u8| {
        let mut bytes = [kind; 32];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        bytes
    };
    Box_ { mailbox: MailboxId(bytes(1)), read: Token(bytes(2)), append: Token(bytes(3)) }
}

pub(crate) fn rid(n: u32) -> Rid {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&n.to_be_bytes());
    Rid(bytes)
}

impl Box_ {
    pub(crate) fn create(&self) -> ClientFrame {
        ClientFrame::Create {
            mailbox: self.mailbox,
            read_hash: self.read.hash(),
            append_hash: self.append.hash(),
            invite: None,
        }
    }

    pub(crate) fn publish(&self, n: u32, bytes: Vec<u8>) -> ClientFrame {
        ClientFrame::Pub { mailbox: self.mailbox, append: self.append, rid: rid(n), bytes: Sealed(bytes) }
    }

    pub(crate) fn sub(&self, after: u64) -> ClientFrame {
        ClientFrame::Sub { mailbox: self.mailbox, read: self.read, after: Seq(after) }
    }

    pub(crate) fn drop_to(&self, up_to: u64) -> ClientFrame {
        ClientFrame::Drop { mailbox: self.mailbox, append: self.append, up_to: Seq(up_to) }
    }
}

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects without saying anything.
    pub(crate) async fn silent(address: SocketAddr) -> Self {
        let connected = connect_async(format!("ws://{address}/v1/ws")).await;
        Self(connected.expect("the relay answers").0)
    }

    /// Connects and says hello.
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let mut socket = Self::silent(address).await;
        assert!(matches!(socket.ask(&HELLO).await, ServerFrame::Welcome { .. }));
        socket
    }

    pub(crate) async fn say(&mut self, frame: &ClientFrame) {
        self.say_raw(Message::Binary(frame.to_bytes().into())).await;
    }

    pub(crate) async fn say_raw(&mut self, message: Message) {
        self.0.send(message).await.expect("it can be sent");
    }

    /// `false`: the relay has ended the connection.
    pub(crate) async fn try_say(&mut self, frame: &ClientFrame) -> bool {
        self.0.send(Message::Binary(frame.to_bytes().into())).await.is_ok()
    }

    /// The next frame, or how the connection ended.
    pub(crate) async fn next(&mut self) -> Result<ServerFrame, Option<CloseFrame>> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("an answer in time");
            match message {
                Some(Ok(Message::Binary(bytes))) => {
                    return Ok(ServerFrame::from_bytes(&bytes).expect("a frame in its one form"));
                }
                Some(Ok(Message::Close(frame))) => return Err(frame),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    pub(crate) async fn hear(&mut self) -> ServerFrame {
        self.next().await.expect("a frame")
    }

    pub(crate) async fn ask(&mut self, frame: &ClientFrame) -> ServerFrame {
        self.say(frame).await;
        self.hear().await
    }

    /// Everything up to `UpToDate`: places with bytes, and its place and era.
    pub(crate) async fn fetch(&mut self, from: &Box_, after: u64) -> (Vec<(u64, Vec<u8>)>, ServerFrame) {
        self.say(&from.sub(after)).await;
        let mut records = Vec::new();
        loop {
            match self.hear().await {
                ServerFrame::Rec { mailbox, seq, bytes, .. } => {
                    assert_eq!(mailbox, from.mailbox);
                    records.push((seq.0, bytes.0));
                }
                end => return (records, end),
            }
        }
    }
}

/// Status, headers and body of an answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
}

/// One request on a connection of its own.
pub(crate) async fn request(address: SocketAddr, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.expect("the relay answers");
    let head =
        format!("{head}\r\nhost: relay\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.expect("it can be sent");
    // A relay that refuses early does not read to the end.
    let _ = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let reading = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes));
    let _ = reading.await.expect("an answer in time");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("headers end");
    let headers = String::from_utf8(bytes[..end].to_vec()).expect("headers are text").to_lowercase();
    let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

pub(crate) async fn call_waiting(address: SocketAddr, frames: &[ClientFrame], wait: u32) -> Vec<ServerFrame> {
    let mut body = Vec::new();
    frames.iter().for_each(|frame| frame.append_to(&mut body));
    let answer = request(address, &format!("POST /v1/call?wait={wait} HTTP/1.1"), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.headers);
    ServerFrame::all_from_bytes(&answer.body).expect("frames in their one form")
}

pub(crate) async fn call(address: SocketAddr, frames: &[ClientFrame]) -> Vec<ServerFrame> {
    call_waiting(address, frames, 0).await
}
