//! HTTP: gives a browser the pages of the site, each with a script that keeps it in line with the
//! site, and the news that this script follows.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::Channel;
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch::Receiver;

use super::shown::{Board, Site};

/// Below this address the server has files of its own.
const OWN: &str = "/_tallypress/";
const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");
/// Shown until there is a site.
const NO_SITE: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>No good build yet</title>
<link rel=\"icon\" href=\"data:,\">
<p>There is no good build to show yet. This page follows the next one.</p>
";

type Body = BoxBody<Bytes, Infallible>;

/// Answers visitors for as long as the process runs.
pub async fn accept(listener: TcpListener, board: Arc<Board>) -> io::Result<()> {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Out of file handles, perhaps: others may close theirs.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let board = Arc::clone(&board);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let response = respond(&request, &board);
                async move { Ok::<_, Infallible>(response) }
            });
            // A browser that hangs up in the middle is nobody's concern.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn respond(request: &Request<Incoming>, board: &Board) -> Response<Body> {
    if !is_addressed_to_us(request) {
        return plain(
            StatusCode::FORBIDDEN,
            "this server answers to its own addresses alone\n",
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
    let site = board.site();
    match path.strip_prefix(OWN) {
        Some("preview.js") => own("preview.js", SCRIPT),
        Some("preview.css") => own("preview.css", STYLE),
        Some("news") => news(board.subscribe()),
        _ if site.output.files.is_empty() => {
            page(StatusCode::SERVICE_UNAVAILABLE, &site, NO_SITE.as_bytes())
        }
        _ => published(&site, path),
    }
}

/// A file of the site.
fn published(site: &Site, path: &str) -> Response<Body> {
    let Some(below) = path.strip_prefix(site.base_path.as_str()) else {
        return plain(
            StatusCode::NOT_FOUND,
            &format!("the site lives below {}\n", site.base_path),
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
        match site.output.files.get(name) {
            Some(bytes) if name.ends_with(".html") => return page(status, site, bytes),
            Some(bytes) => return file(status, name, Bytes::copy_from_slice(bytes)),
            None => {}
        }
    }
    plain(StatusCode::NOT_FOUND, "there is no such page\n")
}

/// Other sites in the same browser must not read drafts by pointing a name of theirs at this
/// machine. A number cannot be pointed anywhere.
fn is_addressed_to_us(request: &Request<Incoming>) -> bool {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    host.is_some_and(|host| {
        let port = host.rsplit(':').next().unwrap_or_default();
        let name = match port.bytes().all(|byte| byte.is_ascii_digit()) {
            true => host.rsplit_once(':').map_or(host, |(name, _)| name),
            false => host,
        };
        let number = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || number.parse::<IpAddr>().is_ok()
    })
}

/// A page with the script that keeps it in line.
fn page(status: StatusCode, site: &Site, bytes: &[u8]) -> Response<Body> {
    let [whole, bare] = site.prints(bytes);
    let script =
        format!("<script src=\"{OWN}preview.js\" data-page=\"{whole} {bare}\"></script>\n");
    let mut page = bytes.to_vec();
    page.extend_from_slice(script.as_bytes());
    let mut response = file(status, "index.html", Bytes::from(page));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{whole} {bare}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

fn own(name: &str, text: &'static str) -> Response<Body> {
    file(StatusCode::OK, name, Bytes::from_static(text.as_bytes()))
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

/// Server-sent events: the latest news at once, then those of every build.
fn news(mut news: Receiver<Arc<str>>) -> Response<Body> {
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    news.mark_changed();
    tokio::spawn(async move {
        while news.changed().await.is_ok() {
            let latest = Arc::clone(&news.borrow_and_update());
            let event = match latest.is_empty() {
                // A comment; it opens the stream before the first build is through.
                true => ":\n\n".to_owned(),
                false => format!("data: {latest}\n\n"),
            };
            // The page was closed.
            if sender.send_data(Bytes::from(event)).await.is_err() {
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
