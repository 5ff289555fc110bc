//! `amends completions`: made from the same definition as the help.

use clap::CommandFactory;

pub(crate) fn run(shell: clap_complete::Shell) -> anyhow::Result<u8> {
    let mut command = crate::Arguments::command();
    clap_complete::generate(shell, &mut command, "amends", &mut std::io::stdout());
    Ok(super::CLEAN)
}
