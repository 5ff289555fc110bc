//! What each person gets: who did the harm, who was hurt, who is alone.

#![allow(clippy::unwrap_used, reason = "tests")]

mod both;
mod device;
mod every_page;
mod find;
mod gate;
mod incident;
mod leave;
mod matching;
mod notices;
mod pace;
mod pair;
mod today;
mod voices;
