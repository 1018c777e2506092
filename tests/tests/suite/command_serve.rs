//! `tallypress serve`: the site on this machine, built again on every change.

use std::io::{BufRead, BufReader, Write};

use tallypress_tests::program::Folder;
use tallypress_tests::server::Server;
use tallypress_tests::{Story, site};

fn small_site() -> Story {
    site(
        "--- content/_index.md\nWelcome.\n--- content/a.md\nThe first text.\n--- static/data.csv\n1,2\n",
    )
}

#[test]
fn pages_and_files_are_served_with_their_kinds() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    let home = server.get("/");
    assert_eq!(home.status, 200);
    assert!(
        home.head.contains("content-type: text/html; charset=utf-8"),
        "{}",
        home.head
    );
    assert!(home.body.contains("Welcome."));
    assert!(server.get("/a/").body.contains("The first text."));
    assert!(server.get("/a").body.contains("The first text."));
    assert!(
        server
            .get("/data.csv")
            .head
            .contains("content-type: text/csv")
    );
    assert_eq!(server.request("HEAD", "/", &server.address).body, "");
}

#[test]
fn an_address_that_does_not_exist_is_a_404_with_the_site_s_page() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    let answer = server.get("/nowhere/");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("There is no page at this address"));
    assert_eq!(server.get("/../../etc/passwd").status, 404);
    assert_eq!(server.get("/%2e%2e/site.toml").status, 404);
}

#[test]
fn an_edit_is_served_without_a_restart() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    server.folder.write("content/a.md", "The second text.\n");
    server.wait_for_a_build();
    assert!(server.get("/a/").body.contains("The second text."));
}

#[test]
fn new_files_and_folders_are_noticed_and_removed_ones_too() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    server.folder.write("content/new/folder/b.md", "New.\n");
    server.folder.write("site.toml", "title = \"Named\"\n");
    while server.get("/new/folder/b/").status != 200 || !server.get("/").body.contains("Named") {
        server.wait_for_a_build();
    }
    server.folder.remove("content/a.md");
    while server.get("/a/").status != 404 {
        server.wait_for_a_build();
    }
}

#[test]
fn a_broken_edit_is_reported_and_the_last_good_site_stays() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    server.folder.write("content/a.md", "[x](@/missing.md)\n");
    server.wait_for("link to a page that does not exist");
    server.wait_for("the last good site is still shown");
    assert!(server.get("/a/").body.contains("The first text."));
    server.folder.write("content/a.md", "Mended.\n");
    server.wait_for_a_build();
    assert!(server.get("/a/").body.contains("Mended."));
}

#[test]
fn a_site_that_was_never_good_says_so_until_it_is() {
    let server = Server::of(&site("--- content/a.md\n[x](@/missing.md)\n"));
    server.wait_for("the site is shown once they are mended");
    assert_eq!(server.get("/").status, 503);
    assert!(server.get("/").body.contains("no good build to show yet"));
    server.folder.write("content/a.md", "Good.\n");
    server.wait_for_a_build();
    assert_eq!(server.get("/a/").status, 200);
}

#[test]
fn open_pages_are_told_of_a_new_build() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    assert!(
        server
            .get("/")
            .body
            .contains("<script src=\"/_tallypress/preview.js\" data-page=")
    );
    assert!(
        server
            .get("/_tallypress/preview.js")
            .body
            .contains("EventSource")
    );
    let mut stream = server.connect();
    let head = format!(
        "GET /_tallypress/news HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.address
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut events = BufReader::new(stream).lines().map(Result::unwrap);
    // The stream is open once its head has come.
    assert!(
        events
            .by_ref()
            .take_while(|line| !line.is_empty())
            .any(|line| line.contains("text/event-stream"))
    );
    server.folder.write("content/a.md", "The second text.\n");
    assert!(events.any(|line| line.contains("data: {")));
}

#[test]
fn a_name_that_is_not_this_machine_s_is_turned_away() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    let port = server.address.rsplit(':').next().unwrap();
    let status = |host: &str| server.request("GET", "/", host).status;
    assert_eq!(status(&format!("localhost:{port}")), 200);
    assert_eq!(status(&format!("[::1]:{port}")), 200);
    assert_eq!(status("evil.example"), 403);
    assert_eq!(status(&format!("evil.example:{port}")), 403);
    assert_eq!(status("localhost.evil.example"), 403);
    assert_eq!(status(""), 403);
}

#[test]
fn nothing_but_reading_is_answered() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    assert_eq!(server.request("POST", "/", &server.address).status, 405);
    assert_eq!(server.request("DELETE", "/a/", &server.address).status, 405);
}

#[test]
fn links_are_those_of_this_machine() {
    let server = Server::of(&site(
        "--- site.toml\nbase_url = \"https://example.com/docs/\"\n--- content/_index.md\n[a](@/a.md)\n--- content/a.md\n",
    ));
    server.wait_for_a_build();
    let home = server.get("/").body;
    assert!(home.contains("href=\"/a/\""), "{home}");
    assert!(!home.contains("https://example.com"), "{home}");
}

#[test]
fn a_site_in_a_folder_can_be_tried_there() {
    let story = site("--- content/_index.md\n[a](@/a.md)\n--- content/a.md\nHere.\n");
    let server = Server::start(&story, "serve --port 0 --base-url http://localhost/docs/");
    server.wait_for_a_build();
    assert!(server.get("/docs/a/").body.contains("Here."));
    assert_eq!(server.get("/a/").status, 404);
}

#[test]
fn nothing_is_written_to_the_disk() {
    let server = Server::of(&small_site());
    server.wait_for_a_build();
    assert!(!server.folder.path("public").exists());
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let server = Server::of(&small_site());
    let port = server.address.rsplit(':').next().unwrap();
    let run = server.folder.run(&format!("serve --port {port}"));
    run.expect_code(1);
    assert!(run.stderr().starts_with("error: "), "{}", run.stderr());
}

#[test]
fn a_folder_without_content_is_wrong_usage() {
    let folder = Folder::of(&site("--- notes.txt\n"));
    folder.run("serve --port 0").expect_code(2);
}
