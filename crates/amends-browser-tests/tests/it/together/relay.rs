//! A relay on this computer that serves the app, in a thread of its own.

use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use amends_relay::{Listen, Push, Relay, Settings, serve};
use anyhow::{Context as _, ensure};
use tokio::sync::oneshot;

pub(crate) struct Running {
    pub(crate) port: u16,
    // Stops when dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<anyhow::Result<()>>>,
}

impl Running {
    /// On any free port, or on the one it had before.
    pub(crate) fn start(data: &Path, app: &Path, port: u16) -> anyhow::Result<Self> {
        let mut settings = Settings::new(data.to_owned());
        settings.app = Some(app.to_owned());
        Self::run(settings, port)
    }

    /// On any free port, and wakes devices.
    pub(crate) fn waking(data: &Path, app: &Path, push: Push) -> anyhow::Result<Self> {
        let mut settings = Settings::new(data.to_owned());
        settings.app = Some(app.to_owned());
        settings.push = Some(push);
        Self::run(settings, 0)
    }

    /// Without the app: for programs that have it already.
    pub(crate) fn bare(data: &Path) -> anyhow::Result<Self> {
        Self::run(Settings::new(data.to_owned()), 0)
    }

    fn run(mut settings: Settings, port: u16) -> anyhow::Result<Self> {
        settings.limits.open = true;
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            runtime.block_on(async {
                let relay = Relay::open(settings)?;
                let clients = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
                tell.send(clients.local_addr()?.port())?;
                let listen = Listen { clients, certificates: None, operator: None };
                let end = async {
                    // Dropping the other end stops it, too.
                    let _ = stopped.await;
                };
                Ok(serve(relay, listen, end).await?)
            })
        });
        let port = told.recv().context("the relay does not start")?;
        Ok(Self { port, stop: Some(stop), thread: Some(thread) })
    }

    /// Address of the app, without path.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it. Its folder stays.
    pub(crate) fn end(mut self) -> anyhow::Result<()> {
        drop(self.stop.take());
        let ended = self.thread.take().context("it runs")?.join();
        ended.map_err(|_| anyhow::anyhow!("the relay panicked"))?
    }
}

/// Fails where a file of this folder holds one of these words.
pub(crate) fn holds_none_of(folder: &Path, words: &[&str]) -> anyhow::Result<()> {
    let mut n_bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let bytes = std::fs::read(&path)?;
        n_bytes += bytes.len();
        for word in words {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            ensure!(!found, "{} holds {word}", path.display());
        }
    }
    ensure!(n_bytes > 0, "the relay had something to keep");
    Ok(())
}
