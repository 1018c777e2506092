// A calculator in its page. It takes over markup that is complete already, as `MARKUP.md` says, and
// does what a browser does best: the form, numbers in the reader's language, addresses, files. What
// it computes with, and all that it draws, is the WebAssembly that the loader connects it to.

// How long the form has to rest before a screen reader hears the result, and the address follows.
const REST = 500;
// The longest address that somebody may type from paper.
const TYPEABLE = 400;
// What an address calls the sides of a comparison; no number of a model has such a name.
const SIDES = 'compare.sides';

let wasm;

export function connect(exports) {
  wasm = exports;
}

// What there is to ask of `Calculator` in `widget.rs`.
const ROOM = 0;
const SET = 1;
const FIGURES = 2;
const NUMBERS = 3;
const LIST = 4;
const DRAW = 5;
const TEXT = 6;
const STUDY = 7;

// One model at work: `Calculator` in `widget.rs`. Lists of numbers go in and out through its memory.
export class Calculator {
  // A calculator for the bytes of a model, unless they are none.
  static load(bytes) {
    const at = wasm.__wbindgen_malloc(bytes.length, 1);
    new Uint8Array(wasm.memory.buffer, at).set(bytes);
    const calculator = new Calculator();
    calculator.self = wasm.calculator_load(at, bytes.length);
    return calculator.self ? calculator : null;
  }

  ask(wish) {
    return wasm.calculator_ask(this.self, wish);
  }

  // So many numbers of what was listed last; at first that is the state that the model begins with.
  list(count) {
    return [...new Float64Array(wasm.memory.buffer, this.ask(LIST), count)];
  }

  set(state) {
    new Float64Array(wasm.memory.buffer, this.ask(ROOM)).set(state);
    return this.ask(SET);
  }

  figures() {
    return this.list(this.ask(FIGURES));
  }

  numbers() {
    return this.list(this.ask(NUMBERS));
  }

  // The path of each slot.
  draw() {
    const length = this.ask(DRAW);
    const text = new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, this.ask(TEXT), length));
    return text.split('\n').slice(1);
  }

  study() {
    return !!this.ask(STUDY);
  }
}

export function mount(root, bytes) {
  const model = Calculator.load(bytes);
  if (!model) {
    return false;
  }
  const all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const facts = JSON.parse(root.querySelector('[data-facts]').textContent);
  const { inputs, scenarios } = facts;
  const rows = rowsOf(facts);
  const language = root.closest('[lang]')?.lang || undefined;
  const formats = numberFormats(language, root.dataset.currency, facts.never);
  const { read, write } = fieldsIn(language);
  const fields = all('[data-value]');
  const paths = all('[data-draw]');
  // The row of a number of the state: an input, an assumption or a term.
  const row = (number) => rows[number];
  const defaults = model.list(rows.length);
  // What the form says, the last of it that made sense, and what that was before the present edit.
  let state = [...defaults];
  let sound = state;
  let before = state;
  let frame, rest, study;

  // Figures, by where they stand: on one of the sides of a comparison, or anywhere else.
  const sides = all('[data-side]').map((side) => writer(all, formats, facts, side));
  const result = writer(all, formats, facts, root, '[data-side] *');
  const compared = all('[data-compare]');

  // What stands on the sides, as addresses say it: names of scenarios, and none for the form.
  const sideNames = () => compared.map(({ value }) => facts.situations[value]).join();
  const usual = compared.map((side) => side.querySelector('[selected]').value);
  const atFirst = usual.map((place) => facts.situations[place]).join();

  // Each side is an estimate of its own, made before that of the form.
  function compare() {
    sides.forEach((side, place) => {
      const chosen = +compared[place].value;
      model.set(chosen ? [...scenarios[chosen - 1], ...sound.slice(inputs)] : sound);
      side(model.figures());
    });
    model.set(sound);
  }

  function publish() {
    result(model.figures());
    const drawn = model.draw();
    for (const path of paths) {
      const line = drawn[path.dataset.draw];
      // What stands behind the answer may not be known yet.
      if (line !== undefined) {
        path.setAttribute('d', line);
      }
    }
  }

  // Computes what the form says. A row that makes no sense says what it said before the edit, and not what
  // stood in it between two keys, such as the 4 of 45; such rows are returned.
  function set() {
    const wrong = new Set();
    let next = state;
    let place;
    while ((place = model.set(next)) >= 0 && !wrong.has(place)) {
      wrong.add(place);
      next = next.map((value, number) => (row(number) === place ? before[number] : value));
    }
    if (place < 0) {
      sound = next;
    } else {
      model.set(sound);
    }
    return wrong;
  }

  // Before the next frame, however much has changed until then.
  function refresh() {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      clearTimeout(study);
      clearTimeout(rest);
      root.toggleAttribute('data-studying', true);
      performance.mark('tallypress-estimate');
      const wrong = set();
      performance.measure('tallypress-estimate', 'tallypress-estimate');
      publish();
      fill(document.activeElement);
      mark(wrong);
      rest = setTimeout(settle, REST);
    });
  }

  // What costs more than a frame has time for waits until the form rests, step by step.
  function settle() {
    // A mistake first: as long as it stands, the answer is not to what the form says.
    const spoken = root.querySelector('[data-problem]:not([hidden])') ?? root.querySelector('[data-verdict]');
    for (const live of all('[data-live]')) {
      live.textContent = spoken.innerText;
    }
    address();
    compare();
    const step = () => {
      const more = model.study();
      publish();
      root.toggleAttribute('data-studying', more);
      study = more && setTimeout(step);
    };
    study = setTimeout(step);
  }

  // Rows that were changed, and the one that makes no sense.
  function mark(wrong) {
    const changed = new Set(state.flatMap((value, number) => (value === defaults[number] ? [] : row(number))));
    for (const element of all('[data-row]')) {
      element.toggleAttribute('data-changed', changed.has(+element.dataset.row));
    }
    for (const element of all('[data-changes], [data-unchanged]')) {
      element.hidden = !changed.size !== 'unchanged' in element.dataset;
    }
    for (const problem of all('[data-problem]')) {
      problem.hidden = !wrong.has(+problem.dataset.problem);
    }
    for (const field of fields) {
      field.ariaInvalid = wrong.has(row(+field.dataset.value)) ? 'true' : null;
    }
    for (const button of all('[data-scenario]')) {
      const values = scenarios[button.dataset.scenario];
      button.ariaPressed = `${values.every((value, input) => value === state[input])}`;
    }
  }

  // Never writes into the field in which somebody is typing. A slider has a place for what makes sense only.
  function fill(typing) {
    for (const field of fields) {
      const isSlider = field.type === 'range';
      const value = (isSlider ? sound : state)[field.dataset.value];
      if (field !== typing && !Number.isNaN(value)) {
        write(field, value);
      }
      if (isSlider) {
        field.ariaValueText = formats.number.format(value, field.dataset.form);
      }
    }
  }

  // What a button replaces can be taken back with the browser's own one. (In a frame that would be
  // the button of another site.)
  function put(next) {
    address();
    if (parent === window && next.some((value, number) => value !== state[number])) {
      history.pushState(history.state, '');
    }
    say();
    state = next;
    fill();
    refresh();
  }

  root.addEventListener('input', ({ target }) => {
    const { value: number, certain, compare: side } = target.dataset;
    if (side) {
      compare();
      address();
    } else if (number) {
      // What is no number is none of the model's either, which is what marks it.
      const value = read(target);
      const last = certain === undefined ? +number : +number + 2;
      state = state.map((old, place) => (place >= number && place <= last ? value : old));
      say();
      refresh();
    }
  });

  // An edit begins where a reader comes to a field, and ends with what stands in it when the reader leaves it.
  for (const moment of ['focusin', 'change']) {
    root.addEventListener(moment, () => {
      if (frame) {
        set();
      }
      before = sound;
    });
  }

  const actions = {
    reset(which, button) {
      const goes = (place) => !which || (which === 'assumptions' ? place >= inputs : row(place) === +which);
      put(state.map((value, place) => (goes(place) ? defaults[place] : value)));
      // The button of a row, or of all assumptions, is about to hide.
      if (which) {
        const [near, first] = which === 'assumptions' ? ['section', 'summary'] : ['[data-row]', '[data-value]'];
        button.closest(near)?.querySelector(first)?.focus();
      }
    },
    scenario: (number) => put(Object.assign([...state], scenarios[number])),
    print() {
      root.toggleAttribute('data-printing', true);
      print();
      root.toggleAttribute('data-printing', false);
    },
    copy() {
      address();
      const [link] = all('[data-link]');
      link.select();
      // Where there is no clipboard, or it is refused, the address is selected at least.
      navigator.clipboard?.writeText(link.value).then(() => say('copied'), () => {});
    },
    download(kind) {
      const { model: id, version, samples, seed } = facts;
      const text = files[kind]({ model: id, version, samples, seed, address: address() }, facts, sound, model.numbers());
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: kind === 'csv' ? 'text/csv' : 'application/json' }));
      link.download = `${id}.${kind}`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  };
  root.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    for (const action in actions) {
      if (button?.dataset[action] !== undefined) {
        actions[action](button.dataset[action], button);
      }
    }
  });

  function say(what) {
    for (const message of all('[data-say]')) {
      message.hidden = message.dataset.say !== what;
    }
  }

  // The fragment of an address has a part for each calculator of the page that was changed:
  // `#one:v1&people=30/two:v1&hours=5`.
  // Programs that pass an address on write its signs in other ways, and the end of a sentence sticks to it.
  const parts = () =>
    location.hash
      .replaceAll('%25', '%')
      .replace(/%[2-7][\da-f]/gi, decodeURIComponent)
      .replace(/^#|amp;|[^\w:&=-]+$/g, '')
      .split('/');
  const isOwn = (part) => part.startsWith(`${root.id}:`);

  function address() {
    const sides = sideNames();
    const text = shared(facts, sound, defaults) + (sides === atFirst ? '' : `&${SIDES}=${sides}`);
    const changed = text.includes('&') ? [`${root.id}:${text}`] : [];
    const fragment = [...parts().filter((part) => part.includes(':') && !isOwn(part)), ...changed].join('/');
    if (fragment || location.hash.includes(':')) {
      history.replaceState(history.state, '', fragment ? `#${fragment}` : location.pathname + location.search);
    }
    const page = root.dataset.page || location.href.split('#')[0];
    const whole = `${page}#${changed[0] ?? root.id}`;
    for (const link of all('[data-link]')) {
      // What is only read, on paper, is of no use when nobody can type it.
      const long = link.matches('output') && whole.length > TYPEABLE;
      link.value = long ? `${page}#${root.id}` : whole;
      link.toggleAttribute('data-shortened', long);
    }
    return whole;
  }

  function show(places) {
    compared.forEach((side, number) => (side.value = places[number] ?? 0));
  }

  // True if the address says what to begin with.
  function open() {
    const own = parts().find(isOwn);
    if (!own) {
      return false;
    }
    const [text, sides = atFirst] = own.slice(root.id.length + 1).split(`&${SIDES}=`);
    sound = state = [...defaults];
    const found = opened(facts, text, defaults);
    const places = sides.split(',').map((name) => facts.situations.indexOf(name));
    if (found.map && !places.includes(-1) && model.set(found) < 0) {
      sound = state = found;
      show(places);
      say();
    } else {
      show(usual);
      say(found === 'old' ? found : 'broken');
    }
    fill();
    return true;
  }

  // A browser may have kept what was set before, and a reader may have been faster than the
  // download: a field that differs from the model is taken at its word.
  if (open()) {
    // A page that is loaded again stays where it was.
    if (performance.getEntriesByType('navigation')[0].type === 'navigate') {
      root.scrollIntoView();
    }
  } else {
    for (const field of fields) {
      const number = +field.dataset.value;
      const value = read(field);
      if (value !== defaults[number]) {
        const next = state.map((old, place) => (place === number ? value : old));
        state = model.set(next) < 0 ? next : state;
        sound = state;
      }
    }
    fill(document.activeElement);
  }
  addEventListener('hashchange', () => {
    const known = open();
    if (known || !location.hash || parts().some((part) => part.includes(':'))) {
      if (!known) {
        state = [...defaults];
        show(usual);
      }
      fill();
      refresh();
    } else {
      // Another place of the page: what was changed stays in the address.
      address();
    }
  });
  // What the model begins with is on the page already.
  if (sideNames() !== atFirst || state.some((value, number) => value !== defaults[number])) {
    refresh();
  } else {
    address();
  }
  root.toggleAttribute('data-ready', true);
  return true;
}

// Numbers in fields, as people write them: in the page's language, and with a comma for a point and the
// other way round wherever that cannot be taken for thousands.
function fieldsIn(language) {
  const [decimal, group] = (0.5).toLocaleString(language).includes(',') ? ',.' : '.,';
  const thousands = new RegExp(`(?<!^-?0)[${group}](?=\\d{3}(?!\\d))`, 'g');
  return {
    read({ type, value }) {
      const text = value.replace(/\s/g, '');
      const plain = type === 'range' ? text : text.replace(thousands, '').replace(',', '.');
      // Addresses carry six digits behind the point, and what they bring is what was computed.
      return /^[-+.\d]+$/.test(plain) ? Math.round(plain * 1e6) / 1e6 : NaN;
    },
    write(field, value) {
      field.value = field.type === 'range' ? value : `${value}`.replace('.', decimal);
    },
  };
}

// The browser's own number formats, by the attribute of what is written in them.
function numberFormats(language, currency, never) {
  const format = (style, least, most) =>
    new Intl.NumberFormat(language, {
      style,
      currency,
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
  const weeks = format('decimal', 1, 1);
  const number = format('decimal', 0, 2);
  return {
    money: format('currency', 0, 0),
    share: format('percent', 0, 0),
    weeks: { format: (value, form = '#') => (value === Infinity ? never : form.replace('#', weeks.format(value))) },
    number: { format: (value, form = '#') => form.replace('#', number.format(value)) },
  };
}

// A function that brings elements in line with figures; only those are touched whose figure is
// another than before.
function writer(all, formats, facts, within, except) {
  const spots = [];
  const add = (attribute, write) => {
    for (const element of all(`[data-${attribute}]`, within)) {
      if (!except || !element.matches(except)) {
        const [, not, slot] = /(!?)(.*)/.exec(element.dataset[attribute]);
        spots.push([+slot, (value) => write(element, value, not)]);
      }
    }
  };
  const text = (element, text) => {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };
  for (const unit in formats) {
    add(unit, (element, value) => {
      text(element, formats[unit].format(value, element.dataset.form));
      element.toggleAttribute('data-never', value === Infinity);
    });
  }
  add('label', (element, value) => text(element, facts.variables[value]));
  add('when', (element, value, not) => element.toggleAttribute('hidden', !value !== !!not));
  add('flag', (element, value) => (element.dataset.state = value ? 'on' : 'off'));
  let shown = [];
  return (figures) => {
    for (const [slot, write] of spots) {
      if (slot in figures && figures[slot] !== shown[slot]) {
        write(figures[slot]);
      }
    }
    shown = figures;
  };
}

// What a reader downloads reproduces the figures: inputs, assumptions, version, seed, and every
// number unrounded.
const files = {
  json(about, facts, state, numbers) {
    const approaches = {};
    each(facts, numbers, (names, value) => {
      const last = names.pop();
      let place = approaches;
      for (const name of names) {
        place = place[name] ??= {};
      }
      place[last] = value;
    });
    return JSON.stringify({ ...about, ...named(facts, state), approaches }, null, 2);
  },
  csv(about, facts, state, numbers) {
    const { units, measures } = facts;
    const lines = [['part', 'name', 'statistic', 'value', 'unit']];
    const list = (part, values, statistics) => {
      for (const name in values) {
        [values[name]].flat().forEach((value, place) => lines.push([part, name, statistics?.[place] ?? place + 1, value, units[name] ?? '']));
      }
    };
    const { inputs, assumptions, terms } = named(facts, state);
    list('model', about, ['']);
    list('input', inputs, ['']);
    list('assumption', assumptions, ['low', 'likely', 'high']);
    list('term', terms);
    each(facts, numbers, ([approach, name, ...rest], value) => lines.push([approach, name, rest.join(' '), value, measures[name]]));
    // Ids and addresses hold no quotation marks.
    return lines.map((cells) => cells.map((cell) => `${cell}`.replace(/.*,.*/, '"$&"')).join(',') + '\r\n').join('');
  },
};

// For each number of a state its row: an input has one, an assumption three.
function rowsOf({ inputs, keys, terms }) {
  const others = keys.length - terms.length;
  return keys.flatMap((key, row) => Array(row < inputs ? 1 : terms[row - others] ?? 3).fill(row));
}

// What was changed as the text of an address, such as `v1&people=30&rate.partner=90,150,210`, and back. It is
// what `share.rs` reads and writes.
const isAssumption = ({ inputs, keys, terms }, row) => row >= inputs && row < keys.length - terms.length;

export function shared(facts, state, defaults) {
  const rows = rowsOf(facts);
  const decimal = (number) => +number.toFixed(6);
  const changes = facts.keys.map((key, row) => {
    const from = rows.indexOf(row);
    const numbers = state.slice(from, rows.lastIndexOf(row) + 1);
    const certain = isAssumption(facts, row) && numbers[0] === numbers[2];
    const changed = numbers.some((number, place) => number !== defaults[from + place]);
    return changed ? `&${key}=${certain ? decimal(numbers[0]) : numbers.map(decimal)}` : '';
  });
  return `v${facts.version}${changes.join('')}`;
}

// Gives the state, or `old` for that of another version, or nothing of use.
export function opened(facts, text, defaults) {
  const rows = rowsOf(facts);
  const number = (text) => (/^-?(\d+|\d*\.\d{1,6})$/.test(text) && Math.abs(text) <= 1e9 ? +text + 0 : NaN);
  const [version, ...changes] = text.split('&');
  const state = [...defaults];
  const made = version[0] === 'v' ? number(version.slice(1)) : NaN;
  if (made !== facts.version) {
    return !Number.isNaN(made) && 'old';
  }
  for (const change of changes) {
    const [key, values = '', more] = change.split('=');
    const row = facts.keys.indexOf(key);
    const from = rows.indexOf(row);
    const count = rows.lastIndexOf(row) + 1 - from;
    let numbers = values.split(',').map(number);
    if (isAssumption(facts, row)) {
      // One number for what is certain, and no more than that where it always is.
      const certain = state[from] === state[from + 2];
      numbers = numbers.length === 1 ? Array(3).fill(numbers[0]) : certain ? [] : numbers;
    }
    if (from < 0 || more !== undefined || numbers.length !== count || numbers.some(Number.isNaN)) {
      return false;
    }
    state.splice(from, count, ...numbers);
  }
  return state;
}

// Inputs, assumptions and terms by their keys.
function named(facts, state) {
  const { inputs, keys, terms } = facts;
  const rows = rowsOf(facts);
  const values = (row) => (row < inputs ? state[row] : state.filter((_, number) => rows[number] === row));
  const part = (from, to) => Object.fromEntries(keys.slice(from, to).map((key, place) => [key, values(from + place)]));
  const others = keys.length - terms.length;
  return { inputs: part(0, inputs), assumptions: part(inputs, others), terms: part(others) };
}

// Walks the numbers of an estimate in the order in which the engine lists them, and takes them away.
function each({ approaches, series, roles, phases, dots }, numbers, work) {
  for (const approach of approaches) {
    for (const name of series) {
      for (const statistic of ['mean', 'p10', 'p50', 'p90']) {
        work([approach, name, statistic], numbers.shift());
      }
    }
    for (const role of roles) {
      for (const phase of phases) {
        work([approach, 'hours', role, phase], numbers.shift());
      }
    }
    work([approach, 'wins'], numbers.shift());
    numbers.splice(0, dots);
  }
}
