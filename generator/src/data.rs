//! Data files: `content/data/**` as one tree that templates see as `data`. A file `data/team.toml` is
//! `data.team`, and `data/prices/2026.csv` is `data.prices["2026"]`, a list with one table for each row.

use serde_json::{Map, Value as Json};

use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{parse_toml, parse_yaml_document};
use crate::report::counted;
use crate::source::{DATA, SourceTree, is_data};

/// Reads every data file of the site.
pub fn load(source: &SourceTree) -> (Json, Vec<Diagnostic>) {
    let mut data = Map::new();
    let mut diagnostics = Vec::new();
    for (path, bytes) in source.below(DATA).filter(|(path, _)| is_data(path)) {
        let text = match SourceTree::text(path, bytes) {
            Ok(text) => text,
            Err(not_text) => {
                diagnostics.push(not_text);
                continue;
            }
        };
        let (stem, ending) = path[DATA.len()..].rsplit_once('.').unwrap_or_default();
        let (value, wrong) = match ending {
            "toml" => {
                let (table, wrong) = parse_toml(path, text, 0..text.len());
                (table.json(), wrong)
            }
            "json" => json(path, text),
            "csv" => csv(path, text),
            _ => {
                let (value, wrong) = parse_yaml_document(path, text, 0..text.len());
                (value.json(), wrong)
            }
        };
        diagnostics.extend(wrong);
        if !insert(&mut data, stem, value) {
            diagnostics.push(
                Diagnostic::error(format!("`data.{}` has two files", stem.replace('/', ".")))
                    .in_file(path)
                    .help("give one of them another name"),
            );
        }
    }
    (Json::Object(data), diagnostics)
}

/// Puts a value where its file's path says; `false` if something is there.
fn insert(data: &mut Map<String, Json>, stem: &str, value: Json) -> bool {
    let mut folder = data;
    let mut rest = stem;
    while let Some((first, below)) = rest.split_once('/') {
        let inside = folder
            .entry(first)
            .or_insert_with(|| Json::Object(Map::new()));
        let Json::Object(inside) = inside else {
            return false;
        };
        folder = inside;
        rest = below;
    }
    if folder.contains_key(rest) {
        return false;
    }
    folder.insert(rest.to_owned(), value);
    true
}

fn json(path: &str, text: &str) -> (Json, Vec<Diagnostic>) {
    serde_json::from_str(text).map_or_else(
        |error| {
            let at = offset(text, error.line(), error.column());
            // The place is shown beside the message.
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            let diagnostic = Diagnostic::error("this is not valid JSON")
                .at(path, at)
                .label(message);
            (Json::Null, vec![diagnostic])
        },
        |value| (value, Vec::new()),
    )
}

/// The place of a line and a column, both counted from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> Span {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start = before.map(str::len).sum::<usize>() + column.saturating_sub(1);
    let start = text.floor_char_boundary(start.min(text.len()));
    start..start
}

/// Each row as a table by the names in the first row. Cells are texts, because `007` is no number.
fn csv(path: &str, text: &str) -> (Json, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    // As spreadsheets save them where a comma divides numbers.
    if let [only] = header.as_slice()
        && let Some((name, _)) = [("semicolons", ';'), ("tabs", '\t')]
            .into_iter()
            .find(|(_, sign)| only.contains(*sign))
    {
        diagnostics.push(
            Diagnostic::error("the cells of this file are not divided by commas")
                .at(path, 0..text.lines().next().map_or(0, str::len))
                .label(format!("{name} stand between them"))
                .help("save it once more as CSV with commas between the cells"),
        );
        return (Json::Null, diagnostics);
    }
    let repeated = |at: usize| header[..at].contains(&header[at]);
    if let Some(at) = (1..header.len()).find(|at| repeated(*at)) {
        diagnostics.push(
            Diagnostic::error(format!("two columns are called `{}`", header[at]))
                .at(path, 0..text.lines().next().map_or(0, str::len))
                .label("the names of the columns"),
        );
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        // The text is UTF-8 and rows may be of any length, so nothing else can be wrong.
        let Ok(record) = record else { continue };
        if record.len() != header.len() {
            let start = record.position().map_or(0, csv::Position::byte);
            let start = usize::try_from(start).unwrap_or(0).min(text.len());
            let row = &text[start..];
            let skipped = row.len() - row.trim_start_matches(['\r', '\n']).len();
            let length = row[skipped..].lines().next().map_or(0, str::len);
            diagnostics.push(
                Diagnostic::error("this row does not fit the first one")
                    .at(path, start + skipped..start + skipped + length)
                    .label(format!(
                        "{}, and there are {}",
                        counted(record.len(), "cell"),
                        counted(header.len(), "column")
                    ))
                    .help("put a cell that holds a comma in quotes"),
            );
        }
        let cells = header.iter().cloned().zip(record.iter().map(Json::from));
        rows.push(Json::Object(cells.collect()));
    }
    (Json::Array(rows), diagnostics)
}
