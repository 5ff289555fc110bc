//! What the operator sees, and what others do not.

use crate::client::{Socket, box_, request};
use crate::running::{Program, folder, program};

fn free_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").to_string()
}

#[tokio::test]
async fn metrics_are_sums_and_only_on_their_own_address() {
    let folder = folder();
    let operator = free_port();
    let relay = Program::start(folder.path(), &["--metrics", &operator]);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&box_(1).create()).await;
    ana.ask(&box_(1).publish(1, vec![1])).await;
    let health = request(relay.address, "GET /health HTTP/1.1", b"").await;
    assert_eq!((health.status, &health.body[..]), (200, &b"ok\n"[..]));
    assert_eq!(request(relay.address, "GET /metrics HTTP/1.1", b"").await.status, 404, "not for clients");
    let answer = request(operator.parse().unwrap(), "GET /metrics HTTP/1.1", b"").await;
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.contains("amends_relay_connections 1\n"), "{text}");
    assert!(text.contains("amends_relay_records_total 1\n"), "{text}");
    for (line, word) in text.lines().zip(std::iter::repeat("127.0.0.1")) {
        assert!(!line.contains(word) && (line.starts_with('#') || line.len() < 80), "{line}");
    }
    relay.stop();
}

#[tokio::test]
async fn an_orderly_stop_says_goodbye_and_leaves_one_file() {
    let folder = folder();
    let relay = Program::start(folder.path(), &[]);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&box_(1).create()).await;
    let stopping = tokio::task::spawn_blocking(move || relay.stop());
    match ana.next().await {
        Err(Some(close)) => assert_eq!(u16::from(close.code), 1012, "restarting: come back"),
        other => panic!("{other:?}"),
    }
    stopping.await.unwrap();
    let log = std::fs::metadata(folder.path().join("relay.sqlite-wal"));
    assert!(log.is_err() || log.is_ok_and(|log| log.len() == 0), "a copy of one file is a backup");
}

#[test]
fn files_are_for_their_owner_alone_and_there_is_no_default_secret() {
    let folder = folder();
    let data = folder.path().join("data");
    let relay = Program::start(&data, &[]);
    relay.stop();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700);
        assert_eq!(mode(&data.join("relay.sqlite")), 0o600);
    }
    let output = program().arg("serve").env_clear().output().unwrap();
    assert!(!output.status.success(), "a folder must be named");
    let invites: Vec<_> =
        (0..2).map(|_| program().args(["invite", "--data"]).arg(&data).output().unwrap().stdout).collect();
    assert_eq!(invites[0].len(), 65);
    assert_ne!(invites[0], invites[1]);
}

#[tokio::test]
async fn a_relay_with_a_certificate_speaks_tls_only() {
    let folder = folder();
    let pem = include_str!("../files/localhost.pem");
    let file = folder.path().join("localhost.pem");
    std::fs::write(&file, pem).unwrap();
    let name = file.to_str().unwrap();
    let relay = Program::start(&folder.path().join("data"), &["--cert", name, "--key", name]);
    let stream = tokio::net::TcpStream::connect(relay.address).await.unwrap();
    let mut roots = tokio_rustls::rustls::RootCertStore::empty();
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let provider = std::sync::Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = tokio_rustls::rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(std::sync::Arc::new(config));
    let name = ServerName::try_from("localhost").unwrap();
    let stream = connector.connect(name, stream).await.unwrap();
    let (mut socket, _) = tokio_tungstenite::client_async("ws://localhost/v1/ws", stream).await.unwrap();
    use futures_util::{SinkExt, StreamExt};
    let hello = crate::client::HELLO.to_bytes();
    socket.send(tokio_tungstenite::tungstenite::Message::Binary(hello.into())).await.unwrap();
    assert!(socket.next().await.unwrap().unwrap().is_binary());
    let plain = tokio::net::TcpStream::connect(relay.address).await.unwrap();
    assert!(tokio_tungstenite::client_async("ws://localhost/v1/ws", plain).await.is_err());
    drop(socket);
    relay.stop();
    let broken = program()
        .args(["serve", "--data"])
        .arg(folder.path().join("data"))
        .args(["--listen", "127.0.0.1:0", "--cert", "/none", "--key", "/none"])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&broken.stderr).contains("/none"), "it says which file");
}
