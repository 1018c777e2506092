// The texts in the window on which something else is written or drawn, each with what that is.
// Whatever has a background of its own may hide what is below.
(() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const over = [];
  const hides = (element, below) => {
    for (let each = element; each && !each.contains(below); each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (!/transparent|, 0\)|\/ 0\)/.test(backgroundColor)) return true;
    }
    return false;
  };
  // Whether there is more of an element at a place than its empty box.
  const marks = (element, x, y) => {
    if (element instanceof SVGElement || element instanceof HTMLImageElement) return true;
    range.selectNodeContents(element);
    return [...range.getClientRects()].some(({ left, top, right, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
  };
  // What is there for screen readers alone.
  const is_spoken = (element) => element && (element.offsetWidth === 1 || is_spoken(element.parentElement));
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const element = text.parentElement;
    const { bottom, top } = element.getBoundingClientRect();
    if (!text.data.trim() || bottom < 0 || top > innerHeight || is_spoken(element) || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    range.selectNodeContents(text);
    for (const { left, top, width, height } of range.getClientRects()) {
      const [x, y] = [left + width / 2, top + height / 2];
      const top_most = width > 2 && height > 2 && document.elementFromPoint(x, y);
      if (!top_most || top_most.contains(element) || element.contains(top_most)) continue;
      if (!hides(top_most, element) && marks(top_most, x, y)) {
        over.push(`${text.data.trim().slice(0, 40)}, below ${top_most.textContent.trim().slice(0, 40)}`);
      }
    }
  }
  return [...new Set(over)];
})()
