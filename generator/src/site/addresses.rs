//! Where pages are found: the address that a file's name gives, or the one its author wants.

use super::{Alias, Section, SitePage};
use crate::address::Address;
use crate::config::Language;
use crate::diagnostic::{Diagnostic, Place, Span};
use crate::hash::Fingerprint;
use crate::page::Page;

/// The home page of a language; the site's own has the root.
pub fn home(language: usize, languages: &[Language]) -> Address {
    match language {
        0 => Address::root(),
        other => Address::root().child(&languages[other].folder()),
    }
}

/// The folder's address: each folder's name as a slug.
pub fn folder_address(home: Address, folder: &str) -> Address {
    folder
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(home, |address, part| address.child(&slug(part)))
}

/// A text as a part of an address.
pub fn slug(text: &str) -> String {
    match slug::slugify(text) {
        slug if slug.is_empty() => Fingerprint::of(text.as_bytes()).short(),
        slug => slug,
    }
}

/// A term as a part of an address. Signs at the end of a word are spelled: `C`, `C++` and `C#` are three terms.
pub fn term_slug(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    let mut before = ' ';
    for (at, one) in name.char_indices() {
        let word = match one {
            '+' => "plus",
            '#' => "sharp",
            _ => "",
        };
        let after = name[at..].trim_start_matches(one).chars().next();
        let ends_a_word = (before.is_alphanumeric() || before == one)
            && !after.is_some_and(char::is_alphanumeric);
        match !word.is_empty() && ends_a_word && spelled.contains(char::is_alphanumeric) {
            true => spelled.extend([" ", word, " "]),
            false => spelled.push(one),
        }
        before = one;
    }
    slug(&spelled)
}

/// The address that a page's author wants; where that cannot be, it is
/// reported and the file's name decides.
pub fn own_address(page: &Page, below: &Address, diagnostics: &mut Vec<Diagnostic>) -> Address {
    let by_name = match page.name.is_section {
        true => below.clone(),
        false => below.child(&slug(&page.name.stem)),
    };
    let not_an = |what: &str, span: &Span, label: &str| {
        Diagnostic::error(format!("this cannot be {what}"))
            .at(&page.path, span.clone())
            .label(label)
    };
    if let Some(path) = &page.front.path {
        return Address::parse(&path.value).unwrap_or_else(|wrong| {
            diagnostics.push(not_an("an address", &path.span, &wrong));
            by_name
        });
    }
    match &page.front.slug {
        Some(written) if slug::slugify(&written.value).is_empty() => {
            diagnostics.push(not_an(
                "a slug",
                &written.span,
                "no letter or digit is in it",
            ));
            by_name
        }
        Some(written) if written.value.contains(['/', '\\']) => {
            let wrong = not_an("a slug", &written.span, "a slug is one part of an address");
            diagnostics.push(wrong.help("give the whole address as `path` instead"));
            by_name
        }
        Some(written) => below.child(&slug(&written.value)),
        None => by_name,
    }
}

/// Pages that are where the generator keeps its own files.
pub fn refuse_reserved<'a>(
    placed: impl Iterator<Item = (&'a Page, &'a Address)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (page, address) in placed {
        let Some(why) = address.reserved() else {
            continue;
        };
        let wrong = Diagnostic::error(format!("no page can have the address {address}")).label(why);
        let place = page.place_of_address();
        let wrong = wrong.placed(&place);
        diagnostics.push(match place.span {
            Some(_) => wrong,
            None => wrong.help("give it another address with `path`"),
        });
    }
}

/// The old addresses of every page and section.
pub fn aliases(
    pages: &[SitePage],
    sections: &[Section],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Alias> {
    let targets = pages.iter().map(|page| (&page.page, &page.address)).chain(
        sections
            .iter()
            .map(|section| (&section.page, &section.address)),
    );
    let mut aliases = Vec::new();
    for (page, target) in targets {
        for written in &page.front.aliases {
            match Address::parse(&written.value) {
                Ok(address) => aliases.push(Alias {
                    address,
                    target: target.clone(),
                    place: Place {
                        path: page.path.clone(),
                        span: Some(written.span.clone()),
                    },
                }),
                Err(wrong) => diagnostics.push(
                    Diagnostic::error("this cannot be an address")
                        .at(&page.path, written.span.clone())
                        .label(wrong),
                ),
            }
        }
    }
    aliases
}
