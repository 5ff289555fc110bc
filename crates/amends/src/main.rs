//! `amends`: the command line. Each sub-command lives in a file of its own under `commands`.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A private workspace for two people after one of them broke the other's trust.
///
/// Everything happens on this device. No word of a draft is sent, stored or logged by the checks.
#[derive(Debug, Parser)]
#[command(name = "amends", version, propagate_version = true)]
struct Arguments {
    /// Without a command: open.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the app in the browser, on this computer only.
    Open(commands::open::Arguments),
    /// Read a draft and show at most three hints.
    Check(commands::check::Arguments),
    /// List the checks, explain one, or test a language pack.
    Rules(commands::rules::Arguments),
    /// Print help lines by country; works with no network.
    HelpLines(commands::help_lines::Arguments),
    /// Check drafts in a text editor (Language Server Protocol over standard input and output).
    Lsp,
    #[command(flatten)]
    Vault(commands::vault::Command),
    #[command(flatten)]
    Together(commands::together::Command),
    #[command(flatten)]
    Steps(commands::steps::Command),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no mistakes; everything else is a usage error.
            let code = if error.use_stderr() { commands::USAGE } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let command = arguments.command.unwrap_or_else(|| Command::Open(commands::open::Arguments::default()));
    let outcome = match command {
        Command::Open(arguments) => commands::open::run(&arguments),
        Command::HelpLines(arguments) => commands::help_lines::run(&arguments),
        Command::Check(arguments) => commands::check::run(&arguments),
        Command::Rules(arguments) => commands::rules::run(&arguments),
        Command::Vault(command) => commands::vault::run(&command),
        Command::Together(command) => commands::together::run(&command),
        Command::Steps(command) => commands::steps::run(&command),
        Command::Lsp => commands::lsp::run(),
        Command::Completions { shell } => commands::completions::run(shell),
        Command::Man => commands::man::run(),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            anstream::eprintln!("amends: {error:#}");
            ExitCode::from(commands::INPUT)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
