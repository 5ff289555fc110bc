//! A relay that runs: the real program, or the library with settings that the program does not offer.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use amends_relay::{Certificates, Listen, Relay, Settings, serve};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_amends-relay"))
}

/// How much a test does: little, or with `AMENDS_LONG=1` in the environment much (docs/SELF-HOSTING.md).
pub(crate) fn amount(little: u32, much: u32) -> u32 {
    if std::env::var_os("AMENDS_LONG").is_some() { much } else { little }
}

/// The real program.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    pub(crate) fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::start_as(program(), data, arguments)
    }

    /// The same, by a command that ends in the program.
    pub(crate) fn start_as(program: Command, data: &Path, arguments: &[&str]) -> Self {
        Self::run(program, "127.0.0.1:0", data, arguments)
    }

    /// The program, listening here.
    pub(crate) fn start_on(listen: &str, data: &Path, arguments: &[&str]) -> Self {
        Self::run(program(), listen, data, arguments)
    }

    fn run(mut program: Command, listen: &str, data: &Path, arguments: &[&str]) -> Self {
        let mut child = program
            .args(["serve", "--listen", listen, "--open", "--data"])
            .arg(data)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the relay can be started");
        let out = child.stdout.take().expect("its output is ours");
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).expect("it says where it listens");
        let address = line.split(' ').nth(2).and_then(|address| address.parse().ok());
        let Some(address) = address else {
            let mut error = String::new();
            let _ = child.stderr.take().map(|mut errors| errors.read_to_string(&mut error));
            panic!("{line}{error}");
        };
        Self { child, address }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory in KiB; none where the system does not tell.
    pub(crate) fn resident_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// kill -9.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it has ended");
    }

    /// Ends it in order and gives what it said on standard error.
    pub(crate) fn stop(mut self) -> String {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        let status = self.child.wait().expect("it has ended");
        assert!(status.success(), "{status}");
        let mut said = String::new();
        let mut errors = self.child.stderr.take().expect("its errors are ours");
        errors.read_to_string(&mut said).expect("it speaks UTF-8");
        said
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The library, with any settings.
pub(crate) struct Within {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// The usual settings, open to all.
pub(crate) fn settings(data: &Path) -> Settings {
    let mut settings = Settings::new(data.to_owned());
    settings.limits.open = true;
    settings
}

impl Within {
    pub(crate) async fn start(settings: Settings) -> Self {
        let clients = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        Self::start_with(settings, clients, None).await
    }

    pub(crate) async fn start_with(
        settings: Settings,
        clients: TcpListener,
        certificates: Option<Certificates>,
    ) -> Self {
        let relay: Arc<Relay> = Relay::open(settings).expect("the folder can be opened");
        let address = clients.local_addr().expect("it has an address");
        let (stop, stopped) = oneshot::channel();
        let listen = Listen { clients, certificates, operator: None };
        let serving = tokio::spawn(serve(relay, listen, async {
            let _ = stopped.await;
        }));
        Self { address, stop, serving }
    }

    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        self.serving.await.expect("it does not panic").expect("it ends in order");
    }
}
