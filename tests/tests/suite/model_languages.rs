//! Calculators, figures and methodologies on pages in other languages, and models with texts in several.

use snapbox::str;
use tallypress_tests::{Story, expect, site};

const SMALL_MODEL: &str = include_str!("small-model.toml");

const LANGUAGES: &str = "language = \"en\"\n[languages.en]\n[languages.fr]\n[languages.de]\n";

/// The small model's texts in French.
const FRENCH: &str = r#"[approach]
alone = "Seul"
helped = "Avec de l’aide"

[input.pages]
label = "Pages à écrire"

[input.care]
label = "Soin"
options = ["Rapide", "Soigné"]

[role]
writer = "Rédacteur"
agency = "Agence"

[skill]
words = "rédaction"

[phase]
writing = "Écriture"

[activity]
draft = "Brouillon"

[milestone]
done = "Terminé"
"#;

/// A site in three languages whose page has this text in each.
fn told(text: &str) -> Story {
    let story = site("").default_theme();
    let pages = ["", ".fr", ".de"];
    let story = pages.iter().fold(story, |story, language| {
        story.file(&format!("content/a{language}.md"), text.as_bytes())
    });
    story
        .file("site.toml", LANGUAGES.as_bytes())
        .file("content/estimates/it.toml", SMALL_MODEL.as_bytes())
}

fn with_french(french: &str) -> Story {
    told("{{ calculator(model=\"it\") }}\n").file("content/estimates/it.fr.toml", french.as_bytes())
}

/// What readers see and hear of the first element that begins with this, a line for each piece.
fn pieces(html: &str, start: &str) -> Vec<String> {
    let (_, from) = html.split_once(start).expect(start);
    let mut pieces = Vec::new();
    for part in from.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag");
        let label = tag.split_once("aria-label=\"");
        pieces.extend(label.map(|(_, label)| label.split('"').next().unwrap_or_default()));
        pieces.push(text.trim());
    }
    let said = pieces.into_iter().filter(|piece| !piece.is_empty());
    said.map(str::to_owned).collect()
}

#[test]
fn a_calculator_speaks_the_language_of_its_page() {
    let built = told("{{ calculator(model=\"it\") }}\n").build();
    for (page, verdict, amount) in [
        ("a/index.html", "Recommended:", "€1,000"),
        ("fr/a/index.html", "Recommandé :", "1 000 €"),
        ("de/a/index.html", "Empfohlen:", "1.000 €"),
    ] {
        let said = pieces(built.text(page), "<section class=\"calc\"");
        let has = |piece: &str| {
            said.iter()
                .any(|said| said.replace(['\u{a0}', '\u{202f}'], " ") == piece)
        };
        assert!(has(verdict), "{page}: {said:?}");
        assert!(has(amount), "{page}: {said:?}");
    }
    let german = built.text("de/a/index.html");
    assert!(german.contains("aria-label=\"Rechner\" lang=\"de\""));
    // What the script writes into the page comes along in its language.
    assert!(german.contains("\"Draft: Stunden\""), "names of risks");
}

#[test]
fn a_model_may_be_told_in_another_language() {
    let built = with_french(FRENCH).build();
    built.expect_success();
    let french = pieces(built.text("fr/a/index.html"), "<section class=\"calc\"");
    for text in [
        "Seul",
        "Avec de l’aide",
        "Pages à écrire",
        "Soigné",
        "Écriture",
        "Terminé",
        "Brouillon : heures pour chaque unité de Pages à écrire",
    ] {
        let said = |piece: &String| piece.replace('\u{a0}', " ").contains(text);
        assert!(french.iter().any(said), "{text}: {french:?}");
    }
    let german = built.text("de/a/index.html");
    assert!(german.contains("With help") && !german.contains("Avec"));
}

#[test]
fn figures_and_methodologies_follow_too() {
    let text = "{{ estimate(model=\"it\", show=\"recommendation\") }}: {{ estimate(model=\"it\", approach=\"alone\", show=\"total.p50\") }}, {{ estimate(model=\"it\", approach=\"alone\", show=\"wins\") }}\n\n{{ methodology(model=\"it\") }}\n";
    let built = told(text)
        .file("content/estimates/it.fr.toml", FRENCH.as_bytes())
        .build();
    let said = pieces(built.text("fr/a/index.html"), "<div class=\"prose\"");
    let text = said.join("\n").replace(['\u{a0}', '\u{202f}'], " ");
    let (text, _) = text
        .split_once("Comment un nombre varie")
        .expect("a heading");
    expect(
        text,
        str![[r#"
Seul: 1 000 €, 100 sur 100
La version 1 du modèle a
5
nombres incertains et réglages ;
5
d’entre eux reposent sur notre propre appréciation.
3
tirages font un avenir, et
1 024
avenirs font un résultat.
Ce que vous réglez
Le formulaire du calculateur les demande. Là où une réponse est multipliée, la première de sa liste vaut 0, la deuxième 1, et ainsi de suite.
Questions
2
Questions
Question
Étendue ou réponses
Au départ
Pages à écrire
1 à 100
10
Soin
Rapide · Soigné
Rapide

"#]],
    );
}

#[test]
fn what_is_not_translated_is_said() {
    let french = "[approach]\nalone = \"Seul\"\n[input.pages]\nlabel = \"Pages à écrire\"\n";
    with_french(french).build().expect_warnings(str![[r#"
warning: not all texts of the model are translated
--> content/estimates/it.fr.toml
 = note: shown as they are: approach.helped, input.care, role.writer, role.agency, skill.words, phase.writing, activity.draft, milestone.done

"#]]);
}

#[test]
fn a_translation_that_does_not_fit_its_model_is_refused() {
    let french = r#"limits = ["Rien"]
[approach]
alon = "Seul"
[input.care]
label = "Soin"
help = "Combien ?"
options = ["Rapide"]
[role]
writer = 3
[activity.draft]
label = "Brouillon"
[rates]
"#;
    with_french(french).build().expect_errors(str![[r#"
warning: not all texts of the model are translated
--> content/estimates/it.fr.toml
 = note: shown as they are: approach.alone, approach.helped, input.pages, role.agency, skill.words, phase.writing, milestone.done

error: `limits` has as many texts as in the model
 --> content/estimates/it.fr.toml:1:10
  |
1 | limits = ["Rien"]
  |          ^^^^^^^^ this has 1, the model 0

error: there is no approach `alon`
 --> content/estimates/it.fr.toml:3:1
  |
3 | alon = "Seul"
  | ^^^^ the model has none of this name
  |
  = help: did you mean `alone`?

error: `input.care` of the model has no `help`
 --> content/estimates/it.fr.toml:6:8
  |
6 | help = "Combien ?"
  |        ^^^^^^^^^^^ nothing to translate

error: `options` has as many texts as in the model
 --> content/estimates/it.fr.toml:7:11
  |
7 | options = ["Rapide"]
  |           ^^^^^^^^^^ this has 1, the model 2

error: `writer` must be a text in quotes
 --> content/estimates/it.fr.toml:9:10
  |
9 | writer = 3
  |          ^ this is a whole number

error: `draft` must be a text in quotes
  --> content/estimates/it.fr.toml:10:1
   |
10 | [activity.draft]
   | ^^^^^^^^^^^^^^^^ this is a table

error: unknown key `rates`
  --> content/estimates/it.fr.toml:12:2
   |
12 | [rates]
   |  ^^^^^ nothing reads this

"#]]);
}

#[test]
fn a_translation_into_a_language_that_the_site_does_not_have_is_an_error() {
    told("Text.\n")
        .file("content/estimates/it.pl.toml", b"")
        .build()
        .expect_errors(str![[r#"
error: the site has no language `pl`
--> content/estimates/it.pl.toml
 = note: this looks like a translation of content/estimates/it.toml
 = help: add `[languages.pl]` to site.toml

"#]]);
}
