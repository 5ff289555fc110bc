//! Checks every vector: a program that prints what it found, and as WebAssembly a module for a test in a browser.

#[cfg(target_family = "wasm")]
mod bindings;

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    let mut failed = false;
    for group in amends_vectors::all() {
        let checks = group.run();
        println!("{:>5}  {}", checks.n, group.name);
        for wrong in &checks.wrong {
            println!("       {wrong}");
        }
        failed |= !checks.wrong.is_empty();
    }
    if failed { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}

// The page calls what it wants.
#[cfg(target_family = "wasm")]
fn main() {}
