//! `amends-relay`: the relay from the command line.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use amends_relay::{
    Acme, Certificates, Listen, Push, Relay, Settings, USUAL_DIRECTORY, doctor, make_invite, measure,
    restored, serve,
};
use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;

/// Keeps sealed records until the other device comes, and serves the web app.
#[derive(Parser)]
#[command(name = "amends-relay", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the relay.
    Serve(Box<Serve>),
    /// Print a new invite, which lets its holder make mailboxes. Works while the relay runs.
    Invite {
        #[command(flatten)]
        data: Data,
        /// How many mailboxes it is good for. Two people with their devices take about a dozen.
        #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        mailboxes: u32,
    },
    /// Look at the data folder and say what is wrong and what to do. Works while the relay runs.
    Doctor {
        #[command(flatten)]
        data: Data,
    },
    /// Measure how many records this disk and processor take, with a database that is removed afterwards.
    Measure {
        /// Folder on the disk that is meant.
        #[arg(long, value_name = "FOLDER")]
        folder: PathBuf,
        /// How many records of 512 bytes.
        #[arg(long, default_value_t = 100_000)]
        records: u32,
        /// How many wait at the same time.
        #[arg(long, default_value_t = 512, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        together: u32,
    },
    /// Say that a backup was put back, so that devices send again what it lacks. The relay must not run.
    Restored {
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Args)]
struct Data {
    /// Folder of the database.
    #[arg(long = "data", env = "AMENDS_RELAY_DATA", value_name = "FOLDER")]
    folder: PathBuf,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address for clients.
    #[arg(long, env = "AMENDS_RELAY_LISTEN", default_value = "127.0.0.1:8480", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Folder of the web app's bundle.
    #[arg(long, env = "AMENDS_RELAY_APP", value_name = "FOLDER")]
    app: Option<PathBuf>,
    /// Certificate chain (PEM), unless a proxy in front has it. Read again on SIGHUP.
    #[arg(long, env = "AMENDS_RELAY_CERT", value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// Key of the certificate (PEM).
    #[arg(long, env = "AMENDS_RELAY_KEY", value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Name of this relay, for which it gets and renews a certificate by itself (ACME) and so agrees to the authority's terms.
    /// The name must lead here on port 443. Everybody can see for which names there are certificates.
    #[arg(
        long,
        env = "AMENDS_RELAY_ACME_DOMAIN",
        value_name = "NAME",
        conflicts_with_all = ["cert", "key", "behind_proxy"]
    )]
    acme_domain: Option<String>,
    /// E-mail address under which the authority may reach you; it works without.
    #[arg(long, env = "AMENDS_RELAY_ACME_CONTACT", value_name = "ADDRESS", requires = "acme_domain")]
    acme_contact: Option<String>,
    /// The authority's directory.
    #[arg(long, env = "AMENDS_RELAY_ACME_DIRECTORY", value_name = "URL", requires = "acme_domain",
        default_value = USUAL_DIRECTORY)]
    acme_directory: String,
    /// Certificates (PEM) by which the directory itself is known, for an authority of your own; instead of those that
    /// browsers know.
    #[arg(long, env = "AMENDS_RELAY_ACME_ROOT", value_name = "FILE", requires = "acme_domain")]
    acme_root: Option<PathBuf>,
    /// Address for the operator's /metrics; not served without it. Never show it to others.
    #[arg(long, env = "AMENDS_RELAY_METRICS", value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// Let anybody make mailboxes, without an invite.
    #[arg(long, env = "AMENDS_RELAY_OPEN")]
    open: bool,
    /// Wake devices whose owners ask for it when something waits, through the push service of their browser's maker, and be
    /// known to those services by this address: mailto:you@example.org, or an https page. Nothing of what waits is said.
    #[arg(long, env = "AMENDS_RELAY_PUSH", value_name = "CONTACT")]
    push: Option<String>,
    /// Host name of one more push service; can be given again.
    #[arg(
        long,
        env = "AMENDS_RELAY_PUSH_HOSTS",
        value_name = "HOST",
        value_delimiter = ',',
        requires = "push"
    )]
    push_host: Vec<String>,
    /// Connections at one time.
    #[arg(long, env = "AMENDS_RELAY_CONNECTIONS", default_value_t = 20_000)]
    connections: usize,
    /// Connections at one time from one address; this machine and private networks are not counted.
    #[arg(long, env = "AMENDS_RELAY_PER_ADDRESS", default_value_t = 256)]
    per_address: usize,
    /// A proxy on this machine or in this network is in front and names each client's address last in X-Forwarded-For, so
    /// that limits for each address hold.
    #[arg(long, env = "AMENDS_RELAY_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Records that may be sent to a mailbox at once after a quiet time.
    #[arg(long, env = "AMENDS_RELAY_BURST", default_value_t = 300)]
    burst: u32,
    /// And each minute.
    #[arg(long, env = "AMENDS_RELAY_PER_MINUTE", default_value_t = 60)]
    per_minute: u32,
    /// Mailboxes that may be made each minute by all together.
    #[arg(long, env = "AMENDS_RELAY_NEW_PER_MINUTE", default_value_t = 600)]
    new_per_minute: u32,
    /// Records of one mailbox, in MiB.
    #[arg(long, env = "AMENDS_RELAY_MAILBOX_MIB", default_value_t = 256)]
    mailbox_mib: u64,
    /// Blobs of one mailbox, in MiB.
    #[arg(long, env = "AMENDS_RELAY_BLOBS_MIB", default_value_t = 1024)]
    blobs_mib: u64,
    /// Days a record is kept that not every device has stored.
    #[arg(long, env = "AMENDS_RELAY_KEEP_DAYS", default_value_t = 400)]
    keep_days: u32,
    /// Days a record is kept after every device has stored it.
    #[arg(long, env = "AMENDS_RELAY_KEEP_DONE_DAYS", default_value_t = 30)]
    keep_done_days: u32,
    /// Largest database, in MiB; without it, as much as the disk holds.
    #[arg(long, env = "AMENDS_RELAY_DATABASE_MIB")]
    database_mib: Option<u64>,
    /// Threads that serve connections; without it, one for each core and at most four.
    #[arg(long, env = "AMENDS_RELAY_THREADS", value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: Option<u16>,
}

impl Serve {
    fn settings(&self) -> anyhow::Result<Settings> {
        let mut settings = Settings::new(self.data.folder.clone());
        settings.app.clone_from(&self.app);
        settings.connections = self.connections;
        settings.connections_per_address = self.per_address;
        settings.behind_proxy = self.behind_proxy;
        settings.new_mailboxes_per_minute = self.new_per_minute;
        settings.database = self.database_mib.map(|mib| mib << 20);
        let limits = &mut settings.limits;
        limits.open = self.open;
        limits.burst = self.burst;
        limits.per_minute = self.per_minute;
        limits.records = self.mailbox_mib << 20;
        limits.blobs = self.blobs_mib << 20;
        limits.keep_days = self.keep_days;
        limits.keep_done_days = self.keep_done_days;
        if let Some(contact) = &self.push {
            let mut push = Push::new(contact)?;
            push.hosts.clone_from(&self.push_host);
            settings.push = Some(push);
        }
        Ok(settings)
    }

    fn certificates(&self) -> anyhow::Result<Option<Certificates>> {
        if let (Some(cert), Some(key)) = (&self.cert, &self.key) {
            return Ok(Some(Certificates::open(cert, key)?));
        }
        let Some(domain) = &self.acme_domain else {
            return Ok(None);
        };
        let mut acme = Acme::new(self.data.folder.clone(), domain, &self.acme_directory)?;
        if let Some(contact) = &self.acme_contact {
            acme = acme.with_contact(contact)?;
        }
        if let Some(root) = &self.acme_root {
            acme = acme.with_root(root.clone());
        }
        Ok(Some(Certificates::by_acme(acme)?))
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "amends-relay: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    match command {
        Command::Serve(arguments) => run_relay(&arguments)?,
        Command::Invite { data, mailboxes } => {
            let token = make_invite(&data.folder, mailboxes)?;
            let hex: String = token.0.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(out, "{hex}")?;
        }
        Command::Restored { data } => {
            let mailboxes = restored(&data.folder).context("is the relay stopped?")?;
            writeln!(out, "{mailboxes} mailboxes begin anew; start the relay again")?;
        }
        Command::Measure { folder, records, together } => {
            let seen = measure(&folder, records, together)?;
            let wall = seen.wall.as_secs_f64();
            writeln!(
                out,
                "{} records in {wall:.2} s: {:.0} a second",
                seen.records,
                f64::from(seen.records) / wall
            )?;
            writeln!(out, "one alone is safe on the disk after {:.1} ms", seen.alone.as_secs_f64() * 1e3)?;
        }
        Command::Doctor { data } => {
            let findings = doctor(&data.folder)?;
            for finding in &findings {
                writeln!(out, "{} {}", if finding.good { "ok  " } else { "BAD " }, finding.words)?;
            }
            if findings.iter().any(|finding| !finding.good) {
                return Ok(ExitCode::from(2));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn run_relay(arguments: &Serve) -> anyhow::Result<()> {
    let certificates = arguments.certificates()?;
    let relay = Relay::open(arguments.settings()?)?;
    let threads = arguments.threads.map_or_else(default_threads, usize::from);
    let runtime = match threads {
        1 => tokio::runtime::Builder::new_current_thread().enable_all().build()?,
        more => tokio::runtime::Builder::new_multi_thread().worker_threads(more).enable_all().build()?,
    };
    runtime.block_on(async {
        let clients = TcpListener::bind(arguments.listen)
            .await
            .with_context(|| format!("cannot listen on {}", arguments.listen))?;
        let operator = match arguments.metrics {
            Some(address) => Some(
                TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?,
            ),
            None => None,
        };
        // Before anybody is told that it runs, so that it can be stopped in order from its first moment.
        let stop = stop_signal()?;
        let encrypted = if certificates.is_some() { "with TLS" } else { "without TLS" };
        writeln!(std::io::stdout(), "listening on {} {encrypted}", clients.local_addr()?)?;
        std::io::stdout().flush()?;
        serve(relay, Listen { clients, certificates, operator }, stop).await.context("the app's folder")
    })
}

fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// Ctrl-C, or SIGTERM where there is such a thing; counts from the call on.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
