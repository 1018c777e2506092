// Tables, code and formulas are frames that scroll, and stops for the keyboard. Those that fit need not be scrolled:
// here they lose the stop, for as long as they fit.

const observer = new ResizeObserver((entries) => {
  for (const frame of new Set(entries.map(({ target }) => target.closest('.table-scroll, .math-scroll, pre')))) {
    if (frame.scrollWidth > frame.clientWidth) {
      frame.tabIndex = 0;
    } else if (frame !== document.activeElement) {
      frame.removeAttribute('tabindex');
    }
  }
});
for (const frame of document.querySelectorAll(':is(.table-scroll, .math-scroll, pre)[tabindex]')) {
  observer.observe(frame);
  // What is in it grows too, when a font comes late.
  observer.observe(frame.firstElementChild);
}
