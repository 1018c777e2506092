//! Tables that would lose what an author wrote, and those that are none.

use snapbox::str;
use tallypress_tests::site;

fn in_page(text: &str) -> tallypress_tests::Built {
    site("--- site.toml\nbase_url = \"https://example.com\"\n--- content/_index.md\n")
        .file("content/a.md", text.as_bytes())
        .build()
}

#[test]
fn cells_for_which_there_is_no_column_are_named() {
    in_page(
        r"# A

| a | b |
|---|---|
| 1 | 2 | 3 | 4 |
| 1 |
| `x|y` | 2 |
| x \| y | 2 | |

> - | a |
>   |---|
>   | 1 | {.b} |
",
    )
    .expect_warnings(str![[r#"
warning: this row has more cells than the table has columns
 --> content/a.md:5:11
  |
5 | | 1 | 2 | 3 | 4 |
  |           ^^^^^ readers do not see this
  |
  = help: give the line at the top and the one below it a cell more, or write `\|` for a bar in a text

warning: this row has more cells than the table has columns
 --> content/a.md:7:11
  |
7 | | `x|y` | 2 |
  |           ^ readers do not see this
  |
  = help: give the line at the top and the one below it a cell more, or write `\|` for a bar in a text

warning: this row has more cells than the table has columns
  --> content/a.md:12:11
   |
12 | >   | 1 | {.b} |
   |           ^^^^ readers do not see this
   |
   = help: give the line at the top and the one below it a cell more, or write `\|` for a bar in a text

"#]]);
}

#[test]
fn lines_that_were_to_be_a_table_are_named() {
    in_page(
        r"# A

| a | b |
|---|---|---|
| 1 | 2 | 3 |

> a | b
> --|

Words
| a | b |
|---|---|
| 1 | 2 |

One | two -- three

    | a | b |
    |---|

```
| a | b |
|---|
```
",
    )
    .expect_warnings(str![[r#"
warning: this is no table
 --> content/a.md:4:1
  |
4 | |---|---|---|
  | ^^^^^^^^^^^^^ 3 cells, and the line above 2
  |
  = help: give both lines as many cells as the table has columns

warning: this is no table
 --> content/a.md:8:3
  |
8 | > --|
  |   ^^^ 1 cell, and the line above 2
  |
  = help: give both lines as many cells as the table has columns

"#]]);
}
