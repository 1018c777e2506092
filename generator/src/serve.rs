//! Shows the site on this machine while it is being written: every change is
//! built at once and open pages load again. A build with errors is reported,
//! and the last good site stays.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use http_body_util::channel::Channel;
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch::{Receiver, Sender, channel};

use crate::address::BaseUrl;
use crate::memory::Memory;
use crate::output::OutputTree;
use crate::source::SourceTree;
use crate::watch::Changes;
use crate::{Options, build, report, theme};

/// Below this address the server has files of its own.
const OWN: &str = "/_tallypress/";

/// Loads the page again when the site has changed.
const RELOAD: &str =
    "new EventSource('/_tallypress/changes').onmessage = () => location.reload();\n";

/// The site as it is shown.
#[derive(Default)]
struct Shown {
    output: OutputTree,
    base_path: String,
}

/// Serves the site until the process is ended.
///
/// # Errors
/// If the port is taken or the files cannot be watched.
pub fn run(root: &Path, mut options: Options, port: u16) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .await
            .map_err(|error| {
                let hint = "help: name another one with --port, or let --port 0 find one";
                io::Error::new(error.kind(), format!("port {port}: {error}\n  {hint}"))
            })?;
        let address = listener.local_addr()?;
        // Addresses are those of this machine unless the author asks otherwise.
        let here = BaseUrl::parse(&format!("http://{address}/")).ok();
        options.base_url = options.base_url.or(here);
        let folder = options
            .base_url
            .as_ref()
            .map_or("/", BaseUrl::path)
            .to_owned();
        let changes = Changes::watch(root).map_err(io::Error::other)?;
        let shown = Arc::new(RwLock::new(Shown::default()));
        let (announce, announced) = channel(());
        let builder = Builder {
            root: root.to_owned(),
            options,
            memory: Memory::default(),
            shown: Arc::clone(&shown),
            announce,
        };
        thread::spawn(move || builder.run(changes));
        println!("serving http://{address}{folder} (stop with Ctrl-C)");
        accept(listener, shown, announced).await
    })
}

/// Builds the site again and again, on a thread of its own.
struct Builder {
    root: std::path::PathBuf,
    options: Options,
    memory: Memory,
    shown: Arc<RwLock<Shown>>,
    announce: Sender<()>,
}

impl Builder {
    fn run(mut self, mut changes: Changes) {
        loop {
            self.build();
            if !changes.wait() {
                return;
            }
        }
    }

    fn build(&mut self) {
        let started = Instant::now();
        let (source, unreadable) = SourceTree::read(&self.root, theme::embedded());
        let mut build = build(&source, &self.options, &mut self.memory);
        build.diagnostics.splice(0..0, unreadable);
        report::print(&build.diagnostics, &source.texts());
        if build.failed() {
            let count = report::count(&build.diagnostics);
            eprintln!("\nerror: {count}; the last good site is still shown");
            return;
        }
        let base_path = match &self.options.base_url {
            Some(base_url) => base_url.path().to_owned(),
            None => "/".to_owned(),
        };
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Shown {
            output: build.output,
            base_path,
        };
        self.announce.send_replace(());
        let pages = report::counted(build.pages, "page");
        println!("{pages} in {} ms", started.elapsed().as_millis());
    }
}

async fn accept(
    listener: TcpListener,
    shown: Arc<RwLock<Shown>>,
    announced: Receiver<()>,
) -> io::Result<()> {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Out of file handles, perhaps: others may close theirs.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let shown = Arc::clone(&shown);
        let announced = announced.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let response = respond(&request, &shown, &announced);
                async move { Ok::<_, Infallible>(response) }
            });
            // A browser that hangs up in the middle is nobody's concern.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

type Body = BoxBody<Bytes, Infallible>;

fn respond(
    request: &Request<Incoming>,
    shown: &RwLock<Shown>,
    announced: &Receiver<()>,
) -> Response<Body> {
    if !is_local(request) {
        return plain(
            StatusCode::FORBIDDEN,
            "this server answers to its own machine alone\n",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "GET and HEAD alone are answered\n",
        );
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let path = request.uri().path();
    match path.strip_prefix(OWN) {
        Some("reload.js") => {
            return file(
                StatusCode::OK,
                "reload.js",
                Bytes::from_static(RELOAD.as_bytes()),
            );
        }
        Some("changes") => return changes(announced.clone()),
        _ => {}
    }
    let shown = shown.read().unwrap_or_else(PoisonError::into_inner);
    if shown.output.files.is_empty() {
        return plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "there is no good build to show yet: see the terminal\n",
        );
    }
    let Some(below) = path.strip_prefix(shown.base_path.as_str()) else {
        return plain(
            StatusCode::NOT_FOUND,
            &format!("the site lives below {}\n", shown.base_path),
        );
    };
    let below = percent_encoding::percent_decode_str(below).decode_utf8_lossy();
    let index = match below.as_ref() {
        "" => "index.html".to_owned(),
        below => format!("{}/index.html", below.trim_end_matches('/')),
    };
    let candidates = [
        (StatusCode::OK, below.as_ref()),
        (StatusCode::OK, &index),
        (StatusCode::NOT_FOUND, "404.html"),
    ];
    for (status, name) in candidates {
        if let Some(bytes) = shown.output.files.get(name) {
            return file(status, name, with_reload(name, bytes));
        }
    }
    plain(StatusCode::NOT_FOUND, "there is no such page\n")
}

/// Other sites in the same browser must not read drafts by pointing a name of
/// theirs at this machine.
fn is_local(request: &Request<Incoming>) -> bool {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    host.is_some_and(|host| {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "127.0.0.1" | "localhost")
    })
}

fn with_reload(name: &str, bytes: &[u8]) -> Bytes {
    if !name.ends_with(".html") {
        return Bytes::copy_from_slice(bytes);
    }
    let mut page = bytes.to_vec();
    page.extend_from_slice(b"<script src=\"/_tallypress/reload.js\"></script>\n");
    Bytes::from(page)
}

fn file(status: StatusCode, name: &str, bytes: Bytes) -> Response<Body> {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let kind = match kind.type_() {
        mime_guess::mime::TEXT => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    };
    let mut response = Response::new(Full::new(bytes).boxed());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(kind) = HeaderValue::from_str(&kind) {
        headers.insert(CONTENT_TYPE, kind);
    }
    response
}

fn plain(status: StatusCode, text: &str) -> Response<Body> {
    file(
        status,
        "message.txt",
        Bytes::copy_from_slice(text.as_bytes()),
    )
}

/// Server-sent events: one for every build that is shown.
fn changes(mut announced: Receiver<()>) -> Response<Body> {
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    announced.mark_unchanged();
    tokio::spawn(async move {
        while announced.changed().await.is_ok() {
            let event = Bytes::from_static(b"data: changed\n\n");
            // The page was closed.
            if sender.send_data(event).await.is_err() {
                return;
            }
        }
    });
    let mut response = Response::new(body.boxed());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
