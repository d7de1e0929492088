//! A running `roadbook serve`, and a browser of a few lines: what is sent is what a test writes.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::Project;

/// How long anything may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that ends with its test.
pub(crate) struct Preview {
    child: Child,
    pub(crate) port: u16,
    said: Mutex<Receiver<String>>,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Preview {
    /// Starts it on a port that is free, and waits until it says where it is.
    pub(crate) fn start(project: &Project, args: &[&str]) -> Self {
        Self::start_anywhere(project, &[&["--port", "0"], args].concat())
    }

    /// The same on the port that it chooses or is given.
    pub(crate) fn start_anywhere(project: &Project, args: &[&str]) -> Self {
        Self::of(&mut project.process([&["serve", "--as-of", "2026-11-22"], args].concat()))
    }

    /// What this command starts, once it says where it is.
    pub(crate) fn of(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let err = BufReader::new(child.stderr.take().expect("standard error"));
        let (say, said) = channel();
        thread::spawn(move || err.lines().map_while(Result::ok).try_for_each(|line| say.send(line)));
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("standard output"));
        out.read_line(&mut line).expect("a line");
        let port =
            line.strip_prefix("serving at http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/\n"));
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("`{line}`"));
        Self { child, port, said: Mutex::new(said) }
    }

    /// Waits until it says something that holds these words; gives the line.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> String {
        let said = self.said.lock().expect("no other test panicked");
        let mut heard = Vec::new();
        loop {
            match said.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => heard.push(line),
                Err(_) => panic!("it does not say `{words}`:\n{}", heard.join("\n")),
            }
        }
    }

    /// Sends bytes, and reads what comes until the other side closes.
    pub(crate) fn send(&self, request: &[u8]) -> Reply {
        let mut stream = self.connect();
        // A request that is refused at its head need not be read to its end.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Reply::parse(&bytes)
    }

    /// Asks for a path as a browser does.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &format!("127.0.0.1:{}", self.port))
    }

    /// Waits until a page holds these words, and gives it: one change on the disk may be seen as several, of which only
    /// the last one is awaited.
    #[track_caller]
    pub(crate) fn shows(&self, path: &str, words: &str) -> String {
        let began = Instant::now();
        loop {
            let text = self.get(path).text();
            if text.contains(words) {
                return text;
            }
            assert!(began.elapsed() < PATIENCE, "{path} does not show `{words}`:\n{text}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, host: &str) -> Reply {
        self.send(format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
    }

    /// What a page is told, from now on.
    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /.roadbook/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("it is sent");
        Events(BufReader::new(stream))
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    /// Sends the signal of Ctrl-C and waits for the end; gives the exit code.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal is sent");
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Self { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page without the script that the preview adds, of which there is one.
    pub(crate) fn without_script(&self) -> Vec<u8> {
        let text = self.text();
        let (before, rest) = text.split_once("<script src=\"/.roadbook/live.js\"").expect("a script");
        let (_, after) = rest.split_once("</script>\n").expect("its end");
        assert!(!after.contains("/.roadbook/"), "a second script");
        [before, after].concat().into_bytes()
    }
}

/// What a page is told.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// The next message.
    #[track_caller]
    pub(crate) fn next(&mut self) -> Value {
        let began = Instant::now();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("a message comes");
            assert!(read > 0, "the stream has ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
            // What keeps the connection open comes for ever, and is no message.
            assert!(began.elapsed() < PATIENCE, "no message comes");
        }
    }

    /// The next message of which this holds.
    #[track_caller]
    pub(crate) fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.next();
            if holds(&message) {
                return message;
            }
        }
    }
}
