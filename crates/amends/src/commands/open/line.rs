//! Sends and fetches while a vault is open that knows a relay. The vault is held for each step only, never while the network is slow.

use std::sync::Arc;
use std::time::Duration;

use amends_carrier::Carrier;
use amends_client::{Input, Output, SyncError};

use super::server::App;
use crate::commands::together::Exchange;
use crate::commands::vault::now;

/// How often it is looked whether something has come, when nothing was written.
const EVERY: Duration = Duration::from_secs(20);

pub(super) async fn keep(app: Arc<App>) {
    loop {
        let _ = tokio::time::timeout(EVERY, app.written.notified()).await;
        let Some(carrier) = app.relay().and_then(|address| Carrier::new(&address).ok()) else { continue };
        let app = Arc::clone(&app);
        // A relay that cannot be reached is tried again; what waits stays in the vault.
        let _ = tokio::task::spawn_blocking(move || round(&app, carrier)).await;
    }
}

fn round(app: &App, carrier: Carrier) {
    let mut step = |input: Input| -> Result<Vec<Output>, SyncError> {
        app.with_vault(|vault| vault.sync_input(now(), input)).unwrap_or_else(|| Ok(Vec::new()))
    };
    let _ = Exchange::new(carrier).round_with(&mut step, false);
}
