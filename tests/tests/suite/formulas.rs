//! Formulas: MathML that needs no script and no style of its own.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn formulas_stand_between_dollar_signs_where_the_site_wants_them() {
    site(
        r#"
--- site.toml
[markdown]
math = true
--- content/a.md
## The share $p_i$

It is $\frac{a}{b}$, and

$$
x < \sum_{i=1}^n x_i
$$

but `$not$` and \$5 here.
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<h2 id="the-share-p-i">The share <math><msub><mi>p</mi><mi>i</mi></msub></math></h2>
<p>It is <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>, and</p>
<p><span class="math-scroll" tabindex="0"><math display="block"><mi>x</mi><mo>&lt;</mo><munderover><mo lspace="0">∑</mo><mrow><mi>i</mi><mo lspace="0" rspace="0">=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>x</mi><mi>i</mi></msub></math></span></p>
<p>but <code>$not$</code> and $5 here.</p>


"#]]);
}

#[test]
fn prices_are_no_formulas_unless_the_site_has_some() {
    site("--- content/a.md\nFrom $5 to $10.\n")
        .build()
        .expect_lines("a/index.html", "<p>", str!["<p>From $5 to $10.</p>"]);
}

#[test]
fn a_block_of_code_may_be_a_formula() {
    site(
        r#"
--- content/a.md
```math
\begin{aligned} a &= b \\ c &= d \end{aligned}
```
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<div class="math-scroll" tabindex="0"><math display="block"><mtable displaystyle="true" scriptlevel="0"><mtr><mtd class="math-right math-joins-right"><mi>a</mi></mtd><mtd class="math-left math-joins-left"><mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd class="math-right math-joins-right"><mi>c</mi></mtd><mtd class="math-left math-joins-left"><mo>=</mo><mi>d</mi></mtd></mtr></mtable></math></div>


"#]]);
}

#[test]
fn a_mistake_in_a_formula_is_shown_at_its_place() {
    site(
        r#"
--- site.toml
[markdown]
math = true
--- content/a.md
Here $a + \farc{1}{2}$ and $\frac{a$ and $a_b_c$.

> ```math
> \color{red} x
> ```
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this formula cannot be drawn
 --> content/a.md:1:11
  |
1 | Here $a + \farc{1}{2}$ and $\frac{a$ and $a_b_c$.
  |           ^^^^^ Unknown command "\farc".

error: this formula cannot be drawn
 --> content/a.md:1:46
  |
1 | Here $a + \farc{1}{2}$ and $\frac{a$ and $a_b_c$.
  |                                              ^ Duplicate subscript or superscript.

error: this formula cannot be drawn
 --> content/a.md:4:3
  |
4 | > \color{red} x
  |   ^^^^^^^^^^^^^ it uses colours or lengths of its own, which pages cannot have

"#]]);
}

#[test]
fn two_prices_are_no_formula() {
    site(
        r#"
--- site.toml
markdown.math = true
--- content/a.md
Companies of $10M-$25M, and not of \$5 to \$6, with $x$ or $x^2$, 3 of them, for $5 and $6.
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: this may be two prices
 --> content/a.md:1:14
  |
1 | Companies of $10M-$25M, and not of \$5 to \$6, with $x$ or $x^2$, 3 of them, for $5 and $6.
  |              ^^^^^^ readers see a formula that ends at the second dollar
  |
  = help: write `\$` for a dollar that is one

"#]]);
}
