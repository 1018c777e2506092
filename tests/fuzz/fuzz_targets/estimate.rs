#![no_main]

use libfuzzer_sys::fuzz_target;
use tallypress_tests::hostile;

fuzz_target!(|bytes: &[u8]| hostile::estimate(bytes));
