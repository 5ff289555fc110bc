//! `amends man`: the manual page, made from the same definition as the help.

use clap::CommandFactory;

pub(crate) fn run() -> anyhow::Result<u8> {
    clap_mangen::Man::new(crate::Arguments::command()).render(&mut std::io::stdout())?;
    Ok(super::CLEAN)
}
