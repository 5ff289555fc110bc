//! Starts `chromedriver` on a free port and stops it, by its id, when it is no longer needed.

use std::process::Stdio;

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

const WHAT_TO_INSTALL: &str = "Chromium with its driver is needed: \
    apt-get install --no-install-recommends chromium chromium-driver fonts-dejavu-core";

/// So often it is started anew.
const MOST_STARTS: u8 = 5;

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    // Killed when dropped.
    _process: Child,
    /// Address to talk to it.
    pub address: String,
}

impl Driver {
    /// Starts it, for a browser in this time zone.
    ///
    /// # Errors
    /// Says what to install when there is none, and what it said itself when it does not begin.
    pub async fn start(zone: &str) -> anyhow::Result<Self> {
        let mut said = String::new();
        // It takes one free port for IPv4 and the same for IPv6, and ends where somebody else has the second one.
        for _ in 0..MOST_STARTS {
            match Self::start_once(zone).await? {
                Ok(driver) => return Ok(driver),
                Err(words) => said = words,
            }
        }
        anyhow::bail!("the driver ended before it was ready: {said}\n{WHAT_TO_INSTALL}")
    }

    /// Starts it on some port, or gives what it said instead.
    async fn start_once(zone: &str) -> anyhow::Result<Result<Self, String>> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .env("TZ", zone)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context(WHAT_TO_INSTALL)?;
        let output = process.stdout.take().context("the driver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let mut said = String::new();
        while let Some(line) = lines.next_line().await? {
            let Some((_, port)) = line.rsplit_once("started successfully on port ") else {
                said.push_str(&line);
                said.push('\n');
                continue;
            };
            let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
            // Read on, or the driver stops when its pipe is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(Ok(Self { _process: process, address }));
        }
        Ok(Err(said))
    }
}
