//! Shows the site on this machine while it is being written: every change is built at once, and
//! open pages follow. A build with errors is shown in the page with its excerpts, over the last
//! good site, which stays.

mod answers;
mod shown;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use tokio::net::TcpListener;

use self::shown::Board;
use crate::address::BaseUrl;
use crate::memory::Memory;
use crate::source::SourceTree;
use crate::watch::Changes;
use crate::{Options, build, report, theme};

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
        let changes = Changes::watch(root).map_err(io::Error::other)?;
        let board = Arc::new(Board::default());
        let builder = Builder {
            root: root.to_owned(),
            options,
            memory,
            board: Arc::clone(&board),
            address: open.then(|| address.clone()),
        };
        thread::spawn(move || builder.run(changes));
        say!("serving {address} (stop with Ctrl-C)\n");
        if !bind.is_loopback() {
            say!("every machine that reaches this one on port {port} sees it, drafts included\n");
        }
        answers::accept(listener, board).await
    })
}

/// Builds the site again and again, on a thread of its own.
struct Builder {
    root: PathBuf,
    options: Options,
    memory: Memory,
    board: Arc<Board>,
    /// What to open in the browser as soon as there is something to see.
    address: Option<String>,
}

impl Builder {
    fn run(mut self, mut changes: Changes) {
        loop {
            self.build();
            if let Some(address) = self.address.take()
                && let Err(error) = open::that_detached(&address)
            {
                complain!("warning: no browser could be opened: {error}\n");
            }
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
        let texts = source.texts_of(&build.diagnostics);
        report::print(&build.diagnostics, &texts);
        if build.failed() {
            let count = report::count(&build.diagnostics);
            let shown = match self.board.is_showing() {
                true => "the last good site is still shown",
                false => "the site is shown once they are mended",
            };
            complain!("\nerror: {count}; {shown}\n");
            self.board.report(&build.diagnostics, &texts);
            return;
        }
        let base_path = self.options.base_url.as_ref().map_or("/", BaseUrl::path);
        let pages = report::counted(build.pages, "page");
        self.board.show(build, base_path);
        say!("{pages} in {} ms\n", started.elapsed().as_millis());
    }
}
