//! The sockets, and nothing that is decided: requests become values for [`gate`](super::gate) and
//! [`answer`](super::answer), and what these say is sent.

use std::{
    convert::Infallible,
    io,
    sync::{Arc, mpsc},
    time::Duration,
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, StatusCode, header, request},
    response::{
        IntoResponse, Response,
        sse::{Event as Message, KeepAlive, Sse},
    },
};
use futures_util::{future, stream};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    sync::watch,
    task, time,
};

use super::{
    Event, FrontOf,
    answer::{self, Answer, EVENTS, answer, answer_of, states},
    gate::{self, Asked},
    generation::Shown,
    port::Ports,
};
use crate::{
    io::{Failure, FailureKind},
    report,
};

/// How many pages are made at once.
const MOST_AT_ONCE: usize = 4;

/// How long the head of a request may take, and a connection be idle between two requests: one that is opened and says
/// nothing would be held for ever.
const HEAD: Duration = Duration::from_secs(5);

/// How long it is waited where the system has no room for one more connection.
const NO_ROOM: Duration = Duration::from_millis(200);

/// What every answer says: it is new each time, of the type that it says, and for pages of this server alone, also where
/// another site only means to load it as a script or an image.
const ALWAYS: [(HeaderName, &str); 3] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What is shown, and who is told of it.
pub(super) struct Sites {
    /// What each site shows.
    pub(super) looked: Vec<watch::Receiver<Shown>>,
    /// What makes the front page of several.
    pub(super) front: FrontOf,
    /// Where the loop of each site hears of requests and of the end.
    pub(super) events: Vec<mpsc::Sender<Event>>,
}

/// What all requests share.
struct Server {
    port: u16,
    sites: Sites,
    is_verbose: bool,
}

/// Answers requests until somebody stops the program, and says so. `ready` is told when that can be done.
///
/// # Errors
/// Where the system refuses what a server needs.
pub(super) fn serve(
    ports: Ports,
    sites: Sites,
    is_verbose: bool,
    ready: &mpsc::Sender<()>,
) -> Result<(), Failure> {
    let events = sites.events.clone();
    let server = Server { port: ports.port, sites, is_verbose };
    let done = runtime().and_then(|runtime| {
        let done = runtime.block_on(listen(ports, Arc::new(server), ready));
        // A page that takes its time is not waited for.
        runtime.shutdown_background();
        done
    });
    // Whoever waits for events may have stopped by itself.
    events.iter().for_each(|events| drop(events.send(Event::Stop)));
    done.map_err(|why| Failure::new(FailureKind::Files, format!("cannot serve: {why}")))
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().max_blocking_threads(MOST_AT_ONCE).enable_all().build()
}

async fn listen(ports: Ports, server: Arc<Server>, ready: &mpsc::Sender<()>) -> io::Result<()> {
    let shown = server.sites.looked.clone();
    let app = Router::new().fallback(move |request: Request| handle(Arc::clone(&server), request));
    for listener in ports.listeners {
        task::spawn(accept(TcpListener::from_std(listener)?, app.clone()));
    }
    tokio::select! {
        stopped = stopped(ready) => stopped,
        () = abandoned(shown) => Ok(()),
    }
}

/// Takes connections, for as long as the program runs.
async fn accept(listener: TcpListener, app: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                task::spawn(converse(stream, app.clone()));
            }
            Err(_) => time::sleep(NO_ROOM).await,
        }
    }
}

/// Answers the requests of one connection. One that is cut off, or whose head takes too long, ends without a word.
async fn converse(stream: TcpStream, app: Router) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let _ = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app)).await;
}

/// Waits until nothing can be shown any more.
async fn abandoned(shown: Vec<watch::Receiver<Shown>>) {
    for mut shown in shown {
        while shown.changed().await.is_ok() {}
    }
}

/// Waits for Ctrl-C, or for whoever ends programs.
#[cfg(unix)]
async fn stopped(ready: &mpsc::Sender<()>) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let _ = ready.send(());
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn stopped(ready: &mpsc::Sender<()>) -> io::Result<()> {
    let _ = ready.send(());
    tokio::signal::ctrl_c().await
}

async fn handle(server: Arc<Server>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let response = respond(&server, &parts).await;
    if server.is_verbose {
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
        let line = format!("{} {} {}", parts.method, report::neutral(path), response.status().as_u16());
        let _ = server.sites.events.first().map(|events| events.send(Event::Answered(line)));
    }
    response
}

async fn respond(server: &Server, parts: &request::Parts) -> Response {
    let named = parts.headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default());
    let hosts: Vec<_> = named.chain(parts.uri.authority().map(|authority| authority.as_str())).collect();
    let asked = Asked { method: parts.method.as_str(), hosts: &hosts };
    if let Some(refused) = gate::refused(&asked, server.port) {
        return sent(refused);
    }
    let path = parts.uri.path();
    let Sites { looked, front, .. } = &server.sites;
    let is_alone = looked.len() == 1;
    if path == EVENTS {
        let site = parts.uri.query().unwrap_or_default();
        let own = looked.iter().find(|shown| is_alone || *shown.borrow().site == *site);
        return match own {
            Some(own) => (ALWAYS, changes(own.clone())).into_response(),
            None => (ALWAYS, all_changes(looked.clone())).into_response(),
        };
    }
    // The first state may still be read: its pages are worth waiting for.
    let mut all = Vec::new();
    for shown in looked {
        let mut shown = shown.clone();
        let Ok(shown) = shown.wait_for(Shown::is_known).await.map(|shown| shown.clone()) else {
            return sent(answer::words(503, "503: the preview is ending.\n"));
        };
        all.push(shown);
    }
    let (path, front) = (path.to_owned(), *front);
    let made = task::spawn_blocking(move || match all.as_slice() {
        [alone] => answer(alone, &path),
        all => answer_of(all, front, &path),
    });
    let made = made.await;
    sent(made.unwrap_or_else(|_| answer::words(500, "500: this page could not be made.\n")))
}

fn sent(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, ALWAYS, [(header::CONTENT_TYPE, answer.kind)], answer.body).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// What the front page of several sites is made of, now and whenever one of them changes.
fn all_changes(all: Vec<watch::Receiver<Shown>>) -> impl IntoResponse {
    let messages = stream::unfold((all, false), |(mut all, waits)| async move {
        if waits {
            let changed = all.iter_mut().map(|shown| Box::pin(shown.changed()));
            future::select_all(changed).await.0.ok()?;
        }
        let now: Vec<_> = all.iter_mut().map(|shown| shown.borrow_and_update().clone()).collect();
        let event = serde_json::json!({ "generation": states(&now), "faults": null }).to_string();
        Some((Ok::<_, Infallible>(Message::default().data(event)), (all, true)))
    });
    Sse::new(messages).keep_alive(KeepAlive::default())
}

/// What is shown now and whenever that changes.
fn changes(mut shown: watch::Receiver<Shown>) -> impl IntoResponse {
    if shown.borrow().is_known() {
        shown.mark_changed();
    }
    let messages = stream::unfold(shown, |mut shown| async {
        shown.changed().await.ok()?;
        let event = shown.borrow_and_update().event();
        Some((Ok::<_, Infallible>(Message::default().data(event)), shown))
    });
    Sse::new(messages).keep_alive(KeepAlive::default())
}
