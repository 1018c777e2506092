//! Whatever comes in, nothing panics, runs away or is no number: the bodies of the fuzz targets in
//! `tests/fuzz`, here with random inputs that are the same in every run.

use fastrand::Rng;
use tallypress_tests::hostile::{self, seeds};

#[test]
fn any_fragment_is_refused_or_stands_for_one_state() {
    let mut chance = Rng::with_seed(1);
    let known = seeds::fragments();
    for seed in &known {
        hostile::fragment(seed);
    }
    for _ in 0..1500 {
        hostile::fragment(&spoilt(&known, &mut chance, b"&=,.-0123456789v"));
    }
}

#[test]
fn bytes_behind_a_right_checksum_neither_panic_nor_run_away() {
    let mut chance = Rng::with_seed(2);
    let known = seeds::models();
    for seed in &known {
        hostile::model_bytes(seed);
    }
    for _ in 0..24 {
        hostile::model_bytes(&spoilt(&known, &mut chance, &[0, 1, 2, 15, 127, 128, 255]));
    }
    for _ in 0..150 {
        let length = chance.usize(..200);
        let bytes: Vec<u8> = (0..length).map(|_| chance.u8(..)).collect();
        hostile::model_bytes(&bytes);
    }
}

#[test]
fn any_model_file_is_explained_or_computed() {
    let mut chance = Rng::with_seed(3);
    let known = seeds::files();
    for seed in &known {
        hostile::model_file(seed);
    }
    for _ in 0..80 {
        hostile::model_file(&spoilt(&known, &mut chance, b"\n\"[]{}=,.-+_#0123456789e"));
    }
}

#[test]
fn a_model_file_may_say_any_number() {
    let mut chance = Rng::with_seed(5);
    let known = seeds::files();
    for _ in 0..150 {
        let file = str::from_utf8(&known[chance.usize(..known.len())]).unwrap();
        hostile::model_file(overstated(file, &mut chance).as_bytes());
    }
}

#[test]
fn any_state_that_a_reader_can_set_gives_numbers_in_order() {
    let mut chance = Rng::with_seed(4);
    for _ in 0..200 {
        let choices: Vec<u8> = (0..300).map(|_| chance.u8(..)).collect();
        hostile::estimate(&choices);
    }
}

/// A model file with up to three of its numbers replaced by others.
fn overstated(file: &str, chance: &mut Rng) -> String {
    const NUMBERS: [&str; 14] = [
        "0",
        "-0.0",
        "0.5",
        "1",
        "-1",
        "100",
        "1e-9",
        "5e-324",
        "1e9",
        "2e9",
        "99999999999",
        "1e300",
        "inf",
        "nan",
    ];
    let is_number = |word: &str| word.starts_with(|one: char| one.is_ascii_digit());
    let mut words: Vec<&str> = file
        .split_inclusive([' ', ',', '[', ']', '\n'])
        .flat_map(|word| {
            let end = word.find([' ', ',', '[', ']', '\n']).unwrap_or(word.len());
            let (word, behind) = word.split_at(end);
            [word, behind]
        })
        .collect();
    let numbers: Vec<usize> = (0..words.len())
        .filter(|place| is_number(words[*place]))
        .collect();
    for _ in 0..chance.usize(1..4) {
        let place = numbers[chance.usize(..numbers.len())];
        words[place] = NUMBERS[chance.usize(..NUMBERS.len())];
    }
    words.concat()
}

/// One of the seeds with a few mistakes: bytes of a small alphabet in it, parts of it gone, repeated
/// or in another place.
fn spoilt(seeds: &[Vec<u8>], chance: &mut Rng, alphabet: &[u8]) -> Vec<u8> {
    let mut bytes = seeds[chance.usize(..seeds.len())].clone();
    for _ in 0..chance.usize(1..4) {
        let from = chance.usize(..=bytes.len());
        let to = bytes.len().min(from + chance.usize(..12));
        match chance.u8(..5) {
            0 => bytes.insert(from, alphabet[chance.usize(..alphabet.len())]),
            1 if from < to => bytes[from] = alphabet[chance.usize(..alphabet.len())],
            2 => drop(bytes.drain(from..to)),
            3 => {
                let part = bytes[from..to].to_vec();
                let at = chance.usize(..=bytes.len());
                bytes.splice(at..at, part);
            }
            _ => bytes.truncate(bytes.len() - chance.usize(..=bytes.len() / 8)),
        }
    }
    bytes
}
