//! The contact form: it reaches whoever takes its answers, in two steps or without any script in one.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::axe::expect_accessible;
use crate::calculator::Calculator;
use crate::chromium::PATIENCE;
use crate::native::Native;
use crate::site::{CALCULATOR, MODEL, Site, repository_file, site};
use crate::tab::Tab;

/// Somebody who takes forms.
struct Taker {
    address: String,
    taken: Receiver<BTreeMap<String, String>>,
}

impl Taker {
    fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("its own address");
        let (sender, taken) = channel();
        thread::spawn(move || {
            for visitor in listener.incoming().map_while(Result::ok) {
                let mut reader = BufReader::new(visitor.try_clone().expect("the same visitor"));
                let head: Vec<String> = reader
                    .by_ref()
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty())
                    .collect();
                let length = head.iter().find_map(|line| {
                    let (name, value) = line.split_once(": ")?;
                    name.eq_ignore_ascii_case("content-length")
                        .then(|| value.parse().ok())?
                });
                let mut body = vec![0; length.unwrap_or(0)];
                let _ = reader.read_exact(&mut body);
                let page = "<!doctype html><title>Taken</title><p>Thank you.";
                let _ = write!(
                    &visitor,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
                    page.len()
                );
                if head
                    .first()
                    .is_some_and(|line| line.starts_with("POST /form "))
                {
                    // The story may be over.
                    let _ = sender.send(fields(&String::from_utf8_lossy(&body)));
                }
            }
        });
        Self {
            address: format!("http://{address}/form"),
            taken,
        }
    }

    #[track_caller]
    fn expect(&self, expected: &[(&str, &str)]) {
        let taken = self.taken.recv_timeout(PATIENCE).expect("a form");
        let taken: Vec<(&str, &str)> = taken
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(taken, expected);
    }
}

/// What a browser sends: names and values, with `+` for a space and `%` before two hexadecimal digits.
fn fields(body: &str) -> BTreeMap<String, String> {
    let plain = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits: String = rest.by_ref().take(2).map(char::from).collect();
                    u8::from_str_radix(&digits, 16).expect("two digits")
                }
                other => other,
            });
        }
        String::from_utf8(bytes).expect("text")
    };
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

/// An article with a calculator on a site whose form goes there.
fn article(contact: &str) -> Site {
    let text = format!("# Article\n\n## Ask\n\n{{{{ calculator(model=\"{CALCULATOR}\") }}}}\n");
    site(&[
        ("site.toml", contact),
        ("content/2026-01-01-article.md", &text),
        (
            &format!("content/estimates/{CALCULATOR}.toml"),
            &repository_file(MODEL),
        ),
    ])
}

#[track_caller]
fn fill(tab: &Tab, field: &str, value: &str) {
    tab.run(&format!(
        "((field) => {{ field.value = {value:?}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})(document.querySelector('#contact-{field}'))"
    ));
}

fn problems_shown(tab: &Tab) -> Vec<String> {
    tab.ask(
        "[...document.querySelectorAll('.contact-problem')].filter((one) => one.checkVisibility()).map((one) => one.innerText)",
    )
}

#[test]
fn two_steps_bring_a_question_to_whoever_takes_it() {
    let taker = Taker::new();
    let site = article(&format!("[contact]\nendpoint = \"{}\"\n", taker.address));
    let tab = site.visit("article/");
    tab.wait_until("document.querySelector('[data-contact]').noValidate");
    let step = |number: usize| {
        tab.ask::<bool>(&format!(
            "document.querySelectorAll('[data-contact-step]')[{number}].checkVisibility()"
        ))
    };
    assert_eq!([step(0), step(1)], [true, false]);
    expect_accessible(&tab, "the first step of the form");

    tab.click("[data-contact-next] button");
    assert_eq!(
        problems_shown(&tab),
        [
            "Please enter your name.",
            "Please enter an email address, such as name@example.com."
        ]
    );
    assert_eq!(
        tab.ask::<String>("document.activeElement.id"),
        "contact-name"
    );
    expect_accessible(&tab, "a form with mistakes");
    fill(&tab, "email", "ada@example.com");
    fill(&tab, "name", "   ");
    tab.click("[data-contact-next] button");
    assert_eq!(problems_shown(&tab), ["Please enter your name."]);
    fill(&tab, "name", "Ada & Co. +1");
    assert_eq!(problems_shown(&tab), [""; 0]);
    tab.click("[data-contact-next] button");
    assert_eq!([step(0), step(1)], [false, true]);
    expect_accessible(&tab, "the second step of the form");
    tab.click("[data-contact-back]");
    assert_eq!([step(0), step(1)], [true, false]);
    tab.click("[data-contact-next] button");
    fill(&tab, "message", "Do I need you?\nReally?");
    tab.click(".contact [type=submit]");
    taker.expect(&[
        ("company", ""),
        ("email", "ada@example.com"),
        ("message", "Do I need you?\r\nReally?"),
        ("name", "Ada & Co. +1"),
        ("page", &site.web.url("article/")),
        ("role", ""),
        ("website", ""),
    ]);
    tab.wait_until("document.title === 'Taken'");
}

#[test]
fn what_was_set_in_the_calculator_goes_along_if_its_reader_wants_that() {
    let native = Native::read(MODEL);
    let taker = Taker::new();
    let site = article(&format!("[contact]\nendpoint = \"{}\"\n", taker.address));
    let tab = site.visit("article/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    fill(&tab, "name", "Ada");
    fill(&tab, "email", "ada@example.com");
    let offered =
        || tab.ask::<bool>("document.querySelector('[data-contact-scenario]').checkVisibility()");
    tab.click("[data-contact-next] button");
    assert!(!offered(), "nothing was set yet");
    tab.click("[data-contact-back]");
    calculator.type_into(native.input("people"), "40");
    calculator.pause();
    tab.click("[data-contact-next] button");
    assert!(offered());
    tab.click("[data-contact-scenario] label");
    fill(&tab, "message", "Do I need you?");
    let link = calculator.link();
    tab.click(".contact [type=submit]");
    taker.expect(&[
        ("company", ""),
        ("email", "ada@example.com"),
        ("message", "Do I need you?"),
        ("name", "Ada"),
        ("page", &site.web.url("article/")),
        ("role", ""),
        ("scenario", &link),
        ("website", ""),
    ]);
}

#[test]
fn without_a_script_it_is_one_form() {
    let taker = Taker::new();
    let mut files = article(&format!("[contact]\nendpoint = \"{}\"\n", taker.address)).files;
    files.retain(|path, _| !path.starts_with("assets/contact.") || !path.ends_with(".js"));
    let site = Site::new(files);
    let tab = site.visit("article/");
    fill(&tab, "name", "Ada");
    fill(&tab, "email", "ada@example.com");
    fill(&tab, "company", "Engines");
    fill(&tab, "message", "Do I need you?");
    tab.click(".contact [type=submit]");
    taker.expect(&[
        ("company", "Engines"),
        ("email", "ada@example.com"),
        ("message", "Do I need you?"),
        ("name", "Ada"),
        ("page", "http://localhost/article/"),
        ("role", ""),
        ("website", ""),
    ]);
}
