//! Keeps a certificate that is good: asks for one, for a new one in time, and again after a failure.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::Acme;
use super::ask::Wait;
use super::failure::{Failure, Kind};
use super::kept::{Certificate, LastFailure};
use super::order::order;
use super::validity::Validity;
use crate::tls::Shown;
use crate::{clock, log};

/// The clock on the wall may jump, so it is looked at again after this time.
const LOOK: Duration = Duration::from_secs(3_600);

/// The longest wait between two tries, unless the authority asks for a longer one. With the first one it is also short of what
/// Let's Encrypt counts as too often.
const LONGEST: Duration = Duration::from_secs(6 * 3_600);

/// For one name.
#[derive(Debug)]
pub(crate) struct Keeper {
    acme: Acme,
    validity: Mutex<Option<Validity>>,
    wake: Notify,
}

impl Keeper {
    /// With the kept certificate, if it is of use; it is shown from now on.
    pub(crate) fn new(acme: Acme, shown: &Shown) -> Self {
        let mut validity = None;
        match Certificate::load(&acme) {
            Some(Ok(kept)) => {
                shown.show(kept.certified);
                validity = Some(kept.validity);
            }
            Some(Err(why)) => log::line(&format!("the kept certificate is not used: {why}")),
            None => {}
        }
        Self { acme, validity: Mutex::new(validity), wake: Notify::new() }
    }

    /// Looks again now, and where a certificate is wanted, tries now.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Never ends.
    pub(crate) async fn keep(&self, shown: &Shown) {
        let mut n_failures = 0;
        loop {
            let wait = match self.due_in() {
                Some(wait) => {
                    n_failures = 0;
                    wait.min(LOOK)
                }
                None => match self.renew(shown).await {
                    Ok(()) => continue,
                    Err(failure) => {
                        let wait = self.wait_after(n_failures, failure.wait);
                        n_failures += 1;
                        self.tell(&failure.kind, wait);
                        wait
                    }
                },
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    fn validity(&self) -> Option<Validity> {
        *self.validity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// None where a certificate is wanted now.
    fn due_in(&self) -> Option<Duration> {
        let left = self.validity()?.renew_at().checked_sub(clock::unix_seconds())?;
        (left > 0).then(|| Duration::from_secs(left))
    }

    async fn renew(&self, shown: &Shown) -> Result<(), Failure> {
        log::line(&format!("asking {} for a certificate for {}", self.acme.host(), self.acme.domain));
        let wait = Wait::default();
        let got = order(&self.acme, shown, &wait).await.map_err(|mut failure| {
            failure.wait = wait.lock().unwrap_or_else(PoisonError::into_inner).take();
            failure
        })?;
        shown.show(got.certified);
        *self.validity.lock().unwrap_or_else(PoisonError::into_inner) = Some(got.validity);
        if self.due_in().is_none() {
            return Err(Kind::Clock.into());
        }
        LastFailure::forget(&self.acme.folder);
        log::line(&format!(
            "there is a new certificate for {}, good until {}",
            self.acme.domain,
            got.validity.last_day()
        ));
        Ok(())
    }

    fn wait_after(&self, n_failures: u32, asked: Option<Duration>) -> Duration {
        let own = self.acme.first_retry.saturating_mul(2_u32.saturating_pow(n_failures)).min(LONGEST);
        own.max(asked.unwrap_or_default())
    }

    /// To the log, and for the doctor.
    fn tell(&self, kind: &Kind, wait: Duration) {
        let words = kind.words(&self.acme);
        let state = match self.validity() {
            None => "there is no certificate yet".to_owned(),
            Some(validity) if validity.until < clock::unix_seconds() => {
                format!("the certificate ended on {}", validity.last_day())
            }
            Some(validity) => format!("the certificate is good until {}", validity.last_day()),
        };
        log::line(&format!(
            "no new certificate for {}: {words}. Next try in {}; {state}",
            self.acme.domain,
            span(wait)
        ));
        let failure = LastFailure { at: clock::unix_seconds(), words };
        if let Err(error) = failure.save(&self.acme.folder) {
            log::line(&format!("this could not be noted for `amends-relay doctor`: {}", error.kind()));
        }
    }
}

/// Like "4 minutes".
fn span(wait: Duration) -> String {
    let seconds = wait.as_secs_f64();
    match wait.as_secs() {
        0..120 => format!("{seconds:.0} seconds"),
        120..7_200 => format!("{:.0} minutes", seconds / 60.0),
        7_200..172_800 => format!("{:.0} hours", seconds / 3_600.0),
        _ => format!("{:.0} days", seconds / 86_400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_ever_more_seldom_and_as_seldom_as_the_authority_asks() {
        let acme = Acme::new("data".into(), "relay.example.org", super::super::USUAL_DIRECTORY).unwrap();
        let keeper = Keeper { acme, validity: Mutex::default(), wake: Notify::new() };
        let waits: Vec<u64> = (0..12).map(|n| keeper.wait_after(n, None).as_secs() / 60).collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360]);
        assert!(
            waits[..4].iter().sum::<u64>() >= 30 && waits[..5].iter().sum::<u64>() > 60,
            "five in an hour"
        );
        assert_eq!(keeper.wait_after(u32::MAX, None), LONGEST);
        let day = Duration::from_secs(86_400);
        assert_eq!(keeper.wait_after(0, Some(day)), day);
        assert_eq!(keeper.wait_after(3, Some(Duration::from_secs(5))), Duration::from_secs(960));
        let words = [120, 240, 960, 7_680, 21_600, 604_800].map(|seconds| span(Duration::from_secs(seconds)));
        assert_eq!(words, ["2 minutes", "4 minutes", "16 minutes", "2 hours", "6 hours", "7 days"]);
    }
}
