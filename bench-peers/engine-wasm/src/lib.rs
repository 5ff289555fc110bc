//! The engine behind four plain functions, so that its size and speed as WASM can be measured without bindings.

use std::cell::RefCell;

use amends_lint::{Draft, Engine, Scratch};

struct State {
    engine: Option<Engine>,
    scratch: Scratch,
    text: Vec<u8>,
}

thread_local! {
    static STATE: RefCell<State> =
        RefCell::new(State { engine: None, scratch: Scratch::default(), text: Vec::new() });
}

/// Makes the engine ready.
#[unsafe(no_mangle)]
pub extern "C" fn start() {
    STATE.with_borrow_mut(|state| state.engine = Some(amends_pack_en::engine()));
}

/// Forgets the text.
#[unsafe(no_mangle)]
pub extern "C" fn clear() {
    STATE.with_borrow_mut(|state| state.text.clear());
}

/// Adds a byte to the text.
#[unsafe(no_mangle)]
pub extern "C" fn push(byte: u32) {
    STATE.with_borrow_mut(|state| state.text.push(byte as u8));
}

/// Checks the text; number of findings.
#[unsafe(no_mangle)]
pub extern "C" fn check() -> u32 {
    STATE.with_borrow_mut(|state| {
        let text = String::from_utf8_lossy(&state.text);
        let Some(engine) = &state.engine else { return 0 };
        engine.check(&Draft::new(&text), &mut state.scratch).findings.len() as u32
    })
}
