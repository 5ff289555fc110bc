//! The native shell answers only the browser it was opened in.

use amends_browser_tests::NativeShell;
use anyhow::{Context as _, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(crate) async fn strangers_are_refused(shell: &NativeShell) -> anyhow::Result<()> {
    let host = shell.origin.trim_start_matches("http://");
    let used_key = shell.entry.trim_start_matches(&shell.origin).to_owned();
    for (what, head) in [
        ("no cookie", format!("GET / HTTP/1.1\r\nHost: {host}\r\n")),
        ("a key that was used", format!("GET {used_key} HTTP/1.1\r\nHost: {host}\r\n")),
        ("another name for this computer", "GET / HTTP/1.1\r\nHost: evil.example\r\n".to_owned()),
        (
            "a page of others",
            format!(
                "POST /live HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n"
            ),
        ),
    ] {
        let mut stream = TcpStream::connect(host).await?;
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let status = answer.lines().next().context("no answer")?;
        ensure!(status.contains("403"), "{what}: {status}");
        ensure!(!answer.contains("<html"), "{what}: no page is shown");
        ensure!(answer.to_lowercase().contains("cache-control: no-store"), "{what}: nothing is cached");
    }
    Ok(())
}
