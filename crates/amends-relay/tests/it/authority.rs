//! An authority that gives certificates, on this machine: Pebble, with a DNS of its own in which every name leads here.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::running::folder;

/// Long enough for a busy machine; nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the authority's own web server is known by.
pub(crate) const LOCALHOST: &str = include_str!("../files/localhost.pem");

pub(crate) fn free_port() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address")
}

/// Runs as long as this lives.
pub(crate) struct Authority {
    programs: Vec<Child>,
    folder: TempDir,
    listen: SocketAddr,
    management: SocketAddr,
    dns: SocketAddr,
}

impl Authority {
    /// Asks back at this port, and gives certificates for so many seconds. None where Pebble is not installed (`dev/setup` does it).
    pub(crate) async fn start(asks_at: u16, seconds: u64) -> Option<Self> {
        let folder = folder();
        let file = |name: &str| folder.path().join(name);
        std::fs::write(file("localhost.pem"), LOCALHOST).expect("a file can be written");
        let (listen, management, dns) = (free_port(), free_port(), free_port());
        let localhost = file("localhost.pem");
        let config = format!(
            r#"{{"pebble": {{"listenAddress": "{listen}", "managementListenAddress": "{management}",
                "certificate": {localhost:?}, "privateKey": {localhost:?}, "httpPort": 1, "tlsPort": {asks_at},
                "domainBlocklist": ["blocked.example.org"], "certificateValidityPeriod": {seconds}}}}}"#
        );
        std::fs::write(file("pebble.json"), config).expect("a file can be written");
        let mut programs = Vec::new();
        let mut names = Command::new("pebble-challtestsrv");
        names.args([
            "-defaultIPv4",
            "127.0.0.1",
            "-defaultIPv6",
            "",
            "-http01",
            "",
            "-https01",
            "",
            "-tlsalpn01",
            "",
        ]);
        names.args(["-dns01", &dns.to_string(), "-management", &free_port().to_string()]);
        programs.push(quietly(&mut names).ok()?);
        let mut authority = Self { programs, folder, listen, management, dns };
        authority.open().await.ok()?;
        Some(authority)
    }

    async fn open(&mut self) -> std::io::Result<()> {
        let mut pebble = Command::new("pebble");
        pebble.arg("-config").arg(self.folder.path().join("pebble.json"));
        pebble.args(["-dnsserver", &self.dns.to_string()]);
        pebble.env("PEBBLE_VA_NOSLEEP", "1").env("PEBBLE_AUTHZREUSE", "0");
        self.programs.push(quietly(&mut pebble)?);
        for address in [self.listen, self.management] {
            comes_true("the authority listens", async || TcpStream::connect(address).await.is_ok()).await;
        }
        Ok(())
    }

    /// Begins anew at the same place: with another root, and without any account.
    pub(crate) async fn forget_all(&mut self) {
        let mut pebble = self.programs.pop().expect("it runs");
        pebble.kill().expect("it can be killed");
        pebble.wait().expect("it has ended");
        self.open().await.expect("it was there before");
    }

    pub(crate) fn directory(&self) -> String {
        format!("https://localhost:{}/dir", self.listen.port())
    }

    /// By which the directory itself is known.
    pub(crate) fn web_root(&self) -> PathBuf {
        self.folder.path().join("localhost.pem")
    }

    /// The root of the certificates that it gives.
    pub(crate) async fn root(&self) -> CertificateDer<'static> {
        let web = CertificateDer::from_pem_slice(LOCALHOST.as_bytes()).expect("it is a certificate");
        let mut stream = connect(self.management, "localhost", web).await.expect("it is known");
        let question = b"GET /roots/0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(question).await.expect("it listens");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        CertificateDer::from_pem_slice(&answer).expect("it is a certificate")
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        for program in &mut self.programs {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

fn quietly(command: &mut Command) -> std::io::Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// Connects as a browser does that trusts this root.
pub(crate) async fn connect(
    address: SocketAddr,
    name: &str,
    root: CertificateDer<'static>,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(root).expect("it is a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).expect("it is a name");
    TlsConnector::from(Arc::new(config)).connect(name, TcpStream::connect(address).await?).await
}

/// The certificate that is shown, once a browser is content with it.
pub(crate) async fn shown(
    address: SocketAddr,
    name: &str,
    root: &CertificateDer<'static>,
) -> CertificateDer<'static> {
    let start = Instant::now();
    loop {
        match connect(address, name, root.clone()).await {
            Ok(stream) => {
                let chain = stream.get_ref().1.peer_certificates().expect("there is one");
                return chain[0].clone().into_owned();
            }
            Err(error) => assert!(start.elapsed() < PATIENCE, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until it is so.
pub(crate) async fn comes_true(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !is_so().await {
        assert!(start.elapsed() < PATIENCE, "{what}: not within a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A file of the relay's folder of certificates.
pub(crate) fn kept(data: &Path, name: &str) -> Option<String> {
    std::fs::read_to_string(data.join("acme").join(name)).ok()
}
