//! The estimate engine of Tallypress ([`model`]), used natively by the generator
//! and, compiled to WebAssembly, by the widget inside a page.

#![no_std]

extern crate alloc;

pub mod charts;
pub mod figures;
pub mod model;
pub mod share;
#[cfg(target_arch = "wasm32")]
mod widget;
