use crate::site::{site_of_model, MODEL};
#[test] fn prof() {
  let site = site_of_model(MODEL);
  let tab = site.visit("page/");
  tab.run("{ const link = document.body.appendChild(document.createElement('a'));
                link.href = '#abc';
                link.textContent = 'Somewhere';
                link.style = 'position: fixed; inset: 0 auto auto 0; z-index: 99'; window.link = link; link.addEventListener('click', e => window.clicked = [e.defaultPrevented, e.isTrusted]); }");
  tab.wait_for_frame();
  eprintln!("{}", tab.ask::<String>("document.elementFromPoint(5,5).outerHTML.slice(0,200) + JSON.stringify(link.getBoundingClientRect())"));
  tab.click_at(crate::tab::Point{x:5.0,y:5.0});
  tab.wait_for_frame();
  eprintln!("{}", tab.ask::<String>("location.href + JSON.stringify(window.clicked)"));
  eprintln!("{:?}", tab.problems());
}
