//! What the articles of the corpus are made of: patterns with names in braces, and the words that
//! take their place. No word means anything to a generator.

use fastrand::Rng;

pub const TITLES: [&str; 7] = [
    "On a {quality} {thing}",
    "The {thing} behind the {thing}",
    "What a {quality} {thing} teaches",
    "Keeping a {thing} {quality}",
    "A year with the {thing}",
    "Two {quality} ways to a {thing}",
    "The {thing} and its {quality} {thing}",
];

pub const DESCRIPTIONS: [&str; 3] = [
    "Why a {quality} {thing} {does} the {thing} {when}, told from {where}.",
    "What the {thing} {does}, and which {quality} {thing} it takes.",
    "Notes {when} about a {thing} that was {quality} for long.",
];

pub const HEADINGS: [&str; 10] = [
    "Where the {thing} comes from",
    "A {quality} beginning",
    "How the {thing} {does} the {thing}",
    "What was tried {when}",
    "The {thing} seen from {where}",
    "Numbers for a {quality} {thing}",
    "What to do with the {thing}",
    "The price of a {thing}",
    "When the {thing} is {quality}",
    "What stays",
];

pub const SENTENCES: [&str; 16] = [
    "The {thing} {does} the {thing}, and whoever stands in {where} sees it first.",
    "Nobody asks for a {quality} {thing} until the {thing} is gone {when}.",
    "Of {number} such cases, {share} in a hundred had a {thing} that was {quality} and {quality}.",
    "It is **the {quality} {thing}** that counts, not the one everybody talks about.",
    "Some call it a *{thing}*, others a *{thing}*, and in {where} they use neither word.",
    "Put `{code}` before the {thing}, or the {quality} {thing} goes missing {when}.",
    "“A {thing} should be {quality},” it says in the minutes, “or there should be none.”",
    "Once the {thing} is {quality}, the {thing} {does} everything around it.",
    "That may be {quality}; still, a {thing} of this kind {does} more than it takes.",
    "For {number} days nothing happened, and then the {thing} was {quality} again.",
    "Those who keep a {thing} know this, and those who do not will learn it {when}.",
    "There is a {quality} reason for it: the {thing} {does} whatever the {thing} leaves over.",
    "A second {thing} costs {share}.{share} more and is {quality} only half of the time.",
    "See [the list of {thing} sizes](https://example.org/{thing}/{number}) for what is usual.",
    "So the {thing} went to {where}, where it was {quality} for {number} hours — and nobody minded.",
    "If it has to be one of both, take the {thing}; the {quality} {thing} can wait.",
];

pub const ITEMS: [&str; 4] = [
    "a {quality} {thing} for each {thing}",
    "the {thing} in {where}, {quality} or not",
    "whatever {does} the {thing} {when}",
    "one {thing}, {quality} and **{quality}**",
];

pub const STEPS: [&str; 4] = [
    "Look at the {thing} {when}.",
    "Move the {quality} {thing} to {where}.",
    "Ask what **{does}** the {thing}.",
    "Write `{code}` on the {quality} {thing}.",
];

pub const OPENINGS: [&str; 3] = ["It is said:", "From the notes:", "Overheard:"];

/// Fences with the languages that they are in.
pub const CODE: [(&str, &str); 5] = [
    (
        "python",
        "def {thing}_of(rows, limit={number}):\n    \"\"\"The heaviest rows that fit.\"\"\"\n    chosen = []\n    \
         for row in sorted(rows, key=lambda row: row.weight):\n        if len(chosen) < limit & row.weight > {share}:\n            \
         chosen.append(row)\n    return chosen\n\n\nprint({thing}_of([]))",
    ),
    (
        "sql",
        "SELECT {thing}.name, sum({thing}.weight) AS weight\nFROM {thing}\nJOIN {thing} USING (name)\n\
         WHERE weight > {number} AND state <> 'closed'\nGROUP BY {thing}.name\nORDER BY weight DESC;",
    ),
    (
        "yaml",
        "{thing}:\n  name: \"{thing} & {thing}\"\n  weight: {number}\n  parts:\n    - {thing}\n    - {thing}\n  \
         limits:\n    lowest: {share}\n    highest: \"{number}\"\n  open: true",
    ),
    (
        "css",
        ".{thing} > .{thing} {\n  display: grid;\n  gap: {share}px;\n  margin: 0 auto {number}px;\n}\n\n\
         .{thing}:hover {\n  outline: 2px solid #345;\n}",
    ),
    (
        "go",
        "func {thing}(rows []Row) (kept []Row) {\n\tfor _, row := range rows {\n\t\t\
         if row.Weight < {number} && row.Open {\n\t\t\tkept = append(kept, row)\n\t\t}\n\t}\n\treturn kept\n}",
    ),
];

pub const AUTHORS: [&str; 6] = [
    "The morning desk",
    "The night desk",
    "The garden desk",
    "The harbour desk",
    "The workshop",
    "The reading room",
];

pub const CATEGORIES: [&str; 6] = ["house", "garden", "street", "harbour", "field", "school"];

pub const TAGS: [&str; 30] = [
    "apples", "bells", "bread", "bricks", "clocks", "clouds", "dust", "ferries", "glass", "hedges",
    "ink", "keys", "lamps", "maps", "nets", "oil", "paper", "pumps", "rails", "rain", "rope",
    "salt", "sand", "seeds", "stairs", "stone", "tides", "tools", "wind", "wool",
];

const THINGS: [&str; 48] = [
    "bobbin", "barrel", "basket", "beacon", "bellows", "bench", "bolt", "bucket", "cabinet",
    "canvas", "chimney", "cistern", "compass", "cradle", "crane", "curtain", "drawer", "fence",
    "ferry", "fountain", "furnace", "gate", "gutter", "hammer", "hinge", "kettle", "ladle",
    "lantern", "lever", "loom", "mast", "mill", "ramp", "paddle", "pulley", "quarry", "rudder",
    "saddle", "scale", "shelf", "shutter", "spindle", "stove", "tram", "trough", "wheel", "winch",
    "yard",
];

const QUALITIES: [&str; 36] = [
    "bare", "blunt", "brittle", "broad", "calm", "clumsy", "coarse", "crooked", "damp", "dense",
    "dim", "faint", "fine", "firm", "heavy", "hollow", "lazy", "keen", "lean", "level", "loose",
    "mild", "narrow", "neat", "pale", "plain", "rough", "rusty", "slack", "slow", "smooth",
    "sound", "steep", "stiff", "thin", "tidy",
];

const DEEDS: [&str; 20] = [
    "bends",
    "blocks",
    "breaks",
    "carries",
    "covers",
    "cools",
    "divides",
    "drives",
    "empties",
    "fills",
    "guides",
    "holds",
    "lifts",
    "loosens",
    "marks",
    "moves",
    "presses",
    "steadies",
    "turns",
    "wears down",
];

const PLACES: [&str; 10] = [
    "the back yard",
    "the boathouse",
    "the cellar",
    "the lower market",
    "the old mill",
    "the orchard",
    "the second floor",
    "the signal box",
    "the town hall",
    "the upper lock",
];

const TIMES: [&str; 8] = [
    "after the first frost",
    "at low tide",
    "before sunrise",
    "every other spring",
    "in a dry summer",
    "in the last week of the year",
    "on market days",
    "once it has rained",
];

/// A pattern with words in the place of its names. Braces around anything else stay.
pub fn filled(random: &mut Rng, pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let named = after.split_once('}');
        let word = named.and_then(|(name, after)| Some((word(random, name)?, after)));
        rest = match word {
            Some((word, after)) => {
                text.push_str(&word);
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text.push_str(rest);
    text
}

fn word(random: &mut Rng, name: &str) -> Option<String> {
    let words: &[&str] = match name {
        "thing" => &THINGS,
        "quality" => &QUALITIES,
        "does" => &DEEDS,
        "where" => &PLACES,
        "when" => &TIMES,
        "number" => return Some(random.u32(100..1000).to_string()),
        "share" => return Some(random.u32(2..100).to_string()),
        "code" => {
            let [first, second] = [THINGS, THINGS].map(|words| words[random.usize(..words.len())]);
            return Some(format!("{first}.{second}"));
        }
        _ => return None,
    };
    Some(words[random.usize(..words.len())].to_owned())
}
