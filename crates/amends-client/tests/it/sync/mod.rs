//! Two people and their devices around a relay.

mod basics;
mod crash;
mod dated;
mod devices;
mod guest;
mod leaving;
mod lying_relay;
mod matching;
mod pairing;
mod pictures;
mod private;
mod simulation;
mod spread;
mod versions;
mod world;
