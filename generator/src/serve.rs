//! Shows the site on this machine while it is being written. A page whose text changes is shown at once; every change
//! is built as soon as nothing else changes, and open pages follow. A build with errors is shown in the page with its excerpts, over the last
//! good site, which stays.

mod answers;
mod shown;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use self::shown::Board;
use crate::address::BaseUrl;
use crate::memory::Memory;
use crate::progress::patiently;
use crate::source::{self, SourceTree, is_page};
use crate::standing::{self, Revised, Standing};
use crate::watch::{Change, Changes};
use crate::{Build, Options, report, theme};

/// Editors write a file in several steps, and programs write several files; this long without another change and
/// everything is built.
const QUIET: Duration = Duration::from_millis(30);

/// Where to serve, and how to begin.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The address of this machine to listen at; a loopback address keeps other machines out.
    pub bind: IpAddr,
    /// 0 takes a free one.
    pub port: u16,
    /// Whether to show the site in the browser at once.
    pub open: bool,
}

/// Serves the site until the process is ended.
///
/// # Errors
/// If the port is taken or the files cannot be watched.
pub fn run(root: &Path, mut options: Options, memory: Memory, place: Place) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let Place { bind, port, open } = place;
        let listener = TcpListener::bind(SocketAddr::from((bind, port)))
            .await
            .map_err(|error| {
                let hint = "help: name another one with --port, or let --port 0 find one";
                io::Error::new(
                    error.kind(),
                    format!("{bind}, port {port}: {error}\n  {hint}"),
                )
            })?;
        let port = listener.local_addr()?.port();
        // An address that stands for all of them is none that a browser could go to.
        let here = match bind.is_unspecified() {
            true => format!("localhost:{port}"),
            false => SocketAddr::from((bind, port)).to_string(),
        };
        // Addresses are those of this machine unless the author asks otherwise.
        let base_url = BaseUrl::parse(&format!("http://{here}/")).ok();
        options.base_url = options.base_url.or(base_url);
        let folder = options.base_url.as_ref().map_or("/", BaseUrl::path);
        let address = format!("http://{here}{folder}");
        let mut changes = Changes::watch(root).map_err(io::Error::other)?;
        let board = Arc::new(Board::default());
        let desk = Arc::new(Desk {
            root: root.to_owned(),
            board: Arc::clone(&board),
            work: Mutex::default(),
        });
        let builder = Builder {
            options,
            memory,
            desk: Arc::clone(&desk),
            address: open.then(|| address.clone()),
        };
        let (wake, changed) = mpsc::channel();
        thread::spawn(move || builder.run(&changed));
        thread::spawn(move || {
            while let Some(change) = changes.wait() {
                desk.answer(change);
                // The builder is gone when the serving is over.
                let _ = wake.send(());
            }
        });
        say!("serving {address} (stop with Ctrl-C)\n");
        if !bind.is_loopback() {
            say!("every machine that reaches this one on port {port} sees it, drafts included\n");
        }
        answers::accept(listener, board).await
    })
}

/// Builds the site again and again, on a thread of its own.
struct Builder {
    options: Options,
    memory: Memory,
    desk: Arc<Desk>,
    /// What to open in the browser as soon as there is something to see.
    address: Option<String>,
}

/// What there is to work with, for the thread that builds and for the one that answers edits.
struct Desk {
    root: PathBuf,
    board: Arc<Board>,
    work: Mutex<Work>,
}

#[derive(Default)]
struct Work {
    /// The last good build.
    standing: Option<Standing>,
    /// Files of pages that have changed since the build in progress began to read.
    edited: BTreeSet<String>,
}

impl Desk {
    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows pages whose texts have changed, before everything is built again.
    fn answer(&self, change: Change) {
        let mut work = self.work();
        // What else changes may change these pages as well.
        if change.paths.iter().all(|path| is_page(path)) {
            let pages = change.paths.iter();
            let revised = pages.filter_map(|path| self.revised(path, work.standing.as_ref()?));
            revised.for_each(|page| self.board.revise(page));
        }
        work.edited.extend(change.paths);
    }

    fn revised(&self, path: &str, standing: &Standing) -> Option<Revised> {
        standing.revised(path, &source::now(&self.root, path)?)
    }

    /// Shows a build, with the texts that pages have got while it was made.
    fn show(&self, mut build: Build, standing: Standing, base_path: &str) {
        let mut work = self.work();
        let edited = work.edited.iter().filter(|path| is_page(path));
        for page in edited.filter_map(|path| self.revised(path, &standing)) {
            build.output.files.insert(page.file, page.bytes);
        }
        self.board.show(build, base_path);
        let former = work.standing.replace(standing);
        rayon::spawn(move || drop(former));
    }
}

impl Builder {
    /// `changed` tells that there is something to build.
    fn run(mut self, changed: &Receiver<()>) {
        loop {
            self.build();
            if let Some(address) = self.address.take()
                && let Err(error) = open::that_detached(&address)
            {
                complain!("warning: no browser could be opened: {error}\n");
            }
            if changed.recv().is_err() {
                return;
            }
            while changed.recv_timeout(QUIET).is_ok() {}
        }
    }

    fn build(&mut self) {
        let started = Instant::now();
        self.desk.work().edited.clear();
        let (source, unreadable) = SourceTree::read(&self.desk.root, theme::embedded());
        let progress = Arc::clone(&self.memory.progress);
        let (mut build, standing) = patiently("Building", &progress, || {
            standing::build(&source, &self.options, &mut self.memory)
        });
        build.diagnostics.splice(0..0, unreadable);
        let texts = source.texts_of(&build.diagnostics);
        report::print(&build.diagnostics, &texts);
        let board = &self.desk.board;
        match standing.filter(|_| !build.failed()) {
            Some(standing) => {
                let base_path = self.options.base_url.as_ref().map_or("/", BaseUrl::path);
                let pages = report::counted(build.pages, "page");
                self.desk.show(build, standing, base_path);
                say!("{pages} in {} ms\n", started.elapsed().as_millis());
            }
            None => {
                let count = report::count(&build.diagnostics);
                let shown = match board.is_showing() {
                    true => "the last good site is still shown",
                    false => "the site is shown once they are mended",
                };
                complain!("\nerror: {count}; {shown}\n");
                board.report(&build.diagnostics, &texts);
            }
        }
    }
}
