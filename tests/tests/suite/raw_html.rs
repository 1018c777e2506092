//! Files beside a page that an author names in HTML: they lead where those do that Markdown names.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn html_names_files_beside_the_page_as_markdown_does() {
    site(
        r##"
--- site.toml
base_url = "https://example.com/notes/"
--- content/post/index.md
<video controls poster='still.svg'>
  <source
    src="clip.mp4" type="video/mp4">
</video>

Read <a href="paper%20one.pdf#page=2" title="a &amp; b">the paper</a>, <a href=@/other.md>the other</a>
or <a href="../other/">this</a>; <a href="/notes/far.pdf" id="here">far</a>, <a href="#here">here</a>, <a href="mailto:a@example.com">mail</a>.

> <img src="still.svg" srcset="still.svg 1x, still-2.svg 2x" alt="Still">

<!-- <img src="none.png"> -->
`<img src="none.png">`
--- content/post/clip.mp4
a clip
--- content/post/paper one.pdf
a paper
--- content/post/still.svg
<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>
--- content/post/still-2.svg
<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>
--- content/other.md
{{ include(path="post/_part.md") }}
--- content/post/_part.md
<a href="clip.mp4">The clip</a>
--- static/far.pdf
far
--- themes/default/templates/page.html
{{ page.content | safe }}
"##,
    )
    .build()
    .expect_file("post/index.html", str![[r##"
<video controls poster='/notes/post/still.[HASH].svg'>
  <source
    src="/notes/post/clip.[HASH].mp4" type="video/mp4">
</video>
<p>Read <a href="/notes/post/paper-one.[HASH].pdf#page=2" title="a &amp; b">the paper</a>, <a href=/notes/other/>the other</a>
or <a href="/notes/other/">this</a>; <a href="/notes/far.pdf" id="here">far</a>, <a href="#here">here</a>, <a href="mailto:a@example.com">mail</a>.</p>
<blockquote>
<img src="/notes/post/still.[HASH].svg" srcset="/notes/post/still.[HASH].svg 1x, /notes/post/still-2.[HASH].svg 2x" alt="Still">
</blockquote>
<!-- <img src="none.png"> -->
<p><code>&lt;img src=&quot;none.png&quot;&gt;</code></p>


"##]])
    .expect_file("other/index.html", str![[r#"
<p><a href="/notes/post/clip.[HASH].mp4">The clip</a></p>



"#]]);
}

#[test]
fn a_file_that_html_names_and_that_is_not_there_is_an_error() {
    site(
        r#"
--- content/post/index.md
<video src="clip.mp4"></video> <img srcset="a.png, still.svg 2x" alt="">

<p>
  <a
    href="@/nowhere.md">Nowhere</a> <a href="papr.pdf">paper</a>
</p>
--- content/post/paper.pdf
a paper
--- content/post/still.svg
<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a file that does not exist
 --> content/post/index.md:1:13
  |
1 | <video src="clip.mp4"></video> <img srcset="a.png, still.svg 2x" alt="">
  |             ^^^^^^^^ there is no `content/post/clip.mp4`
  |
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

error: link to a file that does not exist
 --> content/post/index.md:1:45
  |
1 | <video src="clip.mp4"></video> <img srcset="a.png, still.svg 2x" alt="">
  |                                             ^^^^^ there is no `content/post/a.png`
  |
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

error: link to a page that does not exist
 --> content/post/index.md:5:11
  |
5 |     href="@/nowhere.md">Nowhere</a> <a href="papr.pdf">paper</a>
  |           ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: link to a file that does not exist
 --> content/post/index.md:5:46
  |
5 |     href="@/nowhere.md">Nowhere</a> <a href="papr.pdf">paper</a>
  |                                              ^^^^^^^^ there is no `content/post/papr.pdf`
  |
  = help: did you mean `paper.pdf`?
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

"#]]);
}
