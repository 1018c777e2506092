//! What the program says to whoever started it. Somebody who has stopped to listen, such as `head` at the end of its
//! lines, is nobody's mistake: the command goes on and ends as it would have.

use std::fmt::Arguments;
use std::io::Write;

/// Says something on the standard output.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::say::on(&mut std::io::stdout(), format_args!($($text)*))
    };
}

/// Says what is wrong, or to be known besides, on the standard error.
macro_rules! complain {
    ($($text:tt)*) => {
        $crate::say::on(&mut std::io::stderr(), format_args!($($text)*))
    };
}

pub fn on(stream: &mut impl Write, text: Arguments<'_>) {
    // There is nobody else to tell.
    let _ = stream.write_fmt(text).and_then(|()| stream.flush());
}
