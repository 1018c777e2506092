use crate::native::Native; use crate::site::MODEL; use std::time::Instant;
use crate::calculator::Calculator; use crate::site::{blog, ARTICLE, CALCULATOR};
#[test] fn prof() {
  let n = Native::read(MODEL); let s = n.defaults();
  let t=Instant::now(); n.estimate(&s); eprintln!("estimate {:?}", t.elapsed());
  let t=Instant::now(); n.shown(&s); eprintln!("shown {:?}", t.elapsed());
  let t=Instant::now(); n.shown_with_study(&s); eprintln!("study {:?}", t.elapsed());
  let t=Instant::now(); let tab = blog().visit(ARTICLE); eprintln!("blog+visit {:?}", t.elapsed());
  let t=Instant::now(); let c = Calculator::live(&tab, CALCULATOR); eprintln!("live {:?}", t.elapsed());
  let t=Instant::now(); c.expect(&n,&s); eprintln!("expect {:?}", t.elapsed());
  let t=Instant::now(); c.unfold(); eprintln!("unfold {:?}", t.elapsed());
  let t=Instant::now(); c.type_into(1,"7"); eprintln!("type {:?}", t.elapsed());
  let t=Instant::now(); c.slide(1,0.7); eprintln!("slide {:?}", t.elapsed());
  let t=Instant::now(); c.choose(0,3); eprintln!("choose {:?}", t.elapsed());
  let t=Instant::now(); c.rest(); eprintln!("rest {:?}", t.elapsed());
  let t=Instant::now(); let tab2 = blog().visit(ARTICLE); eprintln!("visit2 {:?}", t.elapsed());
  let t=Instant::now(); let c = Calculator::live(&tab2, CALCULATOR); eprintln!("live2 {:?}", t.elapsed());
}
