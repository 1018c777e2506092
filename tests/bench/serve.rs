//! How long an author waits: from the moment at which a file is written to that at which the server answers with its
//! new text, for this generator and for others that are installed. A table to read and to keep, never a test.
#![expect(
    dead_code,
    reason = "builds, whose tools and machine these are, need more of them"
)]

mod corpus;
mod floor;
mod folder;
mod machine;
mod table;
mod tools;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;

use crate::corpus::Article;
use crate::table::Times;
use crate::tools::{Found, Tool};

/// How long a server may take to be there, or to see an edit.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often the page is asked for while its new text is not there.
const POLL: Duration = Duration::from_millis(1);
/// What a server gets at least, when it is new and after each edit, to finish what it does after its answer.
const SETTLING: Duration = Duration::from_millis(500);

/// Measures edits that are seen by servers, and prints a table in Markdown
#[derive(Parser)]
struct Arguments {
    /// How many articles the sites have
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    sizes: Vec<usize>,
    /// How many edits are measured, after one to warm up
    #[arg(long, default_value_t = 30)]
    edits: usize,
    /// What is measured; without this, all that is found
    #[arg(long, value_delimiter = ',')]
    tools: Vec<Tool>,
    /// Where sites go [default: /dev/shm, where there is one]
    #[arg(long, value_name = "FOLDER")]
    work: Option<PathBuf>,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let work = folder::for_work(arguments.work.as_deref())?;
    let place = machine::file_system(work.path());
    machine::print(&[("Sites", format!("{place}, {}", work.path().display()))]);
    println!(
        "| Server | Version | Articles | Ready after | Edit to served, median | 95th percentile |\n|---|---|--:|--:|--:|--:|"
    );
    for articles in &arguments.sizes {
        for found in tools::find(&arguments.tools) {
            let site = found.tool.site(work.path(), *articles)?;
            let cache = work.path().join(format!("cache-{}", found.tool.name()));
            let port = free_port()?;
            let Some(command) = command(&found, &site, port, &cache) else {
                continue;
            };
            let head = format!(
                "| {} | {} | {articles} |",
                found.tool.name(),
                found.version()
            );
            match Server::start(command, port, &work.path().join("log")) {
                Err(wrong) => println!("{head} {wrong} | | |"),
                Ok(server) => {
                    let times = server.edits(found.tool, &site, *articles, arguments.edits)?;
                    println!(
                        "{head} {:.1} s | {:.1} ms | {:.1} ms |",
                        server.ready.as_secs_f64(),
                        times.median(),
                        times.percentile(95)
                    );
                }
            }
        }
    }
    Ok(())
}

/// A server on this machine that builds again when a file changes; `None` for tools that are not measured so.
fn command(found: &Found, site: &Path, port: u16, cache: &Path) -> Option<Command> {
    let mut command = found.command();
    command.current_dir(site);
    let port = port.to_string();
    match found.tool {
        Tool::Ours | Tool::OursDefault | Tool::Base => command
            .args(["serve", "--port", &port, "--root"])
            .arg(site)
            .arg("--cache")
            .arg(cache),
        Tool::Hugo => command
            .args(["server", "--bind", "127.0.0.1", "--noBuildLock"])
            .args(["--port", &port, "--source"])
            .arg(site),
        Tool::Zola => command.arg("--root").arg(site).args([
            "serve",
            "--interface",
            "127.0.0.1",
            "--port",
            &port,
        ]),
        Tool::Floor | Tool::Blades | Tool::Cobalt | Tool::Eleventy => return None,
    };
    Some(command)
}

/// One that nobody listens at. Another program could take it first, and the server would say so.
fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// A running server. It is ended when it is dropped.
struct Server {
    process: Child,
    port: u16,
    /// What it took until it answered.
    ready: Duration,
}

impl Server {
    fn start(mut command: Command, port: u16, log: &Path) -> io::Result<Self> {
        let file = File::create(log)?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let started = Instant::now();
        let mut server = Self {
            process: command.spawn()?,
            port,
            ready: Duration::ZERO,
        };
        while server.get(&Article::new(0)).is_err() {
            let ended = server.process.try_wait()?.is_some();
            if ended || started.elapsed() > PATIENCE {
                let said = fs::read_to_string(log)?;
                let last = said.lines().last().unwrap_or("no answer").to_owned();
                return Err(io::Error::other(last));
            }
            thread::sleep(Duration::from_millis(10));
        }
        server.ready = started.elapsed();
        Ok(server)
    }

    /// Adds a sentence to one article after the other, and takes the time until each is served.
    fn edits(&self, tool: Tool, site: &Path, articles: usize, edits: usize) -> io::Result<Times> {
        thread::sleep(SETTLING);
        let mut times = Vec::with_capacity(edits);
        for edit in 0..=edits {
            // Far from the last one, so that no two edits are neighbours.
            let number = (edit * 37 + 11) % articles;
            let path = tool.article(site, number);
            let article = Article::new(number);
            let words = format!(
                "This is edit number {edit} of process {}.",
                self.process.id()
            );
            let text = format!("{}\n{words}\n", fs::read_to_string(&path)?);
            let started = Instant::now();
            fs::write(&path, text)?;
            while !self.get(&article).is_ok_and(|page| page.contains(&words)) {
                if started.elapsed() > PATIENCE {
                    return Err(io::Error::other(format!(
                        "{} never saw an edit",
                        tool.name()
                    )));
                }
                thread::sleep(POLL);
            }
            let took = started.elapsed();
            if edit > 0 {
                times.push(took.as_secs_f64() * 1e3);
            }
            thread::sleep(SETTLING.max(took));
        }
        Ok(times.into_iter().collect())
    }

    /// The page of an article.
    fn get(&self, article: &Article) -> io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        // The old version has answers in one piece.
        write!(
            stream,
            "GET /posts/{}/ HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n",
            article.slug, self.port
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        match answer.split_once("\r\n\r\n") {
            Some((head, body)) if head.contains(" 200 ") => Ok(body.to_owned()),
            _ => Err(io::Error::other("no page")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
