//! The clipboard: by the terminal itself (OSC 52), by tmux, and by the system's own tools where there
//! is a display. No terminal says whether it took a text, so all ways that there are are gone.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// How much base64 terminals take at most; many drop longer texts without a word.
const MOST: usize = 74_000;

/// What decides how a text is copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Environment {
    tmux: bool,
    /// The display is somebody else's: ours is at the other end of the connection.
    remote: bool,
    wayland: bool,
    x11: bool,
    mac: bool,
    windows: bool,
}

impl Environment {
    /// The environment that we run in.
    pub(super) fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            tmux: set("TMUX"),
            remote: set("SSH_TTY") || set("SSH_CONNECTION"),
            wayland: set("WAYLAND_DISPLAY"),
            x11: set("DISPLAY"),
            mac: cfg!(target_os = "macos"),
            windows: cfg!(windows) || set("WSL_DISTRO_NAME"),
        }
    }
}

/// A program that takes a text on its standard input.
type Tool = &'static [&'static str];

const TMUX: Tool = &["tmux", "load-buffer", "-w", "-"];

/// The ways by which a text is copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// What is written to the terminal; `None` if the text is too long for it.
    pub(super) sequence: Option<String>,
    /// Whether tmux is asked to take it.
    tmux: bool,
    /// The system's tools, of which the first that works will do.
    tools: Vec<Tool>,
}

/// How a text is copied here.
pub(super) fn plan(here: Environment, text: &str) -> Plan {
    let mut tools: Vec<Tool> = Vec::new();
    if !here.remote {
        if here.wayland {
            tools.push(&["wl-copy"]);
        }
        if here.x11 {
            tools.push(&["xclip", "-selection", "clipboard"]);
            tools.push(&["xsel", "--clipboard", "--input"]);
        }
        if here.mac {
            tools.push(&["pbcopy"]);
        }
        if here.windows {
            tools.push(&["clip.exe"]);
        }
    }
    // Base64 keeps the text from steering the terminal.
    let code = base64(text.as_bytes());
    let sequence = (code.len() <= MOST).then(|| {
        let plain = format!("\x1b]52;c;{code}\x07");
        // tmux hands on what is wrapped for it, its escapes doubled.
        if here.tmux { format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")) } else { plain }
    });
    Plan { sequence, tmux: here.tmux, tools }
}

/// Asks tmux and the system's tools. Gives what took the text, and why the rest did not.
pub(super) fn hand_over(plan: &Plan, text: &str) -> (Vec<String>, Vec<String>) {
    let (mut took, mut failed) = (Vec::new(), Vec::new());
    if plan.tmux {
        match run(TMUX, text) {
            Ok(()) => took.push("tmux".to_owned()),
            Err(reason) => failed.push(reason),
        }
    }
    let mut refused = Vec::new();
    for tool in &plan.tools {
        match run(tool, text) {
            Ok(()) => {
                took.extend(tool.first().map(|name| (*name).to_owned()));
                return (took, failed);
            }
            Err(reason) => refused.push(reason),
        }
    }
    failed.append(&mut refused);
    (took, failed)
}

fn run(tool: Tool, text: &str) -> Result<(), String> {
    let (name, arguments) = tool.split_first().ok_or("no tool")?;
    let failed = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => format!("{name} is not there"),
        _ => format!("{name}: {e}"),
    };
    let mut command = Command::new(name);
    // Such tools stay to serve the text; whatever they print must not reach the screen.
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(failed)?;
    let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let status = child.wait().map_err(failed)?;
    if !status.success() {
        return Err(format!("{name} ended with {status}"));
    }
    written.map_err(failed)
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4_usize {
            let digit = (bits >> (18 - 6 * n) & 63) as usize;
            out.push(if n > chunk.len() { '=' } else { char::from(DIGITS[digit]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(plan: &Plan) -> Vec<&str> {
        plan.tools.iter().map(|tool| tool[0]).collect()
    }

    #[test]
    fn base64_as_everybody_writes_it() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("“é”", "4oCcw6nigJ0=")];
        for (text, coded) in pairs {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }

    #[test]
    fn a_bare_terminal_gets_the_sequence_alone() {
        let plan = plan(Environment::default(), "foo");
        assert_eq!(plan.sequence.as_deref(), Some("\x1b]52;c;Zm9v\x07"));
        assert!(!plan.tmux && plan.tools.is_empty());
    }

    #[test]
    fn tmux_gets_it_wrapped_and_is_asked() {
        let plan = plan(Environment { tmux: true, remote: true, ..Environment::default() }, "foo");
        assert_eq!(plan.sequence.as_deref(), Some("\x1bPtmux;\x1b\x1b]52;c;Zm9v\x07\x1b\\"));
        assert!(plan.tmux && plan.tools.is_empty());
    }

    #[test]
    fn tools_go_by_the_display_and_never_over_ssh() {
        let all = Environment { wayland: true, x11: true, mac: true, windows: true, ..Environment::default() };
        assert_eq!(names(&plan(all, "")), ["wl-copy", "xclip", "xsel", "pbcopy", "clip.exe"]);
        assert_eq!(names(&plan(Environment { x11: true, ..Environment::default() }, "")), ["xclip", "xsel"]);
        assert!(plan(Environment { remote: true, ..all }, "").tools.is_empty());
    }

    #[test]
    fn what_is_too_long_for_terminals_goes_to_tools_alone() {
        let most = "x".repeat(MOST / 4 * 3);
        let here = Environment { wayland: true, ..Environment::default() };
        assert!(plan(here, &most).sequence.is_some());
        let longer = plan(here, &format!("{most}y"));
        assert_eq!((longer.sequence.is_none(), names(&longer)), (true, vec!["wl-copy"]));
    }

    #[test]
    #[cfg(unix)]
    fn the_first_tool_that_works_will_do_and_failures_are_told() {
        let plan = Plan {
            sequence: None,
            tmux: false,
            tools: vec![&["attache-no-such-tool"], &["false"], &["cat"], &["cat"]],
        };
        assert_eq!(hand_over(&plan, "text"), (vec!["cat".to_owned()], Vec::new()));
        let plan = Plan { tools: vec![&["attache-no-such-tool"], &["false"]], ..plan };
        let (took, failed) = hand_over(&plan, "text");
        assert!(took.is_empty());
        assert_eq!(failed, ["attache-no-such-tool is not there", "false ended with exit status: 1"]);
    }
}
