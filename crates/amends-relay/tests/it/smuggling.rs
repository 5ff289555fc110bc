//! Requests that two programs would read in two ways, and requests that are none.

use std::net::SocketAddr;

use amends_wire::ClientFrame;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{HELLO, Socket, box_, call};
use crate::running::{Within, folder, settings};

/// Everything that comes back on one connection after these bytes, until the relay ends it.
async fn answers(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the relay answers");
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let reading = tokio::time::timeout(std::time::Duration::from_secs(30), stream.read_to_end(&mut answer));
    let _ = reading.await.expect("it does not wait for ever");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_second_request_hidden_in_a_body_is_never_answered() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let hidden = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
    let with_both = |first: &str, second: &str| {
        format!("POST /v1/call HTTP/1.1\r\nhost: x\r\n{first}{second}\r\n0\r\n\r\n{hidden}")
    };
    let length = format!("content-length: {}\r\n", 5 + hidden.len());
    for request in [
        with_both(&length, "transfer-encoding: chunked\r\n"),
        with_both("transfer-encoding: chunked\r\n", &length),
        with_both(&length, "Transfer-Encoding : chunked\r\n"),
        with_both(&length, "transfer-encoding: xchunked\r\n"),
        with_both(&length, "transfer-encoding:\tchunked\r\n"),
        with_both("transfer-encoding: chunked\r\n", "transfer-encoding: identity\r\n"),
        with_both("content-length: 5\r\n", &format!("content-length: {}\r\n", 5 + hidden.len())),
        with_both("content-length: 5, 6\r\n", ""),
        with_both("content-length: +5\r\n", ""),
        with_both("content-length: 0x5\r\n", ""),
    ] {
        let answer = answers(relay.address, request.as_bytes()).await;
        assert!(!answer.contains("200 OK"), "{request:?}: {answer}");
        assert!(answer.matches("HTTP/1.1").count() <= 1, "{request:?}: {answer}");
    }
    relay.stop().await;
}

#[tokio::test]
async fn what_is_no_request_is_refused_at_once() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    for request in [
        "POST /v1/call HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
        "POST /v1/call HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "GET /health HTTP/1.1\r\nhost: x\r\n folded: yes\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let answer = answers(relay.address, request.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{request:?}: {answer}");
    }
    let long = format!("GET /health HTTP/1.1\r\nhost: x\r\nlong: {}\r\n\r\n", "x".repeat(1 << 20));
    let many = format!("GET /health HTTP/1.1\r\nhost: x\r\n{}\r\n", "a: b\r\n".repeat(10_000));
    for request in [long, many] {
        let answer = answers(relay.address, request.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{}", &answer[..answer.len().min(80)]);
    }
    // Everybody else is served.
    let mut ana = Socket::open(relay.address).await;
    assert!(matches!(ana.ask(&box_(1).create()).await, amends_wire::ServerFrame::Done { .. }));
    assert_eq!(call(relay.address, &[HELLO, ClientFrame::Ping]).await.len(), 2);
    relay.stop().await;
}
