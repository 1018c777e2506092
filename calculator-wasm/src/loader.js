// The one script of a page with calculators. It finds them, waits until a reader
// comes near one, then fetches the widget and the model's numbers and hands the
// finished markup over. Whatever fails, the page keeps the figures it came with.

let loaded;

// The glue, connected with the code: once, however many calculators a page has.
export function widget(glue, wasm) {
  return (loaded ??= connect(glue, wasm));
}

// Not `instantiateStreaming`: over a few kilobytes it gains nothing, and it fails
// on hosts that send WebAssembly as some other type.
async function connect(address, wasm) {
  const [glue, code] = await Promise.all([import(new URL(address, document.baseURI)), bytes(wasm)]);
  const { instance } = await WebAssembly.instantiate(code);
  glue.connect(instance.exports);
  return glue;
}

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw response.status;
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function start(root) {
  const data = root.dataset;
  // A tap that came too early counts once the calculator is alive.
  let tapped;
  const tap = (event) => (tapped = event.target.closest('[data-scenario]') ?? tapped);
  root.addEventListener('click', tap);
  try {
    const [glue, model] = await Promise.all([widget(data.widget, data.wasm), bytes(data.model)]);
    if (glue.mount(root, model)) {
      root.removeEventListener('click', tap);
      tapped?.click();
      return;
    }
  } catch {
    // The reader is told in the page; see below.
  }
  root.dataset.failed = '';
}

for (const root of document.querySelectorAll('[data-calculator]')) {
  let started;
  const once = () => {
    near.disconnect();
    started ??= start(root);
  };
  const near = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && once(), {
    rootMargin: '600px',
  });
  near.observe(root);
  // An address that names it leads here, and may say what to begin with.
  if (location.hash.includes(root.id)) {
    once();
  }
  for (const event of ['pointerover', 'focusin', 'input']) {
    root.addEventListener(event, once, { once: true });
  }
}
