//! Code blocks: coloured by classes, with line numbers, marked lines and a name where their first
//! line asks for it.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn words_have_classes_by_what_they_are() {
    site(
        r#"
--- content/a.md
```rust
// One
fn add(a: &str, n: i64) -> bool { let x = "a\n<b>"; call(x, 12) && true }
```

```toml
[table]
key = "value" # why
```

```html
<a href="/b/">x</a>
```
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<pre tabindex="0"><code class="language-rust"><span class="hl-comment">// One</span>
<span class="hl-keyword">fn</span> <span class="hl-function">add</span>(<span class="hl-variable">a</span>: &amp;<span class="hl-keyword">str</span>, <span class="hl-variable">n</span>: <span class="hl-keyword">i64</span>) -&gt; <span class="hl-keyword">bool</span> { <span class="hl-keyword">let</span> x = <span class="hl-string">"a</span><span class="hl-escape">\n</span><span class="hl-string">&lt;b&gt;"</span>; <span class="hl-function">call</span>(x, <span class="hl-number">12</span>) &amp;&amp; <span class="hl-constant">true</span> }
</code></pre>
<pre tabindex="0"><code class="language-toml">[<span class="hl-type">table</span>]
<span class="hl-tag">key</span> = <span class="hl-string">"value"</span> <span class="hl-comment"># why</span>
</code></pre>
<pre tabindex="0"><code class="language-html">&lt;<span class="hl-tag">a</span> <span class="hl-attribute">href</span>=<span class="hl-string">"/b/"</span>&gt;x&lt;/<span class="hl-tag">a</span>&gt;
</code></pre>


"#]]);
}

#[test]
fn a_language_that_nobody_knows_is_plain() {
    site(
        r#"
--- content/a.md
```nonesuch
a < b
```

```text
if a < b
```
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<pre tabindex="0"><code class="language-nonesuch">a &lt; b
</code></pre>
<pre tabindex="0"><code class="language-text">if a &lt; b
</code></pre>


"#]],
    );
}

#[test]
fn a_site_may_do_without_colours() {
    site(
        r#"
--- site.toml
[markdown]
highlight = false
--- content/a.md
```rust
fn a() {}
```
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<pre",
        str![[r#"<pre tabindex="0"><code class="language-rust">fn a() {}"#]],
    );
}

#[test]
fn lines_are_numbered_marked_and_hidden() {
    site(
        r#"
--- content/a.md
```text,linenos,linenostart=10,hl_lines=2 4-5,hide_lines=3
one
two
three
four
five
```

```rust {linenos=table, hl_lines=["1"], name="src/a <b>.rs"}
fn a() {
}
```

```text,hl_lines=1
only marked
```
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<pre tabindex="0" class="numbered"><code class="language-text"><span class="line" data-line="10">one
</span><mark class="line" data-line="11">two
</mark><mark class="line" data-line="13">four
</mark><mark class="line" data-line="14">five
</mark></code></pre>
<figure class="code">
<figcaption>src/a &lt;b&gt;.rs</figcaption>
<pre tabindex="0" class="numbered"><code class="language-rust"><mark class="line" data-line="1"><span class="hl-keyword">fn</span> <span class="hl-function">a</span>() {
</mark><span class="line" data-line="2">}
</span></code></pre>
</figure>
<pre tabindex="0"><code class="language-text"><mark class="line">only marked
</mark></code></pre>


"#]]);
}

#[test]
fn a_comment_over_several_lines_is_coloured_on_each() {
    site(
        r#"
--- content/a.md
```rust,linenos
/* one
   two */ fn a() {}
```
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<pre tabindex="0" class="numbered"><code class="language-rust"><span class="line" data-line="1"><span class="hl-comment">/* one</span>
</span><span class="line" data-line="2"><span class="hl-comment">   two */</span> <span class="hl-keyword">fn</span> <span class="hl-function">a</span>() {}
</span></code></pre>


"#]]);
}

#[test]
fn words_for_other_tools_are_left_alone() {
    site("--- content/a.md\n```rust,no_run edition2021\nx\n```\n")
        .build()
        .expect_lines(
            "a/index.html",
            "<pre",
            str![[r#"<pre tabindex="0"><code class="language-rust">x"#]],
        );
}

#[test]
fn attributes_that_cannot_be_meant_are_refused() {
    site(
        r#"
--- content/a.md
```rust,linenos=maybe,hl_lines=2-9,hide_lines=x
one
two
```

> ```toml {hl_lines=[3-1], linenostart="first"}
> x = 1
> ```
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: wrong attribute of a code block
 --> content/a.md:1:9
  |
1 | ```rust,linenos=maybe,hl_lines=2-9,hide_lines=x
  |         ^^^^^^^^^^^^^ `linenos` is true or false

warning: the code has no such line
 --> content/a.md:1:23
  |
1 | ```rust,linenos=maybe,hl_lines=2-9,hide_lines=x
  |                       ^^^^^^^^^^^^ it has 2 lines

error: wrong attribute of a code block
 --> content/a.md:1:36
  |
1 | ```rust,linenos=maybe,hl_lines=2-9,hide_lines=x
  |                                    ^^^^^^^^^^^^ lines are written as `3` or `5-7`

error: wrong attribute of a code block
 --> content/a.md:6:12
  |
6 | > ```toml {hl_lines=[3-1], linenostart="first"}
  |            ^^^^^^^^^^^^^^ lines are written as `3` or `5-7`

error: wrong attribute of a code block
 --> content/a.md:6:28
  |
6 | > ```toml {hl_lines=[3-1], linenostart="first"}
  |                            ^^^^^^^^^^^^^^^^^^^ `linenostart` is a line's number

"#]]);
}

#[test]
fn attributes_that_nothing_reads_are_reported() {
    site(
        r#"
--- content/a.md
```rust,lineno,anchor=yes
x
```
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: a code block has no attribute `lineno`
 --> content/a.md:1:9
  |
1 | ```rust,lineno,anchor=yes
  |         ^^^^^^ nothing reads this
  |
  = help: did you mean `linenos`?

warning: a code block has no attribute `anchor`
 --> content/a.md:1:16
  |
1 | ```rust,lineno,anchor=yes
  |                ^^^^^^^^^^ nothing reads this

"#]]);
}
