// The one script of a page with calculators. It finds them, waits until a reader
// comes near one, then fetches the widget and the model's numbers and hands the
// finished markup over. Whatever fails, the page keeps the figures it came with.

const widgets = new Map();

// One download however many calculators a page has.
export function widget(glue, wasm) {
  if (!widgets.has(glue)) {
    widgets.set(glue, connect(glue, wasm));
  }
  return widgets.get(glue);
}

// Not `instantiateStreaming`: over a few kilobytes it gains nothing, and it fails
// on hosts that send WebAssembly as some other type.
async function connect(address, wasm) {
  const [glue, code] = await Promise.all([import(new URL(address, document.baseURI)), bytes(wasm)]);
  const { instance } = await WebAssembly.instantiate(code, { glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(response.statusText);
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function start(root) {
  const { widget: glue, wasm, model } = root.dataset;
  let live = false;
  try {
    const [module, numbers] = await Promise.all([widget(glue, wasm), bytes(model)]);
    live = module.mount(root, numbers, root.closest('[lang]')?.lang);
  } finally {
    root.toggleAttribute('data-failed', !live);
  }
}

for (const root of document.querySelectorAll('[data-calculator]')) {
  const wake = new AbortController();
  const once = () => {
    if (!wake.signal.aborted) {
      wake.abort();
      start(root).catch(() => {});
    }
  };
  for (const event of ['pointerover', 'focusin', 'input']) {
    root.addEventListener(event, once, { signal: wake.signal });
  }
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        near.disconnect();
        once();
      }
    },
    { rootMargin: '600px' },
  );
  near.observe(root);
}
