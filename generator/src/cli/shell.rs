//! `tallypress completions` and `tallypress man`: what shells complete and the manual page, made of
//! the arguments themselves.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::{Command, misused};

#[derive(Args)]
pub struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

pub fn completions(args: &CompletionsArgs) -> ExitCode {
    let mut script = Vec::new();
    generate(
        args.shell,
        &mut Command::command(),
        "tallypress",
        &mut script,
    );
    print(&script)
}

#[derive(Args)]
pub struct ManArgs {
    /// The command to describe, instead of all of them
    command: Option<String>,
}

pub fn man(args: &ManArgs) -> ExitCode {
    let mut all = Command::command();
    all.build();
    let command = match &args.command {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return misused(&format!("there is no command `{name}`")),
        },
    };
    let mut page = Vec::new();
    match Man::new(command).render(&mut page) {
        Ok(()) => print(&page),
        Err(error) => misused(&format!("cannot make the page: {error}")),
    }
}

/// A closed pipe, as after `| head`, is no reason to complain.
fn print(bytes: &[u8]) -> ExitCode {
    let _ = io::stdout().write_all(bytes);
    ExitCode::SUCCESS
}
