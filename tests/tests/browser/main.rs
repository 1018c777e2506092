//! What a reader's browser makes of a published site. Each story drives a real one: see `tab` for
//! the reader, `calculator` for the form, `native` for what the figures have to be.

mod access;
mod address;
mod assumptions;
mod axe;
mod bits;
mod calculator;
mod chromium;
mod contact;
mod embed;
mod figures;
mod form;
mod judged;
mod languages;
mod lighthouse;
mod loading;
mod native;
mod pages;
mod scenarios;
mod search;
mod serve;
mod site;
mod tab;
mod take_along;
mod web;
