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

/// A browser that runs no script can make a vault, save a backup and send it back: forms, redirects and files do.
#[tokio::test]
async fn everything_about_the_vault_works_without_a_script() -> anyhow::Result<()> {
    let shell = NativeShell::start().await?;
    let entered = ask(&shell, "GET", shell.entry.trim_start_matches(&shell.origin), "", &[]).await?;
    let cookie = header(&entered, "set-cookie").context("a cookie")?;
    let head = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap_or_default());
    let form = format!("{head}Content-Type: application/x-www-form-urlencoded\r\n");
    let made = b"passphrase=three+green+chairs&again=three+green+chairs";
    let answer = ask(&shell, "POST", "/door/make", &form, made).await?;
    ensure!(header(&answer, "location").as_deref() == Some("/door/kit"), "sent on to the recovery words");
    let answer = ask(&shell, "POST", "/door/kit", &form, b"later=yes").await?;
    ensure!(header(&answer, "location").as_deref() == Some("/door"), "sent on");
    let inside = ask(&shell, "GET", "/door", &head, &[]).await?;
    ensure!(text(&inside).contains("You skipped the check"), "what was done is said on the next page");
    let answer = ask(&shell, "POST", "/keep/backup", &form, b"").await?;
    let name = header(&answer, "content-disposition").context("a file")?;
    ensure!(
        name.starts_with("attachment; filename=\"notes-"),
        "the file is saved under a neutral name: {name}"
    );
    let mut body =
        b"--cut\r\nContent-Disposition: form-data; name=\"verify-passphrase\"\r\n\r\nthree green chairs\r\n\
        --cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"notes\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(body_of(&answer));
    body.extend_from_slice(b"\r\n--cut--\r\n");
    let files = format!("{head}Content-Type: multipart/form-data; boundary=cut\r\n");
    let answer = ask(&shell, "POST", "/keep/verify", &files, &body).await?;
    ensure!(text(&answer).contains("This backup is good"), "a file that is sent arrives whole");
    Ok(())
}

async fn ask(shell: &NativeShell, way: &str, path: &str, head: &str, body: &[u8]) -> anyhow::Result<Vec<u8>> {
    let host = shell.origin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await?;
    let start = format!(
        "{way} {path} HTTP/1.1\r\nHost: {host}\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(start.as_bytes()).await?;
    stream.write_all(body).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

fn header(answer: &[u8], name: &str) -> Option<String> {
    let head = text(answer);
    let lines = head.lines().take_while(|line| !line.is_empty());
    let found =
        lines.filter_map(|line| line.split_once(':')).find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().to_owned())
}

fn body_of(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |at| at + 4);
    &answer[end..]
}

fn text(answer: &[u8]) -> String {
    String::from_utf8_lossy(answer).into_owned()
}
