// Marks in the contents of an article the section that is being read, in browsers that do not know by
// themselves which one that is (`:target-current` in style.css).

if (!CSS.supports('selector(:target-current)')) {
  const headings = new Map();
  for (const link of document.querySelectorAll('.contents a')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) {
      headings.set(heading, link);
    }
  }
  let marked;
  // A section is read from the moment its heading is in the upper third of the window.
  const mark = () => {
    const above = [...headings].filter(([heading]) => heading.getBoundingClientRect().top < innerHeight / 3);
    const link = above.at(-1)?.[1];
    if (link !== marked) {
      marked?.removeAttribute('aria-current');
      link?.setAttribute('aria-current', 'true');
      marked = link;
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -67% 0px' });
  [...headings.keys()].forEach((heading) => observer.observe(heading));
}
