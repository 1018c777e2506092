//! `tallypress check --external`: a site whose pages link to another one, which runs on this machine
//! and counts what it is asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use snapbox::str;
use tallypress_tests::site;

use crate::program::Folder;

/// Another site. It ends with the test's process.
struct Host {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(&stream.unwrap(), &noted);
            }
        });
        Self { port, asked }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn answer(mut stream: &TcpStream, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap().unwrap();
    while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
    let (method, rest) = first.split_once(' ').unwrap();
    let path = rest.split(' ').next().unwrap();
    asked.lock().unwrap().push(format!("{method} {path}"));
    let status = match (method, path) {
        (_, "/there") => "200 OK",
        ("GET", "/no-heads") => "200 OK",
        ("HEAD", "/no-heads") => "405 Method Not Allowed",
        (_, "/busy") => "503 Service Unavailable",
        _ => "404 Not Found",
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
}

fn linking_to(addresses: &[String]) -> Folder {
    let links: Vec<String> = addresses
        .iter()
        .map(|address| format!("[x]({address})\n"))
        .collect();
    Folder::of(&site(&format!(
        "--- content/_index.md\n{}\n",
        links.join("\n")
    )))
}

#[test]
fn a_dead_link_is_an_error_and_a_doubtful_one_a_warning() {
    let host = Host::start();
    let folder = linking_to(&["there", "no-heads", "gone", "busy"].map(|path| host.address(path)));
    let run = folder.run("check --external --base-url https://example.com");
    run.expect_code(1);
    let port = host.port.to_string();
    let without_port = |text: String| {
        // The port's digits decide how many carets there are.
        let lines = text.replace(&port, "PORT");
        lines.replace('^', "").trim().to_owned()
    };
    tallypress_tests::expect(
        &without_port(run.stderr()),
        str![[r#"
error: link to a page of another site that is gone
 --> content/_index.md:5:5
  |
5 | [x](http://127.0.0.1:PORT/gone)
  |      the host answers 404 Not Found

warning: cannot tell whether this link leads anywhere
 --> content/_index.md:7:5
  |
7 | [x](http://127.0.0.1:PORT/busy)
  |      the host answers 503 Service Unavailable
"#]],
    );
    tallypress_tests::expect(
        &run.stdout(),
        str![[r#"
Checked 3 pages: 1 error, 1 warning; asked for 4 addresses of other sites

"#]],
    );
}

#[test]
fn what_was_there_lately_is_not_asked_again() {
    let host = Host::start();
    let folder = linking_to(&["there", "there#part", "gone"].map(|path| host.address(path)));
    let check = |day: &str| {
        folder
            .command("check --external --base-url https://example.com")
            .args(["--now", day])
            .env("XDG_CACHE_HOME", folder.path("caches"))
            .output()
            .unwrap();
        host.asked()
    };
    assert_eq!(
        check("2026-06-15"),
        ["HEAD /gone", "GET /gone", "HEAD /there"]
    );
    assert_eq!(check("2026-06-18"), ["HEAD /gone", "GET /gone"]);
    assert_eq!(
        check("2026-07-18"),
        ["HEAD /gone", "GET /gone", "HEAD /there"]
    );
}

#[test]
fn nobody_is_asked_when_the_time_is_over() {
    let host = Host::start();
    let folder = linking_to(&[host.address("there")]);
    folder
        .run("check --external --external-limit 0 --base-url https://example.com")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: 1 address of other sites unchecked: 0 seconds were over
 = help: give the check more time with --external-limit

"#]]);
    assert_eq!(host.asked(), [""; 0]);
}

#[test]
fn other_sites_are_asked_although_the_site_has_mistakes() {
    let host = Host::start();
    let folder = linking_to(&[host.address("there"), "@/nowhere.md".to_owned()]);
    let run = folder
        .command("check --external --base-url https://example.com")
        .env("XDG_CACHE_HOME", folder.path("caches"))
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(host.asked(), ["HEAD /there"]);
}
