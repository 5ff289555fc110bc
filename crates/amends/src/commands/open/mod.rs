//! `amends open`: the app in the browser, served on this computer only.

mod assets;
mod entry;
mod form;
mod keeper;
mod line;
mod lock;
mod server;
mod store;

pub(crate) use server::today;

use std::io::IsTerminal as _;
use std::net::Ipv4Addr;

use amends_messages::{Locale, Messages};
use amends_ui::Session;
use anyhow::Context as _;

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Port on this computer; a free one if left out.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Only print the address.
    #[arg(long)]
    no_browser: bool,
    /// Folder for the vault, settings and a kept draft; nothing is written before there is something to keep.
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<std::path::PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: &Arguments) -> anyhow::Result<u8> {
    let messages = Messages::new(Locale::English);
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .await
        .with_context(|| format!("port {} cannot be used", arguments.port))?;
    let port = listener.local_addr()?.port();
    let folder = arguments.data_dir.clone().or_else(super::vault::usual_folder);
    let session = match &folder {
        Some(folder) => Session::new(Box::new(keeper::Files::new(folder.clone()))),
        None => Session::without_keeper(),
    };
    let app = server::App::new(port, store::Store::open(folder), session)?;
    tokio::spawn(lock::when_idle(app.clone()));
    tokio::spawn(line::keep(app.clone()));
    let address = app.entry_address();
    anstream::println!("{}\n\n  {address}\n", messages.text("open-listening"));
    if arguments.no_browser || !open_browser(&address) {
        anstream::println!("{}", messages.text("open-no-browser"));
    }
    if std::io::stdin().is_terminal() {
        anstream::println!("{}", messages.text("open-stop"));
    }
    axum::serve(listener, server::router(app.clone()))
        .with_graceful_shutdown(async {
            // If the signal cannot be listened for, the program is stopped the hard way; nothing is lost.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    app.lock_vault();
    Ok(super::CLEAN)
}

/// Opens the address in the system's browser, if there is a screen to show one on.
fn open_browser(address: &str) -> bool {
    let has_screen = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    has_screen && open::that_detached(address).is_ok()
}
