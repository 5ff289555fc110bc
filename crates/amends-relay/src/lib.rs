//! The relay: mailboxes of sealed records for devices that are not online at the same time, and the web app's files.
//!
//! It knows no person, no key and no meaning; what it speaks is in `amends-wire`. A record is acknowledged only after it was
//! synchronized to the disk. How to run it: docs/SELF-HOSTING.md.

mod acme;
mod addresses;
mod bucket;
mod catch_up;
mod clock;
mod directory;
mod doctor;
mod log;
mod mailbox;
mod measure;
mod metrics;
mod outbox;
mod push;
mod relay;
mod serve;
mod session;
mod settings;
mod store;
mod tls;
mod web;

pub use acme::{Acme, AcmeError, USUAL_DIRECTORY};
pub use doctor::{Finding, doctor, restored};
pub use measure::{Measured, measure};
pub use push::{ContactError, KeyError, Push};
pub use relay::{Relay, StartError};
pub use serve::{Listen, serve};
pub use settings::Settings;
pub use store::{OpenError, make_invite};
pub use tls::{CertificateError, Certificates};
pub use web::CONTENT_SECURITY_POLICY;
