//! A static host on this machine: gives the files of a published site as any host would, with
//! `index.html` for folders, `404.html` for what is not there, the right content types, and texts packed.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Files by path, such as `blog/index.html`.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// A site that can be visited for as long as this process lives.
pub struct Web {
    /// Such as `http://127.0.0.1:40123/`.
    origin: String,
}

impl Web {
    pub fn host(files: Files) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("its own address");
        let files = Arc::new(files);
        thread::spawn(move || {
            for visitor in listener.incoming().map_while(Result::ok) {
                let files = Arc::clone(&files);
                // A browser that hangs up in the middle is nobody's concern.
                thread::spawn(move || answer(visitor, &files));
            }
        });
        Self {
            origin: format!("http://{address}/"),
        }
    }

    /// The address of a page or file, such as `blog/` or `assets/style.css`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether an address is on this host.
    pub fn has(&self, url: &str) -> bool {
        url.starts_with(&self.origin)
    }
}

fn answer(mut visitor: TcpStream, files: &Files) -> io::Result<()> {
    let mut lines = BufReader::new(visitor.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    let mut takes_gzip = false;
    while let Some(header) = lines.next().transpose()?.filter(|line| !line.is_empty()) {
        let header = header.to_ascii_lowercase();
        takes_gzip |= header.starts_with("accept-encoding:") && header.contains("gzip");
    }

    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.trim_start_matches('/');
    let path = path.split('?').next().unwrap_or(path);
    let index = match path {
        "" => "index.html".to_owned(),
        folder => format!("{}/index.html", folder.trim_end_matches('/')),
    };
    let found = [path, &index]
        .into_iter()
        .find_map(|name| Some((name, files.get(name)?)));
    let nothing: Arc<[u8]> = Arc::default();
    let (status, name, body) = match found {
        Some((name, body)) => ("200 OK", name, body),
        None => (
            "404 Not Found",
            "404.html",
            files.get("404.html").unwrap_or(&nothing),
        ),
    };
    let content_type = content_type(name);
    let is_text = ["text/", "application/", "image/svg"]
        .iter()
        .any(|kind| content_type.starts_with(kind));
    let (body, encoding) = match takes_gzip && is_text {
        true => (gzip(body)?, "Content-Encoding: gzip\r\n"),
        false => (body.to_vec(), ""),
    };
    // A name below `assets/` changes with what is in the file.
    let lifetime = match name.starts_with("assets/") {
        true => "max-age=31536000, immutable",
        false => "no-cache",
    };
    write!(
        visitor,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
         {encoding}Cache-Control: {lifetime}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    visitor.write_all(&body)
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(body)?;
    packed.finish()
}

fn content_type(name: &str) -> &'static str {
    let (_, ending) = name.rsplit_once('.').unwrap_or_default();
    match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
