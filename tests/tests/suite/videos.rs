//! `{{ video(src="…") }}`: a video of the site's own.

use snapbox::str;
use tallypress_tests::pictures::Picture;
use tallypress_tests::site;

#[test]
fn a_video_is_shown_with_what_belongs_to_it() {
    let built = site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/post/index.md
+++
date = 2026-05-01
+++
{{ video(src="clip.mp4", caption="A plan & its end", poster="still.png", captions="clip.vtt", width=1280, height=720) }}

{{ video(src="/far.webm", wide=false) }}
--- content/post/clip.mp4
a clip
--- content/post/clip.vtt
WEBVTT
--- static/far.webm
far
"#,
    )
    .file("content/post/still.png", &Picture::new(600, 400).png())
    .default_theme()
    .build();
    built.expect_lines(
        "post/index.html",
        "<figure",
        str![[r#"
<figure class="video">
<figure class="video narrow">
"#]],
    );
    built.expect_lines("post/index.html", "video", str![[r#"
<figure class="video">
<video src="/post/clip.[HASH].mp4" controls preload="metadata" playsinline poster="/post/still.[HASH].png" width="1280" height="720" aria-label="A plan &amp; its end">
</video>
<figure class="video narrow">
<video src="/far.webm" controls preload="metadata" playsinline>
</video>
"#]]);
    built.expect_lines(
        "post/index.html",
        "<track",
        str![[r#"<track kind="captions" src="/post/clip.[HASH].vtt" srclang="en" default>"#]],
    );
    // Readers of feeds that draw no video have a link to it.
    built.expect_lines("atom.xml", "clip", str![[r#"
&lt;video src=&quot;https://example.com/post/clip.[HASH].mp4&quot; controls preload=&quot;metadata&quot; playsinline poster=&quot;https://example.com/post/still.[HASH].png&quot; width=&quot;1280&quot; height=&quot;720&quot; aria-label=&quot;A plan &amp;amp; its end&quot;&gt;
&lt;track kind=&quot;captions&quot; src=&quot;https://example.com/post/clip.[HASH].vtt&quot; srclang=&quot;en&quot; default&gt;
&lt;a href=&quot;https://example.com/post/clip.[HASH].mp4&quot;&gt;A plan &amp;amp; its end&lt;/a&gt;
"#]]);
}

#[test]
fn a_video_that_is_not_there_or_elsewhere_is_an_error() {
    site(
        r#"
--- content/post/index.md
{{ video(src="clip.mp4", poster="stil.svg") }}

{{ video(src="https://example.com/clip.mp4") }}

{{ video(src="/far.webm") }}

{{ video(caption="None") }}
--- content/post/still.svg
<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>
"#,
    )
    .default_theme()
    .build()
    .expect_errors(str![[r#"
error: link to a file that does not exist
 --> content/post/index.md:1:14
  |
1 | {{ video(src="clip.mp4", poster="stil.svg") }}
  |              ^^^^^^^^^^ there is no `content/post/clip.mp4`
  |
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

error: link to a file that does not exist
 --> content/post/index.md:1:33
  |
1 | {{ video(src="clip.mp4", poster="stil.svg") }}
  |                                 ^^^^^^^^^^ there is no `content/post/stil.svg`
  |
  = help: did you mean `still.svg`?
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

error: `src` must be a file of this site
 --> content/post/index.md:3:14
  |
3 | {{ video(src="https://example.com/clip.mp4") }}
  |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pages load nothing from elsewhere
  |
  = help: put the file beside the page, or link to it there

error: link to a page that does not exist
 --> content/post/index.md:5:14
  |
5 | {{ video(src="/far.webm") }}
  |              ^^^^^^^^^^^ no page has this address

error: `video` needs `src`
 --> content/post/index.md:7:4
  |
7 | {{ video(caption="None") }}
  |    ^^^^^ add `src="…"`

"#]]);
}
