//! The keys of `site.toml`.

use super::{Key, Kind};
use crate::config::WIDEST_IMAGE;

const MENU: [Key; 2] = [
    ("name", Kind::Text, "What readers see"),
    ("path", Kind::Text, "An address, or @/ and a source path"),
];

const TAXONOMY: [Key; 4] = [
    ("name", Kind::Text, "As in front matter and in addresses"),
    (
        "paginate_by",
        Kind::Count,
        "Pages on one list page; 0 puts all on one",
    ),
    ("feed", Kind::Flag, "A feed for each term"),
    (
        "series",
        Kind::Flag,
        "Whether the pages of a term are read one after the other",
    ),
];

const ORGANIZATION: [Key; 4] = [
    ("name", Kind::Text, "Who publishes the site"),
    ("url", Kind::Text, "Its own site"),
    ("logo", Kind::Text, "A picture, or an address"),
    ("same_as", Kind::Texts, "Profiles elsewhere"),
];

const PUBLISH: [Key; 2] = [
    (
        "precompress",
        Kind::Texts,
        "`br`, `gzip` and `zstd`: texts in fewer bytes, beside themselves",
    ),
    (
        "redirects_file",
        Kind::Flag,
        "Old addresses as `_redirects`, for Netlify and Cloudflare Pages",
    ),
];

const CONTACT: [Key; 4] = [
    ("email", Kind::Text, "For a link where there is no form"),
    (
        "endpoint",
        Kind::Text,
        "The address that a form is posted to",
    ),
    (
        "service",
        Kind::OneOf(&["netlify", "formspree"]),
        "Who takes the form's answers, instead of an endpoint",
    ),
    ("form", Kind::Text, "The form's id at Formspree"),
];

const FEED: [Key; 3] = [
    ("enabled", Kind::Flag, "Whether there is a feed"),
    (
        "formats",
        Kind::Texts,
        "`atom` and `json`; both unless it says otherwise",
    ),
    ("limit", Kind::Count, "Entries at most"),
];

const SHARE_IMAGE: [Key; 6] = [
    ("draw", Kind::Flag, "Whether cards are drawn"),
    ("background", Kind::Text, "A colour such as #0b2d38"),
    ("text", Kind::Text, "The colour of the title"),
    ("accent", Kind::Text, "The colour of the section"),
    ("font", Kind::Text, "A .ttf or .otf file of the site"),
    ("image", Kind::Text, "Where no card is drawn"),
];

const ARCHIVE: [Key; 1] = [(
    "path",
    Kind::Text,
    "Where it is; /archive/ unless it says otherwise",
)];

const LANGUAGE: [Key; 7] = [
    ("name", Kind::Text, "In the language itself"),
    ("title", Kind::Text, "The site's title in this language"),
    (
        "description",
        Kind::Text,
        "The site's description in this language",
    ),
    (
        "menu",
        Kind::Each(&MENU),
        "The site's menu in this language",
    ),
    (
        "show_untranslated",
        Kind::Flag,
        "List pages in the site's own language where there is no translation",
    ),
    (
        "strings",
        Kind::Table,
        "Words of the theme that the site says otherwise",
    ),
    (
        "variables",
        Kind::Table,
        "What the theme shows otherwise in this language",
    ),
];

const RULE: [Key; 6] = [
    (
        "key",
        Kind::Text,
        "extra.NAME, or a key such as `description`",
    ),
    (
        "type",
        Kind::OneOf(&[
            "text", "integer", "number", "boolean", "date", "list", "table",
        ]),
        "What must stand there",
    ),
    ("required", Kind::Flag, "Whether every page must have it"),
    ("values", Kind::Texts, "What may stand there"),
    ("section", Kind::Text, "The folder whose pages this is for"),
    ("description", Kind::Text, "Said with an error"),
];

const SCHEMA: [Key; 2] = [
    (
        "closed",
        Kind::Flag,
        "Whether `extra` holds nothing but the keys below",
    ),
    (
        "fields",
        Kind::Each(&RULE),
        "What the site asks of its front matter",
    ),
];

const MARKDOWN: [Key; 5] = [
    ("smart_punctuation", Kind::Flag, "Curly quotes and dashes"),
    ("heading_links", Kind::Flag, "Headings link to themselves"),
    ("math", Kind::Flag, "Formulas between dollar signs"),
    (
        "highlight",
        Kind::Flag,
        "Classes on the words of code; true unless it says otherwise",
    ),
    (
        "tag_filter",
        Kind::Flag,
        "Show the tags that GitHub does not let through as text",
    ),
];

const LINK_CHECKER: [Key; 1] = [(
    "internal_level",
    Kind::OneOf(&["error", "warn"]),
    "What a link or a picture of this site is that leads nowhere",
)];

const IMAGES: [Key; 5] = [
    (
        "widths",
        Kind::EachBetween(1, WIDEST_IMAGE),
        "In which widths readers get a picture",
    ),
    ("quality", Kind::Between(1, 100), "Of what is made"),
    ("avif", Kind::Flag, "AVIF besides WebP"),
    (
        "sizes",
        Kind::Text,
        "How wide a picture in the text is shown, as in HTML",
    ),
    ("figure_sizes", Kind::Text, "The same in a figure"),
];

pub const SITE: [Key; 25] = [
    ("title", Kind::Text, "The site's name"),
    ("description", Kind::Text, "What it is, for search engines"),
    ("base_url", Kind::Text, "Where it will be served"),
    (
        "language",
        Kind::Text,
        "Tag of its own language, such as en",
    ),
    (
        "time_zone",
        Kind::Text,
        "By whose clock dates are told, such as Europe/Berlin; UTC unless it says otherwise",
    ),
    ("author", Kind::Text, "By-line of pages that name no author"),
    ("theme", Kind::Text, "Folder below themes"),
    ("menu", Kind::Each(&MENU), "Links on every page"),
    (
        "taxonomies",
        Kind::Each(&TAXONOMY),
        "Kinds of terms; tags, categories and series unless it says otherwise",
    ),
    ("feed", Kind::Keys(&FEED), "What readers can follow"),
    (
        "organization",
        Kind::Keys(&ORGANIZATION),
        "Who publishes the site, for search engines",
    ),
    (
        "markdown_alternates",
        Kind::Flag,
        "Pages as Markdown, beside themselves",
    ),
    (
        "llms_txt",
        Kind::Flag,
        "A list of all pages for programs that read texts",
    ),
    (
        "publish",
        Kind::Keys(&PUBLISH),
        "What the site's host wants besides pages",
    ),
    (
        "share_image",
        Kind::Keys(&SHARE_IMAGE),
        "Cards for pages without a picture",
    ),
    (
        "images",
        Kind::Keys(&IMAGES),
        "What readers get of pictures",
    ),
    ("archive", Kind::Keys(&ARCHIVE), "Articles by year"),
    (
        "contact",
        Kind::Keys(&CONTACT),
        "How to reach the people behind the site",
    ),
    (
        "search",
        Kind::Flag,
        "Whether the site has a search; true unless it says otherwise",
    ),
    ("markdown", Kind::Keys(&MARKDOWN), "How text is read"),
    (
        "link_checker",
        Kind::Keys(&LINK_CHECKER),
        "How strict a build is about links",
    ),
    (
        "languages",
        Kind::Named(&LANGUAGE),
        "Other languages by tag",
    ),
    (
        "schema",
        Kind::Keys(&SCHEMA),
        "What the site asks of its own front matter",
    ),
    (
        "variables",
        Kind::Table,
        "Colours, fonts and texts of the theme",
    ),
    ("extra", Kind::Table, "Keys of your own, for templates"),
];
