// Search without a server. It takes over a form of the theme (`docs/themes.md`), loads the few files of
// the index that a query needs, adds up the weights that the generator computed, and shows the best
// pages with what they say.

const SHOWN = 10;
// How many of the pages shown are loaded to quote what they say.
const QUOTED = 3;
// How far they are loaded for that, in characters: a calculator weighs more than what stands before it.
const READ = 50_000;
// What a word counts for that is not the one typed: one that it begins, and one that it resembles.
const BEGUN = 0.7;
const RESEMBLING = 0.4;
// Words that one beginning may stand for, and shards that are loaded to find them.
const MOST = 64;
const SHARDS = 4;

const ALONE = '\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}';
const WORD = new RegExp(`[${ALONE}]|(?:(?![${ALONE}])[\\p{Alphabetic}\\p{N}])+`, 'gu');

// The words of a text, as the generator cuts it (`words` in `search/words.rs`).
export function words(text) {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return Array.from(bare.matchAll(WORD), ([word]) => [...word].slice(0, 32).join(''));
}

// An index: its entry, and the files that have been asked for.
export class Index {
  constructor(url, load = fetchFile) {
    this.folder = url.slice(0, url.lastIndexOf('/') + 1);
    this.files = new Map();
    this.load = (name) => {
      if (!this.files.has(name)) {
        const file = load(this.folder + name);
        // Whoever tries again may be luckier.
        file.catch(() => this.files.delete(name));
        this.files.set(name, file);
      }
      return this.files.get(name);
    };
    this.entry = this.load(url.slice(this.folder.length));
  }

  // The pages for a query, best first; whether there are more; and the words to mark in them.
  async search(text) {
    const entry = await this.entry;
    const asked = [...new Set(words(text))];
    const found = await Promise.all(asked.map((word) => this.look(entry, word)));
    const scores = new Map();
    const counts = new Map();
    for (const { pages, common } of found) {
      for (const [page, weight] of pages) {
        scores.set(page, (scores.get(page) ?? 0) + weight);
        counts.set(page, (counts.get(page) ?? 0) + (common ? 0 : 1));
      }
    }
    // A page with all the words comes before one with some of them; what is nearly everywhere does not count.
    const value = (page) => counts.get(page) * 1e6 + scores.get(page);
    const pages = [...scores.keys()].sort((a, b) => value(b) - value(a) || a - b);
    const cut = found.some(({ common }) => common);
    return { pages, cut, words: [...new Set(found.flatMap(({ words }) => words))] };
  }

  // The pages that a word stands for, with its weight on each.
  async look(entry, word) {
    const matches = [];
    await this.scan(entry, word, (other, pages, count) => {
      if (other.startsWith(word) && matches.length < MOST) {
        matches.push({ other, pages: pages(), count, part: other === word ? 1 : BEGUN });
      }
    });
    if (!matches.length && word.length > 3) {
      const far = word.length > 7 ? 2 : 1;
      const [a, b, c] = word;
      // The slip of a finger is among the first letters, too.
      for (const beginning of [a + b + c, a + c + b]) {
        await this.scan(entry, beginning, (other, pages, count) => {
          if (!matches.some((known) => known.other === other) && distance(word, other, far) <= far) {
            matches.push({ other, pages: pages(), count, part: RESEMBLING });
          }
        });
      }
    }
    const weights = new Map();
    for (const { pages, part } of matches) {
      for (const [page, weight] of pages) {
        weights.set(page, Math.max(weights.get(page) ?? 0, weight * part));
      }
    }
    // All that it may stand for is as rare as a whole: `CTOs` on one page says no more than `CTO` on all.
    const count = Math.max(weights.size, ...matches.map((match) => match.count));
    const rarity = Math.log(1 + Math.max(entry.pages - count + 0.5, 0.5) / (count + 0.5));
    weights.forEach((weight, page) => weights.set(page, weight * rarity));
    const common = matches.some(({ pages, count }) => count > pages.length);
    return { pages: weights, common, words: matches.map(({ other }) => other).concat(word) };
  }

  // Goes over the words that begin like this, and over others of the same shards.
  async scan({ shards }, beginning, see) {
    let from = shards.findLastIndex(([first]) => compare(first, beginning) <= 0);
    from = Math.max(from, 0);
    let to = from + 1;
    while (to < shards.length && to < from + SHARDS && shards[to][0].startsWith(beginning)) {
      to++;
    }
    const files = await Promise.all(shards.slice(from, to).map(([, hash]) => this.load(`words.${hash}.bin`)));
    files.forEach((bytes) => read(bytes, see));
  }

  // What a page is: title, path, description, day.
  async about(page) {
    const { each, about } = await this.entry;
    const pages = await this.load(`pages.${about[Math.floor(page / each)]}.json`);
    return pages[page % each];
  }
}

async function fetchFile(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return url.endsWith('.json') ? answer.json() : new Uint8Array(await answer.arrayBuffer());
}

// As much of a page as may be quoted.
async function beginning(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    return '';
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let html = '';
  while (html.length < READ) {
    const { done, value } = await reader.read();
    if (done) {
      return html;
    }
    html += value;
  }
  await reader.cancel();
  return html.slice(0, READ);
}

// The order of the generator, which compares bytes: that of code points.
function compare(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let at = 0; at < a.length && at < b.length; at++) {
    if (a[at] !== b[at]) {
      return a[at].codePointAt() - b[at].codePointAt();
    }
  }
  return a.length - b.length;
}

// Goes over the words of a shard. `see` gets a word, a function that gives its pages with their weights, and on
// how many pages it stands, which may be more.
function read(bytes, see) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
  };
  const utf8 = new TextDecoder();
  let word = new Uint8Array();
  while (at < bytes.length) {
    const shared = number();
    const more = number();
    const next = new Uint8Array(shared + more);
    next.set(word.subarray(0, shared));
    next.set(bytes.subarray(at, at + more), shared);
    word = next;
    at += more;
    const size = number();
    const total = size & 1 ? number() : 0;
    const start = at;
    const end = start + (size >> 1);
    const pages = () => {
      const pages = [];
      let page = 0;
      at = start;
      while (at < end) {
        page += number();
        pages.push([page, bytes[at++]]);
      }
      return pages;
    };
    see(utf8.decode(word), pages, total);
    at = end;
  }
}

// How many letters have to be changed, added, left out or swapped with their neighbour; more than `most` is
// only said to be more.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) {
    return most + 1;
  }
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) {
      return most + 1;
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

// The words of a text that were looked for, marked.
function marked(text, found) {
  const parts = document.createDocumentFragment();
  for (const part of text.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u)) {
    const hit = words(part).some((word) => found.has(word));
    const node = document.createElement('mark');
    node.textContent = part;
    parts.append(hit ? node : part);
  }
  return parts;
}

// The part of a page's text in which the most of the words stand close together.
function quote(text, found, length = 180) {
  const hits = [];
  for (const match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
    const [word] = words(match[0]);
    if (found.has(word)) {
      hits.push([match.index, word]);
    }
  }
  let best = [0, 0];
  for (const [start] of hits) {
    const near = new Set(hits.filter(([at]) => at >= start && at < start + length).map(([, word]) => word)).size;
    if (near > best[1]) {
      best = [start, near];
    }
  }
  if (!best[1]) {
    return '';
  }
  // From the beginning of a sentence, if it is near, else from a word.
  const before = text.slice(Math.max(0, best[0] - 90), best[0]);
  const sentence = before.length === best[0] ? 0 : before.search(/(?<=[.!?…]\s)[^.!?…]*$/u);
  const start = best[0] - before.length + (sentence >= 0 ? sentence : Math.max(0, before.search(/\s/) + 1));
  const end = text.slice(start + length).search(/\s/);
  const part = text.slice(start, end < 0 ? undefined : start + length + end);
  return `${start > 0 && sentence < 0 ? '… ' : ''}${part}${end < 0 ? '' : ' …'}`;
}

// The text of a page's article, of its HTML, which may break off: what stands behind its header, but for what a
// template marks as no text of its author.
function textOf(html) {
  const article = /<article\b[\s\S]*?(<\/article>|$)/.exec(html)?.[0] ?? '';
  const text = article.replace(/^[\s\S]*?<\/header>/, '');
  const names = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text
    .replace(/<!-- search: off -->[\s\S]*?(<!-- search: on -->|$)/g, ' ')
    .replace(/<(script|style|svg|select|nav|aside|table|form)\b[\s\S]*?(<\/\1>|$)/g, ' ')
    .replace(/<\/?(a|b|i|em|strong|code|span|mark|small|sub|sup|abbr|kbd|del|s|bdi|cite|q)\b[^>]*>/g, '')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, ten, name) =>
      hex || ten ? String.fromCodePoint(parseInt(hex ?? ten, hex ? 16 : 10)) : (names[name] ?? all),
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function mount(root) {
  const part = (name) => root.querySelector(`[data-search-${name}]`);
  const [field, list, template, more] = ['field', 'results', 'result', 'more'].map(part);
  const lang = root.closest('[lang]')?.lang || undefined;
  const days = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(lang);
  const plurals = new Intl.PluralRules(lang);
  let index;
  let turn = 0;

  // One of the sentences that the theme has for it, by the form that its language has for a number.
  const messages = [...root.querySelectorAll('[data-search-say]')].map((one) => [one, one.textContent]);
  function say(what, number = '') {
    for (const [message, text] of messages) {
      message.hidden = message.dataset.searchSay !== what;
      message.textContent = text.replace('{count}', number);
    }
  }

  function count(number, more) {
    const form = plurals.select(number);
    const known = messages.some(([message]) => message.dataset.searchSay === form);
    say(number === 0 ? 'none' : known ? form : 'other', `${numbers.format(number)}${more ? '+' : ''}`);
  }

  async function show(pages, found, from) {
    const items = await Promise.all(
      pages.slice(from, from + SHOWN).map(async (page) => {
        const [title, path, description, date] = await index.about(page);
        const item = template.content.cloneNode(true);
        const fill = (name, content) => {
          const place = item.querySelector(`[data-search-${name}]`);
          place?.replaceChildren(content);
          return place;
        };
        fill('title', marked(title, found)).href = path;
        const text = fill('text', marked(description, found));
        fill('day', date && days.format(new Date(date)));
        return { item, text, path };
      }),
    );
    return items;
  }

  async function run() {
    const query = field.value.trim();
    const mine = ++turn;
    const address = new URL(location);
    query ? address.searchParams.set('q', query) : address.searchParams.delete('q');
    history.replaceState(history.state, '', address);
    if (!words(query).length) {
      list.replaceChildren();
      more.hidden = true;
      say(query ? 'unclear' : undefined);
      return;
    }
    try {
      index ??= new Index(root.dataset.search);
      const { pages, cut, words: all } = await index.search(query);
      const found = new Set(all);
      const items = await show(pages, found, 0);
      // Somebody has typed on.
      if (mine !== turn) {
        return;
      }
      list.replaceChildren(...items.map(({ item }) => item));
      count(pages.length, cut);
      let shown = items.length;
      more.hidden = shown >= pages.length;
      more.onclick = async () => {
        const next = await show(pages, found, shown);
        const [first] = next;
        shown += next.length;
        more.hidden = shown >= pages.length;
        const link = first.item.querySelector('a');
        list.append(...next.map(({ item }) => item));
        link.focus();
      };
      for (const { text, path } of items.slice(0, QUOTED)) {
        const html = await beginning(path).catch(() => '');
        const said = quote(textOf(html), found);
        if (said && mine === turn) {
          text.replaceChildren(marked(said, found));
        }
      }
    } catch {
      index = undefined;
      list.replaceChildren();
      more.hidden = true;
      say('failed');
    }
  }

  let rest;
  field.addEventListener('input', () => {
    clearTimeout(rest);
    rest = setTimeout(run, 120);
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(rest);
    run();
  });
  // The arrows lead from the field through the results and back.
  root.addEventListener('keydown', (event) => {
    const stops = [field, ...list.querySelectorAll('a')];
    const here = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && here >= 0 && stops[here + step]) {
      event.preventDefault();
      stops[here + step].focus();
    }
  });
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  field.value = new URL(location).searchParams.get('q') ?? field.value;
  root.toggleAttribute('data-ready', true);
  run();
}

if (globalThis.document) {
  document.querySelectorAll('[data-search]').forEach(mount);
}
