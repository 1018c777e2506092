// An Eleventy site with lists of 20: every list page, and every taxonomy, is one entry of a collection.
const SITE = { title: "Benchmark Journal", description: "Notes on careful work", url: "https://bench.example" };
const PER_PAGE = 20;
const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

function* listPages(title, base, articles) {
  const total = Math.ceil(articles.length / PER_PAGE) || 1;
  const url = (number) => (number > 1 ? `${base}page/${number}/` : base);
  for (let number = 1; number <= total; number++) {
    yield {
      title,
      number,
      total,
      url: url(number),
      articles: articles.slice((number - 1) * PER_PAGE, number * PER_PAGE),
      newer: number > 1 && url(number - 1),
      older: number < total && url(number + 1),
    };
  }
}

/** Articles by each of their terms, in the order of the terms. */
function terms(articles, taxonomy) {
  const found = new Map();
  for (const article of articles) {
    for (const term of article.data[taxonomy]) {
      if (!found.has(term)) found.set(term, []);
      found.get(term).push(article);
    }
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

export default function (config) {
  config.addGlobalData("site", SITE);
  config.addPassthroughCopy("style.css");
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("moment", (date) => date.toISOString());
  config.addFilter("longDate", (date) => longDate.format(date));

  let newest;
  config.on("eleventy.before", () => { newest = undefined; });
  const articles = (api) => {
    if (!newest) {
      newest = api.getFilteredByGlob("content/posts/*.md").sort((one, other) => other.date - one.date);
      newest.forEach((article, place) => {
        article.data.newer = newest[place - 1];
        article.data.older = newest[place + 1];
      });
    }
    return newest;
  };
  config.addCollection("latest", (api) => articles(api).slice(0, PER_PAGE));
  config.addCollection("lists", (api) => [
    ...listPages("Posts", "/posts/", articles(api)),
    ...["tags", "categories"].flatMap((taxonomy) => terms(articles(api), taxonomy).flatMap(
      ([term, filed]) => [...listPages(`${taxonomy}: ${term}`, `/${taxonomy}/${term}/`, filed)],
    )),
  ]);
  config.addCollection("taxonomies", (api) => ["tags", "categories"].map((name) => ({
    name, terms: terms(articles(api), name).map(([term]) => term),
  })));
  return {
    dir: { input: "content", includes: "../_includes" },
    markdownTemplateEngine: false,
  };
}
