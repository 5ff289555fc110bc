//! Frames as others will read them: golden bytes, refusals, any bytes at all.

mod any;
mod golden;
mod malformed;
mod samples;
