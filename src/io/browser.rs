//! The browser of whoever sits at this machine.

use std::time::Duration;

use super::Io;

/// How long a program that opens the browser may take to fail.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the browser. What does not work is said, and no more: the address can be typed.
pub(crate) fn browse(io: &Io<'_>, address: &str) {
    let wanted = io.process.variable("BROWSER").filter(|name| !name.contains([':', ' ', '%']));
    let own = wanted.iter().map(|name| (name.as_str(), vec![address]));
    let known: Vec<(&str, Vec<&str>)> = if cfg!(windows) {
        vec![("rundll32", vec!["url.dll,FileProtocolHandler", address])]
    } else if cfg!(target_os = "macos") {
        vec![("open", vec![address])]
    } else {
        vec![("xdg-open", vec![address]), ("wslview", vec![address])]
    };
    for (program, args) in own.chain(known) {
        match io.process.start(program, &args, PATIENCE) {
            Ok(None) => {}
            Ok(Some(true)) => return,
            Ok(Some(false)) => {
                return io.terminal.say(&format!("cannot open the browser: `{program}` failed\n"));
            }
            Err(failure) => return io.terminal.say(&format!("cannot open the browser: {failure}\n")),
        }
    }
    io.terminal.say("cannot open the browser: there is no program that opens addresses\n");
}

/// Whether somebody sits at a screen that a browser can open on. Where none is, programs that open addresses start a
/// browser in the terminal, and take it over.
pub(crate) fn has_desktop(io: &Io<'_>) -> bool {
    let is_set = |name| io.process.variable(name).is_some();
    let has_screen = cfg!(windows) || cfg!(target_os = "macos");
    let has_screen =
        has_screen || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"].into_iter().any(is_set);
    io.terminal.columns().is_some() && has_screen && !is_set("CI") && !is_set("SSH_CONNECTION")
}
