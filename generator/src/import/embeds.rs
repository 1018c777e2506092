//! Videos, posts, music and code that a site shows in a frame of another one. Pages here load nothing from
//! elsewhere, so each of them becomes a link to what it showed.

use super::shortcode::Call;

/// What is shown, under which names it is asked for, and its address, where `{}` stands for its id.
const KINDS: [(&str, &[&str], &str); 19] = [
    (
        "Video on YouTube",
        &[
            "youtube",
            "youtubelite",
            "youtubeplayer",
            "youtube-lite",
            "lite-youtube",
            "yt",
        ],
        "https://www.youtube.com/watch?v={}",
    ),
    (
        "Video on Vimeo",
        &["vimeo", "vimeoplayer"],
        "https://vimeo.com/{}",
    ),
    (
        "Video on Bilibili",
        &["bilibili"],
        "https://www.bilibili.com/video/{}",
    ),
    (
        "Video on Dailymotion",
        &["dailymotion"],
        "https://www.dailymotion.com/video/{}",
    ),
    (
        "Video on Streamable",
        &["streamable"],
        "https://streamable.com/{}",
    ),
    (
        "Video on Twitch",
        &["twitch"],
        "https://www.twitch.tv/videos/{}",
    ),
    ("Video on PeerTube", &["peertube"], ""),
    ("Video on TikTok", &["tiktok"], ""),
    (
        "A post on X",
        &["tweet", "twitter", "x"],
        "https://x.com/i/status/{}",
    ),
    ("A post on Mastodon", &["mastodon", "toot"], ""),
    ("A post on Bluesky", &["bluesky", "bsky"], ""),
    ("A post on Facebook", &["facebook"], ""),
    (
        "A picture on Instagram",
        &["instagram"],
        "https://www.instagram.com/p/{}/",
    ),
    (
        "Music on Spotify",
        &["spotify"],
        "https://open.spotify.com/track/{}",
    ),
    (
        "Sound on SoundCloud",
        &["soundcloud"],
        "https://soundcloud.com/{}",
    ),
    (
        "A recording on asciinema",
        &["asciinema", "asciicast"],
        "https://asciinema.org/a/{}",
    ),
    ("Code on CodePen", &["codepen"], "https://codepen.io/pen/{}"),
    (
        "Code on JSFiddle",
        &["jsfiddle"],
        "https://jsfiddle.net/{}/",
    ),
    ("Code on GitHub", &["gist"], "https://gist.github.com/{}"),
];

/// Under what shortcodes are given an id, or the whole address.
const IDS: [&str; 9] = [
    "id", "url", "src", "link", "href", "video_id", "videoid", "video", "hash",
];

/// Something shown in a frame, as a link to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    /// What stands for it where its author gave no title.
    pub words: &'static str,
    pub address: String,
}

impl Embed {
    /// What a shortcode shows, if it is one of these.
    pub fn of(call: &Call) -> Option<Self> {
        let name = call.name.to_ascii_lowercase();
        // Some of Hugo's own have a form without scripts.
        let name = name.trim_end_matches("_simple");
        // `youtube_player`, `embed-vimeo`
        let bare = ["player", "embed", "video", "iframe", "nocookie"]
            .iter()
            .fold(name.to_owned(), |name, word| name.replace(word, ""));
        let bare = bare.trim_matches(['-', '_']);
        let (words, names, pattern) = KINDS
            .into_iter()
            .find(|(_, names, _)| names.contains(&name))
            .or_else(|| {
                let mut kinds = KINDS.into_iter();
                kinds.find(|(_, names, _)| bare.len() > 2 && names.contains(&bare))
            })?;
        let given = call.get(&IDS).or_else(|| call.nth(0));
        let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) else {
            let list = call
                .get(&["playlist", "list"])
                .filter(|_| names[0] == "youtube")?;
            let address = format!("https://www.youtube.com/playlist?list={list}");
            return Some(Self { words, address });
        };
        if given.contains("://") {
            return Some(Self {
                words,
                address: given.to_owned(),
            });
        }
        if pattern.is_empty() {
            return None;
        }
        let id = match (names[0], call.nth(1), call.get(&["user"])) {
            // `{{< gist user id >}}`
            ("gist", Some(id), None) => format!("{given}/{id}"),
            ("gist", None, Some(user)) => format!("{user}/{given}"),
            _ => given.to_owned(),
        };
        let mut address = match (names[0], call.get(&["user", "type"])) {
            ("spotify", Some(kind)) => format!("https://open.spotify.com/{kind}/{id}"),
            ("tweet", Some(user)) => format!("https://x.com/{user}/status/{id}"),
            ("codepen", Some(user)) => format!("https://codepen.io/{user}/pen/{id}"),
            _ => pattern.replace("{}", &id),
        };
        if let ("youtube", Some(start)) = (names[0], call.get(&["start", "t"])) {
            address = format!("{address}&t={start}");
        }
        Some(Self { words, address })
    }

    /// What a player in a frame shows, by the address of the player.
    pub fn in_frame(address: &str) -> Option<Self> {
        let id = |after: &str| {
            let (_, rest) = address.split_once(after)?;
            let id = rest.split(['?', '&', '/', '#']).next()?;
            (!id.is_empty()).then(|| id.to_owned())
        };
        let youtube = || id("youtube.com/embed/").or_else(|| id("youtube-nocookie.com/embed/"));
        let (words, _, pattern, id) = match (youtube(), id("player.vimeo.com/video/")) {
            (Some(id), _) => (KINDS[0].0, KINDS[0].1, KINDS[0].2, id),
            (None, Some(id)) => (KINDS[1].0, KINDS[1].1, KINDS[1].2, id),
            (None, None) => return None,
        };
        Some(Self {
            words,
            address: pattern.replace("{}", &id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::shortcode::spaced_args;

    fn address(name: &str, args: &str) -> Option<String> {
        let call = Call {
            name: name.to_owned(),
            args: spaced_args(args),
            in_html: false,
        };
        Embed::of(&call).map(|embed| embed.address)
    }

    #[test]
    fn what_a_frame_shows_has_an_address_of_its_own() {
        for (name, args, expected) in [
            ("youtube", "abc", "https://www.youtube.com/watch?v=abc"),
            (
                "youtube",
                "id=abc start=30",
                "https://www.youtube.com/watch?v=abc&t=30",
            ),
            (
                "youtube",
                "playlist=PL1",
                "https://www.youtube.com/playlist?list=PL1",
            ),
            ("vimeo_simple", "12", "https://vimeo.com/12"),
            ("gist", "ada 5f", "https://gist.github.com/ada/5f"),
            ("x", "user=ada id=7", "https://x.com/ada/status/7"),
            (
                "tiktok",
                "https://tiktok.example/7",
                "https://tiktok.example/7",
            ),
        ] {
            assert_eq!(address(name, args).as_deref(), Some(expected));
        }
        assert_eq!(address("tiktok", "7"), None);
        assert_eq!(address("chart", "7"), None);
    }
}
