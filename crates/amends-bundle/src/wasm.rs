//! Compiles a module for WebAssembly and writes its JavaScript side.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::Options;
use crate::toolchain::{Route, TARGET, Toolchain, clean, find};

/// What becomes WebAssembly.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Module {
    package: &'static str,
    /// Name of the compiled file, without its ending.
    file: &'static str,
}

/// The core of the web app.
pub(crate) const APP: Module = Module { package: "amends-wasm", file: "amends_wasm" };
/// The vectors that the same cryptography must give.
pub(crate) const VECTORS: Module = Module { package: "amends-vectors", file: "amends-vectors" };

/// Builds `<file>.js` and `<file>_bg.wasm` and gives the folder that holds them.
pub(crate) fn build(options: &Options, module: Module) -> anyhow::Result<PathBuf> {
    let toolchain = find(options.route)?;
    let target = options.target.join(match toolchain.route {
        Route::Active => "active",
        Route::Source => "source",
    });
    compile(options, module, &toolchain, &target)?;
    let compiled = target.join(TARGET).join("wasm").join(module.file).with_extension("wasm");
    let out = target.join("bindings").join(module.file);
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&out)
        .context("writing the bindings")?;
    Ok(out)
}

fn compile(
    options: &Options,
    module: Module,
    toolchain: &Toolchain,
    target: &std::path::Path,
) -> anyhow::Result<()> {
    let mut command = Command::new(&toolchain.cargo);
    clean(&mut command)
        .current_dir(&options.root)
        .args(["build", "--quiet", "--package", module.package, "--profile", "wasm", "--target", TARGET])
        .arg("--target-dir")
        .arg(target)
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_ENCODED_RUSTFLAGS", flags(options, toolchain).join("\u{1f}"));
    if toolchain.route == Route::Source {
        // The source of the library needs the compiler's own features, on a compiler that calls itself stable.
        command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
    }
    let status = command.status().context("cargo does not start")?;
    ensure!(status.success(), "{} does not compile for {TARGET}", module.package);
    Ok(())
}

/// The same bytes in any folder: no path of this machine gets in.
fn flags(options: &Options, toolchain: &Toolchain) -> Vec<String> {
    let home = std::env::var("CARGO_HOME")
        .ok()
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let remap = |from: &std::path::Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![remap(&options.root, "/amends"), remap(&toolchain.sysroot, "/rust")];
    flags.extend(home.map(|home| remap(&home, "/cargo")));
    // Vector instructions, which every browser of the last years has: the learned model needs them to keep up.
    flags.push("-Ctarget-feature=+simd128".to_owned());
    flags.push("--cfg=getrandom_backend=\"wasm_js\"".to_owned());
    flags
}
