//! Whole-program tests: sites in, files or errors out. One binary, so that it is linked once.

mod addresses;
mod assets;
mod bytes;
mod feeds;
mod front_matter;
mod links;
mod markdown;
mod pages;
mod publication;
mod relations;
mod sections;
mod security;
mod shortcodes;
mod taxonomies;
mod themes;
mod scratch;
