//! `tallypress serve` as a person leaves it running beside an editor: the real process, what it prints, and
//! what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::Story;
use crate::program::{Folder, PATIENCE};

/// A running server. It is ended with the test.
pub struct Server {
    pub folder: Folder,
    process: Child,
    /// What it prints, line by line.
    lines: Receiver<String>,
    /// Such as `127.0.0.1:40123`.
    pub address: String,
}

impl Server {
    pub fn of(story: &Story) -> Self {
        Self::start(story, "serve --port 0 --now 2026-06-15")
    }

    pub fn start(story: &Story, arguments: &str) -> Self {
        let folder = Folder::of(story);
        let mut process = folder
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stdout = process.stdout.take().unwrap();
        let stderr = process.stderr.take().unwrap();
        for stream in [Box::new(stdout) as Box<dyn Read + Send>, Box::new(stderr)] {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    // The test may be over.
                    let _ = sender.send(line);
                }
            });
        }
        let mut server = Self {
            folder,
            process,
            lines,
            address: String::new(),
        };
        let line = server.wait_for("serving http://");
        let rest = line.split("http://").nth(1).unwrap();
        server.address = rest.split('/').next().unwrap().to_owned();
        server
    }

    /// Waits for a line with these words in it.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        loop {
            let line = self
                .lines
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("the server never printed `{words}`"));
            if line.contains(words) {
                return line;
            }
        }
    }

    pub fn wait_for_a_build(&self) {
        self.wait_for(" ms");
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &self.address)
    }

    pub fn request(&self, method: &str, path: &str, host: &str) -> Answer {
        let mut stream = self.connect();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub struct Answer {
    pub status: u16,
    /// In lower case.
    pub head: String,
    pub body: String,
}
