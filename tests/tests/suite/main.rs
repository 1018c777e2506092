//! Whole-program tests: sites in, files or errors out. One binary, so that it is linked once.

mod addresses;
mod architecture;
mod assets;
mod bytes;
mod cargo;
mod closed_forms;
mod code;
mod command_build;
mod command_check;
mod command_estimate;
mod command_serve;
mod commonmark;
mod embedding;
mod estimates;
mod faq;
mod feeds;
mod formulas;
mod front_matter;
mod goldens;
mod hostile;
mod includes;
mod killed;
mod links;
mod markdown;
mod methodology;
mod pages;
mod properties;
mod publication;
mod relations;
mod sections;
mod security;
mod shortcodes;
mod taxonomies;
mod themes;

use tallypress_tests::program;
