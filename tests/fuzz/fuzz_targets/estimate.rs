#![no_main]

use libfuzzer_sys::fuzz_target;
use tallypress_fuzz::plant;
use tallypress_tests::hostile::{self, seeds};

fuzz_target!(
    init: plant("estimate", &seeds::choices()),
    |bytes: &[u8]| hostile::estimate(bytes)
);
