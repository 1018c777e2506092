//! What an import makes of Hugo's own shortcodes, and of those that most of its themes have.

use snapbox::str;

use crate::import::hugo;

#[test]
fn signs_code_and_pictures_of_hugo_look_as_they_did() {
    let site = hugo(
        r#"
--- hugo.toml
enableEmoji = true
defaultContentLanguage = "en"
[languages.en.params.author]
name = "Ada"
--- content/a/index.md
+++
title = "Done :tada:"
+++
:rocket: at 10:30:15, not `:tada:`.

{{< highlight go "linenos=table,hl_lines=8 15-17,linenostart=199" >}}
x := 1
{{< / highlight >}}

<div class="row">
  {{< figure src="lake.png" caption="A *lake*" >}}
</div>

{{< figure src="lake.png" caption="By [Ada](https://example.com)" >}}
{{< vimeo_simple 48912912 >}}
{{< tweet "https://x.com/a/status/1" >}}

{{< katex >}}
--- content/a/lake.png
"#,
    );
    site.notes(str![[r#"
content/a/index.md:15:1: warning: `vimeo_simple` became a link: pages load nothing from other sites
content/a/index.md:16:1: warning: `tweet` became a link: pages load nothing from other sites
content/a/index.md:18:1: warning: formulas stay as they are written: `math = true` below `[markdown]` in site.toml makes those between dollar signs
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`

"#]]);
    site.file(
        "content/a/index.md",
        str![[r#"
+++
title = "Done 🎉"
+++
🚀 at 10:30:15, not `:tada:`.


```go,linenos,hl_lines=8 15-17,linenostart=199
x := 1
```


<div class="row">
  <figure><img src="lake.png" alt="A lake"><figcaption>A lake</figcaption></figure>
</div>


<figure>

![By Ada](lake.png)

<figcaption>

By [Ada](https://example.com)

</figcaption>
</figure>

[Video on Vimeo](https://vimeo.com/48912912)
[A post on X](https://x.com/a/status/1)



"#]],
    );
    assert!(site.read("site.toml").contains("author = \"Ada\""));
}

#[test]
fn shortcodes_of_documentation_keep_what_they_say() {
    let site = hugo(
        r#"
--- hugo.toml
defaultContentLanguage = "en"
--- content/a.md
+++
title = "A"
+++
{{< tabs name="install" >}}
{{< tab name="Linux" codelang="bash" >}}
apt install a
{{< /tab >}}
{{% tab name="Windows" %}}
By *hand*.
{{% /tab %}}
{{< /tabs >}}

{{% alert title="Careful" color="warning" %}}
Hot.
{{% /alert %}}

{{< spoiler text="More" >}}Hidden.{{< /spoiler >}}

{{< cta cta_text="Begin" cta_link="/a/" >}} {{< staticref "a.pdf" "newtab" >}}The paper{{< /staticref >}}

## {{% heading "whatsnext" %}}
--- content/parts/index.md
+++
title = "Parts"
headless = true
+++
--- static/a.pdf
"#,
    );
    site.notes(str![[r#"
content/a.md:21:4: warning: the shortcode `heading` was left out: write what it showed, or make a shortcode `heading` in a theme (docs/shortcodes.md)
content/parts/index.md:3:12: warning: `headless` was left out: the page is a draft, so that it is not published; one that others include has a name that starts with `_`
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`

"#]]);
    site.file(
        "content/a.md",
        str![[r#"
+++
title = "A"
+++


**Linux**

```bash
apt install a
```


**Windows**


By *hand*.




{% note(kind="warning", title="Careful") %}

Hot.

{% end %}


<details>
<summary>More</summary>

Hidden.

</details>


{% button() %}[Begin](/a/){% end %} [The paper](/a.pdf)

## whatsnext

"#]],
    );
    site.addresses(str![[r#"
404.html
a/index.html
index.html
parts/index.html
search/index.html

"#]]);
}

#[test]
fn what_pictures_contents_and_formulas_of_hugo_lose_is_said() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS", "taxonomy"]
--- content/a.md
---
title: A
---
{{< toc >}}

{{< figure src="/a.png" title="A title" caption="What it shows." attr="Somebody" attrlink="https://example.org/" width="300" class="wide" loading="lazy" >}}

{{< figure src="/a.png" title="Only a title" >}}

`$$ code $$` and $$ x^2 $$
--- content/b.md
---
title: B
---
$$
y
$$
--- static/a.png
1
"#,
    );
    site.notes(str![[r#"
content/a.md:4:1: warning: the table of contents was left out: contents are a theme's, which makes them from the headings
content/a.md:6:1: warning: `width`, `class` were left out: a picture has the size of its file; `{.left}` behind it gives it a class
content/a.md:10:18: warning: formulas stay as they are written: `math = true` below `[markdown]` in site.toml makes them; then write a dollar that is one as `\$`

"#]]);
    site.file(
        "content/a.md",
        str![[r#"
+++
title = "A"
+++



<figure>

![What it shows.](/a.png)

<figcaption>

A title. What it shows. [Somebody](https://example.org/)

</figcaption>
</figure>


{% figure(caption="Only a title") %}
![Only a title](/a.png)
{% end %}

`$$ code $$` and $$ x^2 $$

"#]],
    );
}

#[test]
fn words_without_names_are_kinds_titles_and_languages() {
    let site = hugo(
        r#"
--- content/a/index.md
---
title: A
---
{{% notice tip "Good to know" %}}
One.
{{% /notice %}}

{{< admonition warning "" false >}}
Two.
{{< /admonition >}}

{{< image width="40%" link="./plan.png" caption="The plan" >}}

{{< code language="css" >}}
a {{ b }}
{{< /code >}}
--- content/a/plan.png
"#,
    );
    site.notes(str![[r#"
content/a/index.md:12:1: warning: `width` was left out: a picture has the size of its file; `{.left}` behind it gives it a class

"#]]).text("a/index.md", str![[r#"
{% note(kind="tip", title="Good to know") %}

One.

{% end %}

{% note(kind="warning") %}

Two.

{% end %}

{% figure(caption="The plan") %}
![The plan](./plan.png)
{% end %}


```css
a {{ b }}
```


"#]]);
}

#[test]
fn files_that_pages_of_hugo_put_in_are_in_them() {
    let site = hugo(
        r#"
--- content/a/index.md
---
title: A
---
{{< readfile "/content/parts/_note.md" >}}

{{< code_sample file="pods/one.yaml" >}}

{{< readfile file="own.txt" code="true" lang="sh" >}}

{{< readfile "gone.md" >}}

{{< columns >}}
Left.
<--->
Right.
{{< /columns >}}
--- content/a/own.txt
echo {{ a }}
--- content/examples/pods/one.yaml
kind: Pod
--- content/parts/_note.md
---
title: Note
---
A *note*.
"#,
    );
    site.notes(str![[r#"
content/a/index.md:10:1: warning: the shortcode `readfile` was left out: write what it showed, or make a shortcode `readfile` in a theme (docs/shortcodes.md)

"#]]).text("a/index.md", str![[r#"
A *note*.


```yaml
kind: Pod
```



```sh
echo {{ a }}
```





Left.

Right.


"#]]);
}

#[test]
fn cards_are_a_list_of_links() {
    let site = hugo(
        r#"
--- content/a.md
---
title: A
---
{{< lead >}}In short.{{< /lead >}}

{{< cards >}}
  {{< card link="/b/" title="One" subtitle="The first" >}}
  {{< card link="https://example.org" title="Two" >}}
{{< /cards >}}

{{< card header="**Three**" >}}
Text.
{{< /card >}}
--- content/b.md
---
title: B
---
"#,
    );
    site.notes(str![]).text(
        "a.md",
        str![[r#"

<div class="lead">

In short.

</div>



  
- [One](/b/): The first

  
- [Two](https://example.org)




**Three**


Text.



"#]],
    );
}

#[test]
fn remarks_inside_of_paragraphs_stand_apart() {
    let site = hugo(
        r##"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
[markup.highlight]
lineNos = true
[markup.goldmark.renderer]
hardWraps = true
--- content/a.md
---
title: A
headless: false
---
Before {{% notice tip %}}one{{% /notice %}} between
{{% notice tip %}}
two
{{% /notice %}}
after.

{{% notice tip %}}
three
{{% /notice %}}

1. Item

   words {{% notice tip %}}four{{% /notice %}} more

> Said {{% notice tip %}}five{{% /notice %}} then
> {{% notice tip %}}
> six
> {{% /notice %}}
> more

- *Tight* {{% notice tip %}}seven{{% /notice %}}
- item {{% notice tip %}}eight{{% /notice %}} more
  - {{% notice tip %}}nine{{% /notice %}}

```go
code()
```
"##,
    );
    site.notes(str![""]).text(
        "a.md",
        str![[r#"
Before 

{% note(kind="tip") %}
one
{% end %}

between

{% note(kind="tip") %}

two

{% end %}

after.

{% note(kind="tip") %}

three

{% end %}

1. Item

   words 

   {% note(kind="tip") %}
   four
   {% end %}

   more

> Said 
>
> {% note(kind="tip") %}
> five
> {% end %}
>
> then
>
> {% note(kind="tip") %}
> 
> six
> 
> {% end %}
>
> more

- *Tight* 

  {% note(kind="tip") %}
  seven
  {% end %}
- item 

  {% note(kind="tip") %}
  eight
  {% end %}

  more
  - {% note(kind="tip") %}
    nine
    {% end %}

```go,linenos
code()
```

"#]],
    );
}

#[test]
fn pictures_beside_a_page_keep_their_words() {
    let site = hugo(
        r##"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
--- layouts/shortcodes/img.html
{{ with .Page.Resources.Get (.Get 0) }}<img src="{{ .RelPermalink }}" alt="{{ $.Get 1 }}">{{ end }}
--- content/a/index.md
---
title: A
---
{{< img "a.png" "A cat" >}}
--- content/a/a.png
1
"##,
    );
    site.notes(str![]).text(
        "a/index.md",
        str![[r#"
<img src="a.png" alt="A cat">

"#]],
    );
}
