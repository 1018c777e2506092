//! The search: what a reader types is found in the whole site, and said so.

use std::fmt::Write;
use std::sync::OnceLock;

use crate::site::{Site, site};
use crate::tab::{Key, Tab};

/// A site of some articles, and many others that say little.
fn library() -> &'static Site {
    static LIBRARY: OnceLock<Site> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut files = vec![
            (
                "content/partner.md".to_owned(),
                article(
                    "Do you need a partner?",
                    "When a CTO can lead alone.",
                    "A partner brings method. Deployment of the context pack comes later, \
                     and a café is a good place to begin with. Nobody should *over*estimate it.",
                ),
            ),
            (
                "content/costs.md".to_owned(),
                article(
                    "What it costs",
                    "Cash and hours.",
                    "Most of the money goes into a partner's hours, and the rest into deploying.",
                ),
            ),
            (
                "content/training.md".to_owned(),
                article(
                    "Why training stalls",
                    "Nobody owns it.",
                    "Stalled rollouts have one thing in common: the governance of data & \"rights\" <b>.</b>",
                ),
            ),
            (
                "content/lantern.md".to_owned(),
                article(
                    "Light",
                    "",
                    "<!-- search: off -->\n\nThe lantern was drawn by a template.\n\n<!-- search: on -->\n\n\
                     This lantern is the author's.",
                ),
            ),
            (
                "content/hidden.md".to_owned(),
                "+++\ntitle = \"Hidden partner\"\nin_search_index = false\n+++\nA partner.\n".to_owned(),
            ),
        ];
        for number in 0..60 {
            let text = format!("This is the filler of number n{number}, with the usual words.");
            let title = format!("Filler {number}");
            files.push((format!("content/filler-{number}.md"), article(&title, "", &text)));
        }
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        site(&files)
    })
}

fn article(title: &str, description: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"{description}\"\n+++\n{text}\n")
}

/// What a reader finds.
struct Found {
    said: String,
    titles: Vec<String>,
    texts: Vec<String>,
    marked: String,
}

#[track_caller]
fn search(tab: &Tab, query: &str) -> Found {
    tab.run(&format!(
        "((field) => {{ field.value = {query:?}; field.form.requestSubmit(); }})(document.querySelector('#search'))"
    ));
    settle(tab);
    found(tab)
}

/// Waits until nothing changes any more.
#[track_caller]
fn settle(tab: &Tab) {
    tab.run(
        "new Promise((done) => {
            let rest = setTimeout(done, 500);
            new MutationObserver(() => { clearTimeout(rest); rest = setTimeout(done, 300); })
                .observe(document.querySelector('.search'), { childList: true, subtree: true, attributes: true });
        })",
    );
}

fn found(tab: &Tab) -> Found {
    let all = |selector: &str| -> Vec<String> {
        tab.ask(&format!(
            "[...document.querySelectorAll('.search-results {selector}')].map((one) => one.innerText)"
        ))
    };
    Found {
        said: tab.ask("document.querySelector('.search-said').innerText"),
        titles: all(".entry-title"),
        texts: all(".entry-description"),
        marked: all("mark").join(" "),
    }
}

fn open() -> Tab {
    let tab = Tab::new();
    tab.open(&library().web.url("search/"));
    tab.wait_until("document.querySelector('[data-search]').hasAttribute('data-ready')");
    tab
}

#[test]
fn the_pages_that_say_it_are_found_the_best_first() {
    let tab = open();
    let partner = search(&tab, "partner");
    assert_eq!(partner.titles, ["Do you need a partner?", "What it costs"]);
    assert_eq!(partner.said, "2 pages, the most fitting first");
    assert_eq!(
        partner.texts[1],
        "Most of the money goes into a partner's hours, and the rest into deploying."
    );
    assert_eq!(partner.marked, "partner partner partner");
    // More words, whatever their order, small words among them, with a page for all of them first.
    assert_eq!(
        search(&tab, "the HOURS of a partner").titles[0],
        "What it costs"
    );
    assert_eq!(search(&tab, "governance").titles, ["Why training stalls"]);
    let lantern = search(&tab, "lantern");
    assert_eq!(lantern.texts, ["This lantern is the author's."]);
    search(&tab, "governance");
    let page: String = tab.ask("location.search");
    assert_eq!(page, "?q=governance");
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn a_title_says_more_than_any_text() {
    let often = "Ledger, ledger, ledger. ".repeat(9);
    let long = format!(
        "The ledger. {}",
        "Much is said of other things. ".repeat(400)
    );
    let blog = site(&[
        ("content/a.md", &article("Books", "A ledger", &often)),
        ("content/b.md", &article("Accounts", "A ledger", &often)),
        (
            "content/c.md",
            &article("Who keeps a ledger and why", "", &long),
        ),
        ("content/d.md", &article("Ledger", "", "In short.")),
    ]);
    let tab = Tab::new();
    tab.open(&blog.web.url("search/"));
    tab.wait_until("document.querySelector('[data-search]').hasAttribute('data-ready')");
    assert_eq!(
        search(&tab, "ledger").titles,
        ["Ledger", "Who keeps a ledger and why", "Books", "Accounts"]
    );
}

#[test]
fn a_long_article_is_quoted_from_its_first_part() {
    let long = format!(
        "A lighthouse stands at the beginning.\n\n{}\n\nA zeppelin stands at the end.",
        "Much is said of other things. ".repeat(4_000)
    );
    let blog = site(&[("content/a.md", &article("Long", "In sum.", &long))]);
    let tab = Tab::new();
    tab.open(&blog.web.url("search/"));
    tab.wait_until("document.querySelector('[data-search]').hasAttribute('data-ready')");
    search(&tab, "lighthouse");
    tab.wait_until(
        "document.querySelector('.search-results .entry-description').innerText.startsWith('A lighthouse stands')",
    );
    let last = search(&tab, "zeppelin");
    assert_eq!(
        (last.titles, last.texts),
        (vec!["Long".to_owned()], vec!["In sum.".to_owned()])
    );
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn beginnings_accents_and_slips_of_the_finger_are_understood() {
    let tab = open();
    let mut wrong = String::new();
    for (query, title) in [
        ("deploy", "What it costs"),
        ("cafe", "Do you need a partner?"),
        ("CAFÉ", "Do you need a partner?"),
        ("overestimate", "Do you need a partner?"),
        ("trainign", "Why training stalls"),
        ("governence", "Why training stalls"),
        ("depolyment", "Do you need a partner?"),
        ("tarining", "Why training stalls"),
        ("n42", "Filler 42"),
        ("filler 17", "Filler 17"),
    ] {
        let titles = search(&tab, query).titles;
        if titles.first().is_none_or(|first| first != title) {
            let _ = writeln!(wrong, "{query}: {titles:?}, not {title}");
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn what_is_not_there_is_said_and_so_is_a_search_that_cannot_be_loaded() {
    let tab = open();
    let nothing = search(&tab, "zzzzzz");
    assert_eq!(nothing.titles, [""; 0]);
    assert_eq!(
        nothing.said,
        "Nothing was found. Fewer or other words may help."
    );
    assert_eq!(search(&tab, "   ").said, "");
    let unclear = search(&tab, "\"");
    assert_eq!(unclear.said, "Please type a word or a number.");

    let mut files = library().files.clone();
    files.retain(|path, _| !path.starts_with("assets/search/"));
    let broken = Site::new(files);
    let tab = Tab::new();
    tab.open(&broken.web.url("search/?q=partner"));
    tab.wait_until("document.querySelector('.search-said').innerText !== ''");
    assert_eq!(
        found(&tab).said,
        "The search could not be loaded. Please try again."
    );
}

#[test]
fn a_search_can_be_sent_as_a_link_and_done_with_the_keyboard() {
    let tab = Tab::new();
    tab.open(&library().web.url("search/?q=partner"));
    tab.wait_until("document.querySelectorAll('.search-results a').length === 2");
    tab.run("dispatchEvent(new KeyboardEvent('keydown', { key: '/' }))");
    assert_eq!(tab.ask::<String>("document.activeElement.id"), "search");
    tab.press(Key::Down);
    tab.press(Key::Down);
    tab.press(Key::Up);
    assert_eq!(
        tab.ask::<String>("document.activeElement.innerText"),
        "Do you need a partner?"
    );
    tab.press(Key::Enter);
    tab.wait_until("location.pathname === '/partner/'");
}

#[test]
fn a_long_list_comes_in_parts() {
    let tab = open();
    assert_eq!(
        search(&tab, "filler").said,
        "60 pages, the most fitting first"
    );
    let numbers = search(&tab, "n1");
    assert_eq!(numbers.said, "11 pages, the most fitting first");
    assert_eq!(numbers.titles.len(), 10);
    tab.run("document.querySelector('[data-search-more]').click()");
    settle(&tab);
    assert_eq!(found(&tab).titles.len(), 11);
    let hidden: bool = tab.ask("document.querySelector('[data-search-more]').hidden");
    assert!(hidden);
}

#[test]
fn there_is_something_to_read_until_something_is_asked() {
    let blog = crate::site::blog();
    let tab = blog.visit("search/");
    let shown = "document.querySelector('.before-search').checkVisibility()";
    assert!(tab.ask::<bool>(shown));
    assert_eq!(
        tab.ask::<usize>("document.querySelectorAll('.before-search .entry').length"),
        5
    );
    tab.open(&blog.web.url("search/?q=partner"));
    tab.wait_until(&format!("!{shown}"));
}
