//! Locks the vault when nobody has used it for a while, also when the page that should have done it is gone.

use std::sync::Arc;
use std::time::Duration;

use super::server::App;

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(10);

/// The page warns first and locks by itself; this comes later, for when there is no page any more.
const LATER: Duration = Duration::from_secs(90);

pub(super) async fn when_idle(app: Arc<App>) {
    loop {
        tokio::time::sleep(EVERY).await;
        if app.idle_for() > app.idle_limit() + LATER {
            app.lock_vault();
        }
    }
}
