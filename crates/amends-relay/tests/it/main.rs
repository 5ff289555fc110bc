//! The relay as clients, strangers, broken disks and power cuts meet it.

mod app;
mod client;
mod conversation;
mod crash;
mod disk;
mod flood;
mod http;
mod limits;
mod operator;
mod running;
mod smuggling;
mod strangers;
