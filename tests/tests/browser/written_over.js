// The texts in the window that another element lies on without hiding them, each with what lies on
// it. Whatever has a background of its own may hide what is below.
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
  // What is there for screen readers alone.
  const is_spoken = (element) => element && (element.offsetWidth === 1 || is_spoken(element.parentElement));
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || is_spoken(element) || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    range.selectNodeContents(text);
    for (const { left, top, width, height } of range.getClientRects()) {
      const [x, y] = [left + width / 2, top + height / 2];
      const top_most = width > 2 && height > 2 && document.elementFromPoint(x, y);
      if (!top_most || top_most.contains(element) || element.contains(top_most)) continue;
      if (!hides(top_most, element)) {
        over.push(`${text.data.trim().slice(0, 40)}, below ${top_most.textContent.trim().slice(0, 40)}`);
      }
    }
  }
  return [...new Set(over)];
})()
