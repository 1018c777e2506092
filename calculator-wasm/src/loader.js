// The one script of a page with calculators. It finds them, waits until a reader
// comes near one, then fetches the widget and the model's numbers and hands the
// finished markup over. Whatever fails, the page keeps the figures it came with.

const widgets = new Map();

// One download however many calculators a page has.
function widget(script, wasm) {
  if (!widgets.has(script)) {
    widgets.set(script, load(script, wasm));
  }
  return widgets.get(script);
}

async function load(script, wasm) {
  const [module, response] = await Promise.all([import(new URL(script, document.baseURI)), fetch(wasm)]);
  await module.default({ module_or_path: response });
  return module;
}

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(response.statusText);
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function start(root) {
  const { widget: script, wasm, model } = root.dataset;
  try {
    const [module, numbers] = await Promise.all([widget(script, wasm), bytes(model)]);
    root.toggleAttribute('data-failed', !module.mount(root, numbers));
  } catch {
    root.toggleAttribute('data-failed', true);
  }
}

for (const root of document.querySelectorAll('[data-calculator]')) {
  const wake = new AbortController();
  const once = () => {
    if (!wake.signal.aborted) {
      wake.abort();
      start(root);
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
