//! Rebuilds the program when a file of the embedded theme changes: the macro
//! that embeds it does not notice new files by itself.

fn main() {
    println!("cargo::rerun-if-changed=../themes");
}
