//! The search finds what stands in titles.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    made::{many, texts},
    renderer,
};
use crate::render::{Renderer, SitePage, search::words};

/// The scripts of the index, by path.
fn scripts(renderer: &Renderer) -> BTreeMap<String, String> {
    texts(renderer, |page| matches!(page, SitePage::SearchIndex(_))).into_iter().collect()
}

/// The numbers of the items that have a word, with where it stands in them.
fn found(scripts: &BTreeMap<String, String>, word: &str) -> Vec<(usize, u8)> {
    let mut found = Vec::new();
    for call in scripts.values().flat_map(|text| text.split("roadbook.words(").skip(1)) {
        let group: usize = call.split(',').next().and_then(|group| group.parse().ok()).expect("a number");
        let Some(line) = call.lines().find_map(|line| line.strip_prefix(&format!("\"{word}\":\""))) else {
            continue;
        };
        let (mut number, mut step) = (group, 0);
        for byte in line.split('"').next().expect("postings").bytes() {
            match char::from(byte).to_digit(36).filter(|_| !byte.is_ascii_uppercase()) {
                Some(digit) => step = step * 36 + digit as usize,
                None => {
                    number += std::mem::take(&mut step);
                    found.push((number, byte - b'A' + 1));
                }
            }
        }
    }
    found
}

/// A roadmap whose texts have so many words of their own that one file cannot hold them.
fn wordy(issues: usize) -> serde_json::Value {
    let mut source = many(issues);
    for (number, issue) in source["issues"].as_array_mut().expect("a list").iter_mut().enumerate() {
        let words: Vec<_> =
            (0..60).map(|word| format!("{:x}w{}", (number * 7 + word * 131) % 4_001, word % 5)).collect();
        issue["body"] = words.join(" ").into();
    }
    source
}

#[test]
fn every_word_of_a_title_leads_to_its_item() {
    for source in [many(60), wordy(300)] {
        let renderer = renderer(&source);
        let scripts = scripts(&renderer);
        for (ix, issue) in renderer.roadmap.issues().step_by(7) {
            words(&issue.title, |word| {
                let hit = found(&scripts, word).into_iter().find(|(number, _)| *number == ix.0);
                assert!(hit.is_some_and(|(_, fields)| fields & 4 != 0), "{word} of {}: {hit:?}", issue.id);
            });
        }
        assert_eq!(found(&scripts, "t7").first(), Some(&(7, 4)), "an id is a word as well");
        assert!(found(&scripts, "milestone").iter().any(|(number, _)| *number == (1 << 24) + 2));
        assert!(found(&scripts, "ada").iter().all(|(_, fields)| *fields == 2));
    }
}

#[test]
fn a_small_index_is_one_script_and_a_large_one_many_short_ones() {
    assert_eq!(scripts(&renderer(&many(60))).into_keys().collect::<Vec<_>>(), ["search/index.js"]);
    let large = scripts(&renderer(&wordy(1_200)));
    assert!(large.contains_key("search/words-0-7.js") && large.contains_key("search/titles-16777216.js"));
    for (path, text) in &large {
        assert!(text.len() <= 66 * 1024, "{path}: {}", text.len());
    }
    let groups =
        large["search/index.js"].split("\"groups\":[").nth(1).and_then(|rest| rest.split(']').next());
    for group in groups.expect("groups").split(',') {
        for bucket in 0..8 {
            assert!(large.contains_key(&format!("search/words-{group}-{bucket}.js")), "{group} {bucket}");
        }
    }
}

#[test]
fn another_text_changes_few_files_however_many_there_are() {
    for issues in [300, 1_200] {
        let mut source = wordy(issues);
        let before = scripts(&renderer(&source));
        source["issues"][200]["body"] =
            "a wholly new text of entirely other terms in every one of eight files".into();
        let after = scripts(&renderer(&source));
        let changed = before.iter().filter(|(path, text)| after.get(*path) != Some(text)).count();
        assert!(changed > 0 && changed <= 8 && before.len() == after.len(), "{changed} of {}", before.len());
    }
}

#[test]
fn no_text_leaves_its_script() {
    let nasty = "</script><script>alert(1)</script>\u{2028}\u{202e}<!--";
    let source = json!({"issues": [{"id": "a", "title": nasty, "body": nasty}]});
    let scripts = scripts(&renderer(&source));
    let text = &scripts["search/index.js"];
    assert!(!text.contains(['<', '>', '\u{2028}', '\u{202e}']) && text.contains("\"alert\":"), "{text}");
}
