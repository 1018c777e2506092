// A calculator in a page of another site. Whoever wants one puts this where it is to stand:
//
//   <script async src="https://…/embed/calculator.js" data-calculator="cto-or-partner"></script>
//
// It puts a frame behind that tag. The page in the frame runs this script as well, and tells how
// high it is.
{
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
    addEventListener('message', ({ source, origin, data }) => {
      if (source === frame.contentWindow && origin === page.origin && data?.height > 0) {
        style.height = `${data.height}px`;
        frame.title = `${data.title}`;
      }
    });
    tag.after(frame);
  } else if (parent !== window) {
    const { documentElement, body, title } = document;
    // A page likes to fill its window; here the window follows the page.
    body.style.minHeight = 0;
    // The first frame is too low for the page, and its bar would stay.
    documentElement.style.scrollbarWidth = 'none';
    new ResizeObserver(() => {
      const height = Math.ceil(documentElement.getBoundingClientRect().height);
      parent.postMessage({ height, title }, '*');
    }).observe(documentElement);
  }
}
