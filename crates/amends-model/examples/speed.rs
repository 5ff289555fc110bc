//! How long one sentence takes: `cargo run --release -p amends-model --example speed -- models/en.amdl`.

use std::time::Instant;

use amends_model::{Model, ModelInput, Scratch};

const SENTENCES: [(&str, Option<&str>); 4] = [
    ("Sorry if it hurt you.", None),
    ("You asked me twice whether something was going on, and both times I lied to your face.", None),
    (
        "Since then you have been sleeping badly and you check the door twice.",
        Some("I told my brother what you told me."),
    ),
    (
        "When people at a party start trading stories about their partners, I'll go and get a glass of water and talk \
         about something of my own.",
        Some(
            "On Monday I wrote to your manager that I had no right to share it and asked her to keep it to herself.",
        ),
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: speed FILE")?;
    let bytes = std::fs::read(path)?;
    let n_bytes = bytes.len();
    let start = Instant::now();
    let model = Model::from_file(bytes)?;
    println!("load: {:.1} ms, {:.1} MB", start.elapsed().as_secs_f64() * 1e3, n_bytes as f64 / 1e6);
    for (sentence, previous) in SENTENCES {
        let input = ModelInput { sentence, previous, partner_said: None };
        let mut times: Vec<f64> = (0..15)
            .map(|_| {
                let mut scratch = Scratch::default();
                let start = Instant::now();
                model.predict(&mut scratch, &input);
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{:.2} ms  {sentence}", times[7]);
    }
    Ok(())
}
