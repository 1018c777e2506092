use tallypress_tests::site;
fn lists(deep: usize) -> String { format!("{}{}", "[".repeat(deep), "]".repeat(deep)) }
fn try_(name: &str, text: String) { 
    let b = site("--- themes/default/templates/shortcodes/note.html\n{{ body }}\n").file(name, text.as_bytes()).clean();
    println!("{}", &b.errors_text().chars().take(600).collect::<String>());
}
const D: usize = 20_000;
#[test] fn s_quotes() { try_("content/a.md", "> ".repeat(D)) }
#[test] fn s_brackets() { try_("content/a.md", "[".repeat(D)) }
#[test] fn s_emph() { try_("content/a.md", "*a **b ".repeat(D)) }
#[test] fn s_lists() { try_("content/a.md", "- ".repeat(D)) }
#[test] fn s_bodies() { try_("content/a.md", format!("{}{}", "{% note() %}".repeat(2000), "{% end %}".repeat(2000))) }
#[test] fn s_args() { try_("content/a.md", format!("{{{{ note(a={}) }}}}", lists(D))) }
#[test] fn s_toml() { try_("content/a.md", format!("+++\nextra.a = {}\n+++\n", lists(D))) }
#[test] fn s_keys() { try_("content/a.md", format!("+++\nextra{} = 1\n+++\n", ".a".repeat(D))) }
#[test] fn s_yaml() { try_("content/a.md", format!("---\nextra: {}\n---\n", lists(D))) }
#[test] fn s_folders() { try_(&format!("content/{}a.md", "a/".repeat(2000)), String::new()) }
