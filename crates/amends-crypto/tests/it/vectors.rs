//! Vectors of the standards and our golden files, natively; the browser tests run the same as WebAssembly.

use std::panic::catch_unwind;

#[test]
fn every_vector_of_the_standards_and_of_our_own_files_holds() {
    let mut failures = Vec::new();
    for group in amends_vectors::all() {
        match catch_unwind(|| group.run()) {
            Ok(checks) => failures.extend(checks.wrong),
            Err(_) => failures.push(format!("{}: a panic", amends_vectors::at())),
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
