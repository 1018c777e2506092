// A calculator in a page of another site. Whoever wants one puts this where it is to stand:
//
//   <script async src="https://…/embed/calculator.js" data-calculator="cto-or-partner"></script>
//
// It puts a frame behind that tag. The page in the frame runs this script as well, and tells how
// high it is.
{
  // How long a page that has come may take to tell its height, in milliseconds.
  const PATIENCE = 3000;
  const tag = document.currentScript;
  const { calculator } = tag.dataset;

  if (calculator) {
    const page = new URL(`${calculator}/`, tag.src);
    const frame = document.createElement('iframe');
    frame.src = page;
    frame.title = 'Calculator';
    frame.loading = 'lazy';
    // Its button for copying a link needs the leave of this page.
    frame.allow = 'clipboard-write';
    // One by one, which no Content-Security-Policy forbids.
    const { style } = frame;
    style.display = 'block';
    style.border = 0;
    style.width = '100%';
    style.height = '60rem';
    // What stands there instead where none comes: its name may be wrong, or its site away.
    const missing = document.createElement('p');
    const link = document.createElement('a');
    link.href = link.textContent = page;
    missing.append('No calculator answers at ', link, `. Is "${calculator}" its name in the tag that its own page offers?`);
    let late;
    addEventListener('message', ({ source, origin, data }) => {
      if (source === frame.contentWindow && origin === page.origin && data?.height > 0) {
        clearTimeout(late);
        missing.remove();
        style.height = `${data.height}px`;
        frame.title = `${data.title}`;
        frame.onload = null;
      }
    });
    frame.onload = () => {
      late = setTimeout(() => {
        frame.after(missing);
        style.height = 0;
      }, PATIENCE);
    };
    tag.after(frame);
  } else if (parent !== window) {
    const { documentElement, body, title } = document;
    // A page likes to fill its window; here the window follows the page.
    body.style.minHeight = 0;
    // The first frame is too low for the page, and its bar would stay.
    documentElement.style.scrollbarWidth = 'none';
    const tell = () => {
      const height = Math.ceil(documentElement.getBoundingClientRect().height);
      parent.postMessage({ height, title }, '*');
    };
    // At once, because nothing is observed in a frame that is out of sight.
    tell();
    new ResizeObserver(tell).observe(documentElement);
  }
}
