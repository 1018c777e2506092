//! Which generator a folder's site was made with, by the settings in it.

use super::Generator;

/// Settings that only one generator has.
const SETTINGS: [(&str, Generator); 8] = [
    ("zola.toml", Generator::Zola),
    ("hugo.toml", Generator::Hugo),
    ("hugo.yaml", Generator::Hugo),
    ("hugo.yml", Generator::Hugo),
    ("hugo.json", Generator::Hugo),
    ("config/_default/hugo.toml", Generator::Hugo),
    ("_config.yml", Generator::Jekyll),
    ("_config.yaml", Generator::Jekyll),
];

/// Looks for settings by reading files of the folder.
pub fn recognised(read: impl Fn(&str) -> Option<Vec<u8>>) -> Option<Generator> {
    let is_there =
        |(path, generator): &(&str, Generator)| read(path).is_some().then_some(*generator);
    SETTINGS.iter().find_map(is_there).or_else(|| {
        let shared = read("config.toml")?;
        let shared = String::from_utf8_lossy(&shared);
        // Both ask for the site's address, each in its own way.
        let keys = [
            ("base_url", Generator::Zola),
            ("baseURL", Generator::Hugo),
            ("baseurl", Generator::Hugo),
        ];
        let begins = |key: &str| {
            shared
                .lines()
                .any(|line| line.trim_start().starts_with(key))
        };
        let found = keys.into_iter().find(|(key, _)| begins(key));
        found.map(|(_, generator)| generator)
    })
}
