// Keeps an open page in line with the site that is being written. After a good build the page
// changes only if it reads differently: new style sheets are exchanged in place, anything else loads it
// again, at the same place and with the same parts unfolded. What is wrong with a build is shown over
// the page. Nothing of this is part of the published site.

(() => {
  const own = '/_tallypress/';
  const KEPT = 'tallypress-kept';
  // How long somebody has to rest before the page may change under their hands.
  const REST = 800;

  let [whole, bare] = document.currentScript.dataset.page.split(' ');
  let touched = -REST;
  addEventListener('input', () => (touched = performance.now()));

  // Where the reader was before the page was loaded again.
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT);
  const folds = [...document.querySelectorAll('details')];
  if (kept?.path === location.pathname) {
    if (kept.open.length === folds.length) {
      folds.forEach((fold, place) => (fold.open = kept.open[place]));
    }
    addEventListener('load', () => scrollTo({ left: kept.left, top: kept.top, behavior: 'instant' }));
  }

  function reload() {
    const left = REST - (performance.now() - touched);
    if (left > 0) {
      setTimeout(reload, left);
      return;
    }
    const open = [...document.querySelectorAll('details')].map((fold) => fold.open);
    sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, left: scrollX, top: scrollY, open }));
    location.reload();
  }

  async function follow() {
    const answer = await fetch(location.href);
    const [newWhole, newBare] = (answer.headers.get('etag') ?? '').replaceAll('"', '').split(' ');
    if (newWhole === whole) {
      return;
    }
    const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !link.href.includes(own));
    const tags = (await answer.text()).match(/<link\b[^>]*\brel="?stylesheet\b[^>]*>/g) ?? [];
    const named = (attribute) => tags.map((tag) => new RegExp(`\\b${attribute}="?([^"\\s>]+)`).exec(tag)?.[1]);
    const names = named('href');
    const sums = named('integrity');
    if (newBare !== bare || names.length !== sheets.length) {
      reload();
      return;
    }
    whole = newWhole;
    sheets.forEach((sheet, place) => {
      if (sheet.getAttribute('href') !== names[place]) {
        const next = sheet.cloneNode();
        next.integrity = sums[place] ?? '';
        next.href = names[place];
        // The old one stays until the new one is there, so that the page is never bare.
        next.addEventListener('load', () => sheet.remove());
        sheet.after(next);
      }
    });
  }

  const element = (name, text = '', className = '') => {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
  };

  // Out of reach of the site's own styles.
  const shielded = (name, content) => {
    const host = document.createElement(name);
    const style = element('link');
    style.rel = 'stylesheet';
    style.href = `${own}preview.css`;
    host.attachShadow({ mode: 'open' }).append(style, content);
    return host;
  };

  // Marks what a build would leave out: the page itself, and links to other such pages.
  function mark(unpublished) {
    document.querySelectorAll('tallypress-mark').forEach((old) => old.remove());
    const here = unpublished[decodeURI(location.pathname)];
    if (here) {
      document.body.append(shielded('tallypress-mark', element('p', `${here}: a build leaves this page out`, 'page')));
    }
    for (const link of document.querySelectorAll('a[href]')) {
      const what = link.origin === location.origin && unpublished[decodeURI(link.pathname)];
      if (what && link.pathname !== location.pathname && link.textContent.trim()) {
        link.append(shielded('tallypress-mark', element('span', what, 'link')));
      }
    }
  }

  let overlay;

  function close() {
    overlay?.remove();
    overlay = undefined;
  }

  function show(errors) {
    close();
    if (!errors.length) {
      return;
    }
    const panel = element('section', '', 'errors');
    panel.role = 'alert';
    const number = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    const head = element('header');
    const button = element('button', 'Close');
    button.type = 'button';
    button.addEventListener('click', close);
    head.append(element('strong', number), element('span', 'The last good site is still shown.'), button);
    panel.append(head);
    for (const { title, excerpt } of errors) {
      const one = element('article');
      one.append(element('h2', title), element('pre', excerpt));
      panel.append(one);
    }
    overlay = shielded('tallypress-errors', panel);
    document.body.append(overlay);
  }

  addEventListener('keydown', ({ key }) => key === 'Escape' && close());

  new EventSource(`${own}news`).onmessage = ({ data }) => {
    const { errors, unpublished } = JSON.parse(data);
    show(errors);
    if (!errors.length) {
      mark(unpublished);
      follow();
    }
  };
})();
