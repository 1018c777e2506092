//! `[contact]`: where the form goes, and what its settings may be.

use snapbox::str;
use tallypress_tests::{Built, site};

fn article(settings: &str) -> Built {
    site(&format!(
        "--- site.toml
{settings}
--- content/2026-01-01-a.md
# A
"
    ))
    .default_theme()
    .build()
}

#[track_caller]
fn expect_form(settings: &str, attributes: &str) {
    let built = article(settings);
    let page = built.text("a/index.html");
    let form = page.split("<form ").nth(1).unwrap().split('>').next();
    assert_eq!(form, Some(attributes));
}

#[test]
fn a_form_goes_to_an_endpoint_or_to_a_service() {
    expect_form(
        "[contact]\nendpoint = \"https://forms.example.com/q?a=1\"",
        "method=\"post\" action=\"https://forms.example.com/q?a=1\" accept-charset=\"utf-8\" data-contact",
    );
    expect_form(
        "[contact]\nservice = \"formspree\"\nform = \"abc\"",
        "method=\"post\" action=\"https://formspree.io/f/abc\" accept-charset=\"utf-8\" data-contact",
    );
    expect_form(
        "[contact]\nservice = \"netlify\"",
        "method=\"post\" accept-charset=\"utf-8\" data-contact name=\"contact\" data-netlify=\"true\" netlify-honeypot=\"website\"",
    );
}

#[test]
fn a_form_says_on_which_page_it_is_without_any_script() {
    let built = site(
        "--- site.toml
base_url = \"https://example.com/\"
[contact]
endpoint = \"https://forms.example.com/q\"
--- content/2026-01-01-a.md
# A
--- content/write.md
# Write to us

{{ contact_form() }}
",
    )
    .default_theme()
    .build();
    for page in ["a", "write"] {
        let field = format!("name=\"page\" value=\"https://example.com/{page}/\"");
        assert!(built.text(&format!("{page}/index.html")).contains(&field));
    }
}

#[test]
fn forms_may_be_sent_there_and_nowhere_else() {
    let policy = |settings: &str| {
        let built = article(settings);
        let page = built.text("a/index.html");
        let policy = page.split("form-action ").nth(1).unwrap();
        let policy = policy.split("; base-uri").next().unwrap();
        policy.replace("&#39;", "'")
    };
    assert_eq!(policy(""), "'self'");
    assert_eq!(policy("[contact]\nservice = \"netlify\""), "'self'");
    assert_eq!(
        policy("[contact]\nendpoint = \"https://forms.example.com/q\""),
        "'self' https://forms.example.com"
    );
}

#[test]
fn without_a_form_there_is_a_link_to_the_mailbox() {
    article("[contact]\nemail = \"hello@example.com\"").expect_lines(
        "a/index.html",
        "mailto",
        str![[r#"<p class="contact-line">A question about your own situation? <a href="mailto:hello@example.com">hello@example.com</a></p>"#]],
    );
}

#[test]
fn a_form_for_nobody_is_an_error() {
    site("--- content/a.md\n# A\n\n{{ contact_form() }}\n")
        .default_theme()
        .build()
        .expect_errors(str![[r#"
error: `contact_form` has nobody to write to
 --> content/a.md:3:4
  |
3 | {{ contact_form() }}
  |    ^^^^^^^^^^^^ the site names no one
  |
  = help: put `[contact]` into `site.toml`, with an `email`, an `endpoint` or a `service`

"#]]);
    site("--- site.toml\n[contact]\n--- content/a.md\n# A\n")
        .default_theme()
        .build()
        .expect_errors(str![[r#"
error: `[contact]` names nobody
 --> site.toml:1:1
  |
1 | [contact]
  | ^^^^^^^^^ readers could write to no one
  |
  = help: give it an `email`, an `endpoint` or a `service`, or delete it

"#]]);
}

#[test]
fn a_page_has_one_form() {
    site(
        "--- site.toml
[contact]
endpoint = \"https://forms.example.com/q\"
--- content/a.md
# A

{{ contact_form() }}

> {{ contact_form() }}
",
    )
    .default_theme()
    .build()
    .expect_errors(str![[r#"
error: a second `contact_form` on this page
 --> content/a.md:5:6
  |
5 | > {{ contact_form() }}
  |      ^^^^^^^^^^^^ links, labels and scripts could not tell them apart
  |
  = help: keep one of them, and link to it

"#]]);
}

#[test]
fn a_form_that_nobody_would_take_is_an_error() {
    for (settings, errors) in [
        (
            "endpoint = \"forms.example.com\"",
            str![[r#"
error: a form cannot be sent to this
 --> site.toml:2:12
  |
2 | endpoint = "forms.example.com"
  |            ^^^^^^^^^^^^^^^^^^^ it takes an address, such as `https://forms.example.com/questions`

"#]],
        ),
        (
            "endpoint = \"https:///x\"",
            str![[r#"
error: a form cannot be sent to this
 --> site.toml:2:12
  |
2 | endpoint = "https:///x"
  |            ^^^^^^^^^^^^ it takes an address, such as `https://forms.example.com/questions`

"#]],
        ),
        (
            "service = \"netlyfi\"",
            str![[r#"
error: this service is not known
 --> site.toml:2:11
  |
2 | service = "netlyfi"
  |           ^^^^^^^^^ `netlify` and `formspree` are; for any other give its `endpoint`
  |
  = help: did you mean `netlify`?

"#]],
        ),
        (
            "service = \"formspree\"",
            str![[r#"
error: Formspree does not know which form this is
 --> site.toml:2:11
  |
2 | service = "formspree"
  |           ^^^^^^^^^^^ add `form = "…"`, the last part of the form's address there

"#]],
        ),
        (
            "form = \"abc\"",
            str![[r#"
error: this would be ignored
 --> site.toml:2:8
  |
2 | form = "abc"
  |        ^^^^^ `endpoint` goes without `service`, and `form` with `service = "formspree"`

"#]],
        ),
        (
            "service = \"netlify\"\nendpoint = \"https://forms.example.com\"",
            str![[r#"
error: this would be ignored
 --> site.toml:3:12
  |
3 | endpoint = "https://forms.example.com"
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `endpoint` goes without `service`, and `form` with `service = "formspree"`

"#]],
        ),
        (
            "email = \"hello at example.com\"",
            str![[r#"
error: this is no address of a mailbox
 --> site.toml:2:9
  |
2 | email = "hello at example.com"
  |         ^^^^^^^^^^^^^^^^^^^^^^ it has no `@`

"#]],
        ),
        (
            "mail = \"hello@example.com\"",
            str![[r#"
error: `[contact]` names nobody
 --> site.toml:1:1
  |
1 | [contact]
  | ^^^^^^^^^ readers could write to no one
  |
  = help: give it an `email`, an `endpoint` or a `service`, or delete it

error: unknown key `mail`
 --> site.toml:2:1
  |
2 | mail = "hello@example.com"
  | ^^^^ nothing reads this
  |
  = help: did you mean `email`?

"#]],
        ),
    ] {
        article(&format!("[contact]\n{settings}")).expect_errors(errors);
    }
}
