//! The relay as clients, strangers, broken disks and power cuts meet it.

mod acme;
mod app;
mod authority;
mod client;
mod conversation;
mod crash;
mod disk;
mod doctor;
mod filled;
mod flood;
mod http;
mod limits;
mod operator;
mod people;
mod power_cut;
mod push_service;
mod running;
mod smuggling;
mod strangers;
mod waking;
