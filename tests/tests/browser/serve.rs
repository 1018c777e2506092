//! A page that is open in a browser while its site is being written: it follows every edit, and keeps
//! what its reader has done to it.

use tallypress_tests::server::Server;
use tallypress_tests::site;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{CALCULATOR, MODEL, repository_file};
use crate::tab::Tab;

/// A site with a long article about a calculator, being served.
fn server() -> Server {
    let story = site("--- content/_index.md\nWelcome.\n--- content/other.md\nSomething else.\n")
        .default_theme()
        .file("content/article.md", article("The first text.").as_bytes())
        .file(
            &format!("content/estimates/{CALCULATOR}.toml"),
            repository_file(MODEL).as_bytes(),
        );
    let server = Server::of(&story);
    server.wait_for_a_build();
    server
}

fn article(text: &str) -> String {
    let calculator = format!("{{{{ calculator(model=\"{CALCULATOR}\") }}}}");
    let fold = "<details><summary>More</summary>\n\nHidden.\n\n</details>\n";
    format!("# Article\n\n{text}\n\n{fold}\n{calculator}\n\nThe end.\n")
}

fn open(server: &Server, path: &str) -> Tab {
    let tab = Tab::new();
    tab.open(&format!("http://{}/{path}", server.address));
    // A page that has been loaded again knows nothing of this.
    tab.run("globalThis.visit = 'the first'");
    tab
}

#[track_caller]
fn is_the_first_visit(tab: &Tab) -> bool {
    tab.ask("globalThis.visit === 'the first'")
}

/// What is shown over the page.
const ERRORS: &str = "(document.querySelector('tallypress-errors')?.shadowRoot.querySelector('section').innerText ?? '')";

#[test]
fn an_edit_is_followed_where_the_reader_is() {
    let server = server();
    let native = Native::read(MODEL);
    let tab = open(&server, "article/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.type_into(native.input("people"), "40");
    let mut state = native.defaults();
    state[native.input("people")] = 40.0;
    calculator.expect_at_rest(&native, &state);
    tab.run("document.querySelector('details').open = true");
    tab.run("scrollTo({ top: 1234, behavior: 'instant' })");

    tab.loads_again_after(|| {
        let text = article("The second text.");
        server.folder.write("content/article.md", text);
    });
    assert!(tab.ask::<bool>("document.body.innerText.includes('The second text.')"));
    let top: f64 = tab.ask("scrollY");
    assert!((top - 1234.0).abs() < 40.0, "at {top} pixels");
    let again = Calculator::live(&tab, CALCULATOR);
    again.expect(&native, &state);
    again.expect_fields(&native, &state);
    assert!(tab.ask::<bool>("document.querySelector('details').open"));
    assert!(!is_the_first_visit(&tab));
}

#[test]
fn what_is_wrong_is_shown_over_the_page_until_it_is_mended() {
    let server = server();
    let tab = open(&server, "article/");
    server
        .folder
        .write("content/article.md", article("[x](@/missing.md)"));
    tab.wait_until(&format!("{ERRORS}.includes('missing')"));
    let shown: String = tab.ask(ERRORS);
    for part in [
        "1 error",
        "The last good site is still shown.",
        "link to a page that does not exist",
        "content/article.md:3:5",
        "3 | [x](@/missing.md)",
        "^^^^^^^^^^^^ there is no `content/missing.md`",
    ] {
        assert!(shown.contains(part), "no `{part}` in\n{shown}");
    }
    // Whoever opens a page only now learns it too.
    let late = open(&server, "other/");
    late.wait_until(&format!("{ERRORS}.includes('missing')"));

    // The page under it is the same as before, and a page that is not concerned stays as it is.
    server
        .folder
        .write("content/article.md", article("The first text."));
    for tab in [&tab, &late] {
        tab.wait_until(&format!("{ERRORS} === ''"));
        assert!(is_the_first_visit(tab));
        assert_eq!(tab.problems(), [""; 0]);
    }
}

#[test]
fn a_site_that_was_never_good_appears_as_soon_as_it_is() {
    let server = Server::of(&site("--- content/_index.md\n[x](@/missing.md)\n"));
    server.wait_for("the site is shown once they are mended");
    let tab = Tab::new();
    tab.open(&format!("http://{}/", server.address));
    tab.wait_until(&format!("{ERRORS}.includes('missing')"));
    tab.loads_again_after(|| {
        server.folder.write("content/_index.md", "Good at last.\n");
    });
    assert!(tab.ask::<bool>("document.body.innerText.includes('Good at last.')"));
}

#[test]
fn a_style_sheet_is_exchanged_under_the_page() {
    let server = server();
    let tab = open(&server, "article/");
    let other = open(&server, "other/");
    let theme = repository_file("themes/default/assets/style.css");
    let edited = format!("{theme}\n@layer edited {{ h1 {{ letter-spacing: 7px; }} }}\n");
    server
        .folder
        .write("themes/default/assets/style.css", edited);
    for tab in [&tab, &other] {
        tab.wait_until("getComputedStyle(document.querySelector('h1')).letterSpacing === '7px'");
        tab.wait_until("document.querySelectorAll('link[href*=\"/style.\"]').length === 1");
        assert!(is_the_first_visit(tab));
    }
}

#[test]
fn what_a_build_would_leave_out_is_shown_with_a_mark() {
    let story = site(
        "--- content/blog/_index.md
--- content/blog/2026-01-01-out.md
# Out
--- content/blog/2026-12-24-later.md
# Later
--- content/blog/unfinished.md
+++
draft = true
date = 2026-01-02
+++
# Unfinished
--- content/blog/over.md
+++
date = 2026-01-03
expiryDate = 2026-02-01
+++
# Over
",
    )
    .default_theme();
    let marks = "[...document.querySelectorAll('tallypress-mark')]
        .map((mark) => [mark.parentElement.closest('a')?.getAttribute('href') ?? 'the page',
            mark.shadowRoot.textContent.trim()].join(': ')).sort().join('\\n')";
    let server = Server::of(&story);
    server.wait_for_a_build();
    let list = open(&server, "blog/");
    list.wait_until(&format!("({marks}) !== ''"));
    assert_eq!(
        list.ask::<String>(marks),
        "/blog/later/: Scheduled for 2026-12-24
/blog/over/: Expired on 2026-02-01
/blog/unfinished/: Draft"
    );
    let draft = open(&server, "blog/unfinished/");
    draft.wait_until(&format!("({marks}).includes('the page: Draft')"));

    let published = Server::start(&story, "serve --port 0 --now 2026-06-15 --published");
    published.wait_for_a_build();
    assert_eq!(published.get("/blog/unfinished/").status, 404);
    assert_eq!(published.get("/blog/out/").status, 200);
}
