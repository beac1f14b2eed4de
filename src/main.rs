//! Parse, dispatch, exit.

fn main() -> std::process::ExitCode {
    tidlig::cli::main().into()
}
