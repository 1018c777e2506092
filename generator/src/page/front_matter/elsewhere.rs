//! What other generators call the keys of front matter, for authors who come from one.

use crate::diagnostic::Diagnostic;
use crate::fields::Fields;

/// What is said here instead, by the names that Jekyll, Hugo, Ghost and Eleventy have.
const NAMES: [(&str, &str); 24] = [
    ("canonical", CANONICAL),
    ("canonicalURL", CANONICAL),
    ("canonical_url", CANONICAL),
    ("cover", IMAGES),
    ("custom_excerpt", DESCRIPTION),
    ("excerpt", DESCRIPTION),
    ("feature_image", IMAGES),
    ("featured_image", IMAGES),
    ("image", IMAGES),
    ("keywords", "here they are `tags`"),
    ("last_modified_at", "here it is `updated`"),
    ("layout", TEMPLATE),
    ("menu", MENU),
    ("menus", MENU),
    ("meta_description", DESCRIPTION),
    ("meta_title", "here it is `title`"),
    (
        "permalink",
        "here it is `path`, or `slug` for its last part",
    ),
    (
        "published",
        "here it is `draft`, which means the opposite: true keeps a page back",
    ),
    ("published_at", "here it is `date`"),
    ("robots", "here it is `noindex`, which is true or false"),
    ("status", "here it is `draft`, which is true or false"),
    ("thumbnail", IMAGES),
    ("type", TEMPLATE),
    ("updated_at", "here it is `updated`"),
];

const CANONICAL: &str = "a page's canonical address is its own: `path` sets it, below `base_url`";
const DESCRIPTION: &str = "here it is `description`";
const IMAGES: &str = "here it is `images`, a list of files beside the page";
const MENU: &str = "the menu stands in `site.toml`";
const TEMPLATE: &str = "here it is `template`, a file of the theme";

/// Refuses keys that another generator reads, and says what to write.
pub fn refuse(fields: &mut Fields<'_>) {
    for (name, instead) in NAMES {
        if let Some(key) = fields.key(name) {
            let unknown = Diagnostic::error(format!("unknown key `{name}`"))
                .at(fields.path(), key)
                .label("nothing reads this")
                .help(instead);
            fields.report(unknown);
        }
    }
}
