//! Patterns of paths, such as `*/README.md` and `**/*.{xlsx,py}`. A star stands for slashes, too.

pub fn fits(pattern: &str, path: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((names, after)) = rest.split_once('}')
    {
        let mut names = names.split(',');
        return names.any(|name| fits(&format!("{before}{name}{after}"), path));
    }
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path.strip_prefix(before).is_some_and(|rest| {
            let after = after.trim_start_matches('*');
            let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.any(|end| fits(after, &rest[end..]))
        }),
    }
}
