pub mod date;
pub mod diagnostic;
pub mod fields;
pub mod report;
