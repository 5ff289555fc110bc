//! Starts `chromedriver` on a free port and stops it, by its id, when it is no longer needed.

use std::process::Stdio;

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

const WHAT_TO_INSTALL: &str = "Chromium with its driver is needed: \
    apt-get install --no-install-recommends chromium chromium-driver fonts-dejavu-core";

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    // Killed when dropped.
    _process: Child,
    /// Address to talk to it.
    pub address: String,
}

impl Driver {
    /// Starts it.
    ///
    /// # Errors
    /// Says what to install when there is none.
    pub async fn start() -> anyhow::Result<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context(WHAT_TO_INSTALL)?;
        let output = process.stdout.take().context("the driver has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            let Some((_, port)) = line.rsplit_once("started successfully on port ") else { continue };
            let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
            // Read on, or the driver stops when its pipe is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(Self { _process: process, address });
        }
        anyhow::bail!("the driver ended before it was ready. {WHAT_TO_INSTALL}")
    }
}
