//! A corpus to build sites from: any number of articles of about 1,200 words, with headings, lists, a table, a quotation, a
//! fence and links to earlier articles. An article is made from its number alone, so that a small corpus is
//! the beginning of every larger one, and its text is the same for every generator.

#[path = "vocabulary.rs"]
mod vocabulary;

use std::fs;
use std::io;
use std::path::Path;

use fastrand::Rng;
use jiff::Timestamp;

use vocabulary::{
    AUTHORS, CATEGORIES, CODE, DESCRIPTIONS, HEADINGS, ITEMS, OPENINGS, SENTENCES, STEPS, TAGS,
    TITLES, filled,
};

/// The moment of the first article, 1 January 2000. The others follow it.
const FIRST: i64 = 946_684_800;
/// Seconds between two articles: a million of them end before any day on which this is run.
const APART: i64 = 600;

/// What generators disagree about: how front matter is written, and where articles are found.
#[derive(Clone, Copy)]
pub enum Flavour {
    /// As Hugo and Eleventy read it too.
    Plain,
    Zola,
    Blades,
    Cobalt,
}

impl Flavour {
    /// The folder of articles in a site's folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Plain | Self::Zola | Self::Blades => "content/posts",
            Self::Cobalt => "posts",
        }
    }

    fn link(self, slug: &str) -> String {
        match self {
            Self::Plain | Self::Zola | Self::Cobalt => format!("/posts/{slug}/"),
            Self::Blades => format!("/posts/{slug}.html"),
        }
    }
}

/// Writes the articles `0..articles` into a site's folder.
pub fn write(site: &Path, articles: usize, flavour: Flavour) -> io::Result<()> {
    let folder = site.join(flavour.folder());
    fs::create_dir_all(&folder)?;
    (0..articles).try_for_each(|number| {
        let article = Article::new(number);
        fs::write(folder.join(article.file()), article.text(flavour))
    })
}

pub struct Article {
    number: usize,
    title: String,
    pub slug: String,
    date: Timestamp,
    description: String,
    author: &'static str,
    tags: Vec<&'static str>,
    category: &'static str,
}

impl Article {
    pub fn new(number: usize) -> Self {
        let mut random = rng(number, 0);
        let title = pick(&mut random, &TITLES);
        let title = sentence_case(&filled(&mut random, title));
        let description = pick(&mut random, &DESCRIPTIONS);
        let seconds = i64::try_from(number).expect("fewer articles") * APART;
        let mut tags = random.choose_multiple(TAGS, 2 + number % 3);
        tags.sort_unstable();
        Self {
            number,
            slug: format!("{}-{number:06}", slug(&title)),
            title,
            date: Timestamp::from_second(FIRST + seconds).expect("a moment of this age"),
            description: filled(&mut random, description),
            author: pick(&mut random, &AUTHORS),
            tags,
            category: pick(&mut random, &CATEGORIES),
        }
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.md", self.slug)
    }

    /// The whole file.
    pub fn text(&self, flavour: Flavour) -> String {
        format!("{}\n{}", self.front_matter(flavour), self.body(flavour))
    }

    fn front_matter(&self, flavour: Flavour) -> String {
        let Self {
            title,
            date,
            description,
            author,
            tags,
            category,
            ..
        } = self;
        match flavour {
            Flavour::Plain => format!(
                "---\ntitle: {title:?}\ndescription: {description:?}\ndate: {date}\nauthor: {author:?}\n\
                 tags: {tags:?}\ncategories: [{category:?}]\n---\n"
            ),
            Flavour::Zola => format!(
                "+++\ntitle = {title:?}\ndescription = {description:?}\ndate = {date}\nauthors = [{author:?}]\n\
                 [taxonomies]\ntags = {tags:?}\ncategories = [{category:?}]\n+++\n"
            ),
            Flavour::Blades => format!(
                "+++\ntitle = {title:?}\nsummary = {description:?}\ndate = {date}\nauthor = {author:?}\n\
                 [taxonomies]\ntags = {tags:?}\ncategories = [{category:?}]\n+++\n"
            ),
            Flavour::Cobalt => format!(
                "---\ntitle: {title:?}\ndescription: {description:?}\npublished_date: \"{}\"\n\
                 tags: {tags:?}\ncategories: [{category:?}]\ndata:\n  author: {author:?}\n---\n",
                date.strftime("%F %T +0000")
            ),
        }
    }

    fn body(&self, flavour: Flavour) -> String {
        let mut text = Writer {
            number: self.number,
            flavour,
            random: rng(self.number, 1),
            blocks: Vec::new(),
        };
        text.paragraph(4);
        text.reference("This goes on where");
        let mut features = [
            Writer::bullets,
            Writer::steps,
            Writer::quotation,
            Writer::table,
            Writer::fence,
        ];
        text.random.shuffle(&mut features);
        let headings = text.random.choose_multiple(HEADINGS, features.len() + 1);
        for (place, heading) in headings.into_iter().enumerate() {
            text.heading("##", heading);
            text.paragraph(4);
            if place % 3 == 1 {
                text.heading("###", "The {quality} {thing}");
                text.paragraph(3);
            }
            match features.get(place) {
                Some(feature) => feature(&mut text),
                None => text.reference("More of this is where"),
            }
            text.paragraph(3 + place % 2);
        }
        text.blocks.join("\n\n") + "\n"
    }
}

/// The body of one article while it grows, block by block.
struct Writer {
    number: usize,
    flavour: Flavour,
    random: Rng,
    blocks: Vec<String>,
}

impl Writer {
    fn fill(&mut self, pattern: &str) -> String {
        filled(&mut self.random, pattern)
    }

    fn sentence(&mut self) -> String {
        let pattern = pick(&mut self.random, &SENTENCES);
        self.fill(pattern)
    }

    fn heading(&mut self, level: &str, pattern: &str) {
        let title = sentence_case(&self.fill(pattern));
        self.blocks.push(format!("{level} {title}"));
    }

    fn paragraph(&mut self, sentences: usize) {
        let sentences: Vec<String> = (0..sentences).map(|_| self.sentence()).collect();
        self.blocks.push(sentences.join(" "));
    }

    /// Two links to earlier articles.
    fn reference(&mut self, opening: &str) {
        let [first, second] = [self.earlier(), self.earlier()];
        self.blocks.push(format!(
            "{opening} {first} ended; {second} looks at the same from the other side."
        ));
    }

    /// A link to an article before this one. The first of all links to itself.
    fn earlier(&mut self) -> String {
        let other = Article::new(self.random.usize(..self.number.max(1)));
        format!("[{}]({})", other.title, self.flavour.link(&other.slug))
    }

    fn bullets(&mut self) {
        let mut items = Vec::new();
        for item in 0..6 {
            let pattern = pick(&mut self.random, &ITEMS);
            items.push(format!("- {}", self.fill(pattern)));
            if item % 4 == 2 {
                items.push(format!("  - {}", self.fill("and its {quality} {thing}")));
            }
        }
        self.blocks.push(items.join("\n"));
    }

    fn steps(&mut self) {
        let mut steps = Vec::new();
        for step in 1..=5 {
            let pattern = pick(&mut self.random, &STEPS);
            steps.push(format!("{step}. {}", self.fill(pattern)));
        }
        self.blocks.push(steps.join("\n"));
    }

    fn quotation(&mut self) {
        let opening = pick(&mut self.random, &OPENINGS);
        let [first, second] = [self.sentence(), self.sentence()];
        self.blocks
            .push(format!("> {opening} {first}\n>\n> {second}"));
    }

    fn table(&mut self) {
        let mut rows = vec![
            "| What | How it is | Number | Share |".to_owned(),
            "| :--- | --- | ---: | ---: |".to_owned(),
        ];
        rows.extend(
            (0..7).map(|_| self.fill("| {thing} | {quality}, {quality} | {number} | {share} % |")),
        );
        self.blocks.push(rows.join("\n"));
    }

    fn fence(&mut self) {
        let (language, code) = self.random.choice(CODE).expect("some code");
        let code = self.fill(code);
        self.blocks.push(format!("```{language}\n{code}\n```"));
    }
}

/// A row of random numbers that depends on nothing but an article's number and what it is for.
fn rng(number: usize, purpose: u64) -> Rng {
    let number = u64::try_from(number).expect("fewer articles");
    Rng::with_seed(number * 2 + purpose)
}

fn pick(random: &mut Rng, words: &[&'static str]) -> &'static str {
    words[random.usize(..words.len())]
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn slug(title: &str) -> String {
    title.to_ascii_lowercase().replace(' ', "-")
}
