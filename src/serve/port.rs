//! The port: the one that is wanted, or the next that is free. Only this machine can reach it.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
};

use crate::io::{Failure, FailureKind};

/// The port where none is named.
const USUAL: u16 = 4000;

/// How many ports are tried where none is named.
const MOST_TRIES: u16 = 100;

/// The sockets that are listened on.
#[derive(Debug)]
pub(super) struct Ports {
    /// On 127.0.0.1, and on ::1 where it could be had too.
    pub(super) listeners: Vec<TcpListener>,
    /// The port of all of them.
    pub(super) port: u16,
    /// The port that was meant and is taken.
    taken: Option<u16>,
}

impl Ports {
    /// Takes the port that is named, else the first free one from the usual one on.
    ///
    /// # Errors
    /// Where it is taken, or may not be had.
    pub(super) fn take(named: Option<u16>) -> Result<Self, Failure> {
        let tries = match named {
            Some(port) => port..=port,
            None => USUAL..=USUAL + MOST_TRIES,
        };
        for port in tries {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    return Self::of(listener, (port != USUAL && named.is_none()).then_some(USUAL));
                }
                Err(why) if why.kind() == ErrorKind::AddrInUse && named.is_none() => {}
                Err(why) => return Err(refused(port, &why)),
            }
        }
        let message = format!("no port from {USUAL} to {} is free", USUAL + MOST_TRIES);
        Err(Failure::new(FailureKind::Files, message).help("name a free one with `--port N`"))
    }

    fn of(listener: TcpListener, taken: Option<u16>) -> Result<Self, Failure> {
        let port = listener.local_addr().map_err(|why| refused(0, &why))?.port();
        let mut listeners = vec![listener];
        // Some browsers try `localhost` there first. Where it cannot be had, the other one is enough.
        listeners.extend(TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))));
        for listener in &listeners {
            listener.set_nonblocking(true).map_err(|why| refused(port, &why))?;
        }
        Ok(Self { listeners, port, taken })
    }

    /// Where the first page is.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// That it is not the usual port, where it is not.
    pub(super) fn moved(&self) -> Option<String> {
        self.taken.map(|taken| format!("port {taken} is taken, {} is the next free one", self.port))
    }
}

fn refused(port: u16, why: &std::io::Error) -> Failure {
    let why = match why.kind() {
        ErrorKind::AddrInUse => "another program has it".to_owned(),
        ErrorKind::PermissionDenied => "it needs rights that this program does not have".to_owned(),
        _ => why.to_string(),
    };
    Failure::new(FailureKind::Files, format!("cannot listen on port {port}: {why}"))
        .help("name another one with `--port N`, or none for the next that is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_named_and_taken_is_refused() {
        let first = Ports::take(Some(0)).expect("a free port");
        assert_eq!((first.port != 0, first.moved()), (true, None));
        let refused = Ports::take(Some(first.port)).expect_err("it is taken");
        assert!(refused.message.contains("another program has it"), "{refused}");
        assert!(refused.help.is_some_and(|help| help.contains("--port")));
    }

    #[test]
    fn a_port_that_is_not_named_is_the_next_free_one() {
        // Where somebody else has the usual port, they may let go of it at any time.
        let usual = TcpListener::bind((Ipv4Addr::LOCALHOST, USUAL));
        let (one, other) = (Ports::take(None).expect("a port"), Ports::take(None).expect("a port"));
        assert_ne!(other.port, one.port);
        if usual.is_ok() {
            assert!(one.port > USUAL && other.port > USUAL);
            let words = other.moved().expect("it moved");
            assert!(words.contains("4000") && words.contains(&other.port.to_string()), "{words}");
        }
    }
}
