//! What `tallypress check` warns of in the days of pages.

use snapbox::str;

use crate::lints::{CHECK, with};

#[test]
fn a_page_is_changed_after_it_was_written() {
    let folder = with(
        "content/2026-03-02-b.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\nupdated = 2026-03-01\n+++\nB.\n",
    );
    folder.write(
        "content/c.md",
        "---\ntitle: C\ndescription: C\ndate: 2026-03-02\nlastmod: 2026-03-02\n---\nC.\n",
    );
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: this page was changed before it was written
 --> content/2026-03-02-b.md:4:11
  |
4 | updated = 2026-03-01
  |           ^^^^^^^^^^ its `date` is 2026-03-02
  |
  = help: search engines are told both: correct one of them, or delete this one

"#]]);
}

#[test]
fn a_name_begins_with_a_day_of_the_calendar() {
    with(
        "content/2026-02-30-b.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\nB.\n",
    )
    .run(CHECK)
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: no page links to this one
--> content/2026-02-30-b.md
 = note: readers do not find it on the site
 = help: link to it, put it into a section or the menu, or mark it as a draft

warning: this file's name begins with no day of the calendar
--> content/2026-02-30-b.md
 = note: `2026-02-30` stays a part of its address, and dates nothing

"#]]);
}

#[test]
fn a_day_in_a_name_is_written_so_that_it_is_read() {
    let folder = with(
        "content/2026-5-1-b.md",
        "+++\ntitle = \"B\"\ndescription = \"B\"\n+++\n[c](@/01-05-2026-c.md) [d](<@/2026-11-23 d.md>) [e](@/2026-24-7.md)\n",
    );
    for name in ["01-05-2026-c", "2026-11-23 d", "2026-24-7"] {
        folder.write(
            &format!("content/{name}.md"),
            "+++\ntitle = \"C\"\ndescription = \"C\"\n+++\n[b](@/2026-5-1-b.md)\n",
        );
    }
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: this file's name begins with a day that is not read
--> content/01-05-2026-c.md
 = note: `01-05-2026` stays a part of its address, and dates nothing
 = help: a day in a name is written `2026-05-01-name.md`

warning: this file's name begins with a day that is not read
--> content/2026-11-23 d.md
 = note: `2026-11-23` stays a part of its address, and dates nothing
 = help: a day in a name is written `2026-05-01-name.md`

warning: this file's name begins with a day that is not read
--> content/2026-24-7.md
 = note: `2026-24-7` stays a part of its address, and dates nothing
 = help: a day in a name is written `2026-05-01-name.md`

warning: this file's name begins with a day that is not read
--> content/2026-5-1-b.md
 = note: `2026-5-1` stays a part of its address, and dates nothing
 = help: a day in a name is written `2026-05-01-name.md`

"#]]);
}

#[test]
fn a_page_among_dated_ones_should_have_a_date() {
    let folder = with(
        "content/posts/_index.md",
        "+++\ntitle = \"P\"\ndescription = \"P\"\n+++\n",
    );
    for name in ["2026-01-01-a", "2026-01-02-b", "2026-01-03-c", "forgotten"] {
        folder.write(
            &format!("content/posts/{name}.md"),
            "+++\ntitle = \"C\"\ndescription = \"C\"\n+++\nText.\n",
        );
    }
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: this page has no date
--> content/posts/forgotten.md
 = note: the others in its folder have one; it is in no feed, and not on the home page
 = help: add `date = …` to its front matter, or begin the file's name with a day

"#]]);
}
