// The texts of a page that do not stand out from what is behind them as WCAG 2 asks
// (1.4.3: a ratio of 4.5, or 3 for large text), each with its ratio.
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();

  // Any notation of CSS as red, green, blue and opacity from 0 to 1.
  const parts = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      known.set(colour, [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
    }
    return known.get(colour);
  };
  const over = ([...front], back) => {
    const opacity = front.pop();
    return front.map((part, at) => part * opacity + back[at] * (1 - opacity));
  };
  const paper = (element) => {
    const behind = element.parentElement ? paper(element.parentElement) : parts('Canvas').slice(0, 3);
    return over(parts(getComputedStyle(element).backgroundColor), behind);
  };
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim();
    const element = texts.currentNode.parentElement;
    if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const back = paper(element);
    const [dark, light] = [luminance(over(parts(color), back)), luminance(back)].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(fontSize);
    const large = size >= 24 || (size >= 18.66 && fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return [...new Set(faint)];
})()
