//! Which files and folders form cycles by what they import. At each level of `src`, what a folder holds is taken as one:
//! `markdown/html` and `markdown/write` form a cycle where a file of the one imports from the other, and back.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, files};

/// The cycles that there are: the folder, what imports each other in it, and why that is left. The list may only shrink.
const KNOWN: &[(&str, &[&str], &str)] = &[
    (
        "github/plan",
        &["leftovers", "make", "merge"],
        "what is left over, and what is merged, is a step of making a plan",
    ),
    ("history", &["git", "objects"], "git hands out objects, which it names by its commits"),
    (
        "history",
        &["path", "slips", "walk"],
        "a walk follows paths, a path begins where a walk does and records what slipped on it",
    ),
    (
        "markdown/write",
        &["contain", "in_place", "plain", "simple"],
        "a body is contained in a short way or a long one, each read again to prove it",
    ),
    ("markdown/write", &["github", "text"], "GitHub's own passes find spots in texts, and texts break them"),
    ("render/docs", &["labels", "summary"], "each links to the other"),
    (
        "render/site",
        &["changes", "frame", "milestone", "phases", "places"],
        "each page stands in the frame, which links to all of them",
    ),
];

/// A module, by its names from the root.
type Module = Vec<String>;

/// What the modules import: the names that each hands on from elsewhere, and all that each mentions.
#[derive(Default)]
struct Imports {
    handed_on: BTreeMap<Module, BTreeMap<String, Module>>,
    named: BTreeMap<Module, Vec<Module>>,
}

fn module(file: &File) -> Module {
    let path = file.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect()
}

/// The paths of a `use`, each with the name that it gets.
fn leaves(tree: &str, before: &str, found: &mut Vec<(String, String)>) {
    let mut depth = 0;
    let split = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    for part in tree.split(split).map(str::trim).filter(|part| !part.is_empty()) {
        if let Some((head, inner)) = part.split_once('{') {
            leaves(inner.trim_end_matches('}'), &format!("{before}{head}"), found);
            continue;
        }
        let (path, name) =
            part.split_once(" as ").unwrap_or((part, part.rsplit("::").next().unwrap_or(part)));
        let path = format!("{before}{path}");
        let path = path.trim_end_matches("::self").to_owned();
        let name = if name == "self" { path.rsplit("::").next().unwrap_or_default() } else { name };
        found.push((path.clone(), name.to_owned()));
    }
}

/// Where a path leads that stands in a module; `None` where that is another crate.
fn absolute(path: &str, from: &Module, all: &BTreeSet<Module>) -> Option<Module> {
    let mut names: Vec<String> = path.split("::").map(str::to_owned).collect();
    let mut base = from.clone();
    match names[0].as_str() {
        "crate" => base.clear(),
        "self" => {}
        "super" => {
            let ups = names.iter().take_while(|name| *name == "super").count();
            base.truncate(base.len().saturating_sub(ups));
            names.drain(..ups - 1);
        }
        first => {
            let child = [&base[..], &[first.to_owned()]].concat();
            all.contains(&child).then_some(())?;
            names.insert(0, "self".to_owned());
        }
    }
    base.extend(names.into_iter().skip(1));
    Some(base)
}

fn read(code: &str, from: &Module, all: &BTreeSet<Module>, imports: &mut Imports) {
    let named = imports.named.entry(from.clone()).or_default();
    let handed_on = imports.handed_on.entry(from.clone()).or_default();
    for statement in code.split_inclusive(';') {
        let Some((before, tree)) = statement.split_once("use ") else { continue };
        let start = before.rsplit(['\n', ';', '}']).next().unwrap_or_default().trim();
        if !(start.is_empty() || start.starts_with("pub")) || !tree.ends_with(';') {
            continue;
        }
        let mut found = Vec::new();
        leaves(tree.trim_end_matches(';'), "", &mut found);
        for (path, name) in found {
            let Some(to) = absolute(&path, from, all) else { continue };
            if start.starts_with("pub") {
                handed_on.insert(name, to.clone());
            }
            named.push(to);
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let paths = code.split(|c: char| !is_part(c));
    let ours = |path: &&str| ["crate::", "super::", "self::"].iter().any(|begin| path.starts_with(begin));
    named.extend(paths.filter(ours).filter_map(|path| absolute(path.trim_end_matches(':'), from, all)));
}

/// The module that a path names something of, through what modules hand on.
fn resolved(path: &Module, all: &BTreeSet<Module>, imports: &Imports, turns: usize) -> Module {
    let mut at = Module::new();
    for (place, name) in path.iter().enumerate() {
        let deeper = [&at[..], std::slice::from_ref(name)].concat();
        if all.contains(&deeper) {
            at = deeper;
            continue;
        }
        if let Some(to) = imports.handed_on.get(&at).and_then(|names| names.get(name)).filter(|_| turns > 0) {
            let further = [&to[..], &path[place + 1..]].concat();
            return resolved(&further, all, imports, turns - 1);
        }
        break;
    }
    at
}

/// For each folder, which of its files and folders name which others of it.
fn graphs() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let files: Vec<_> =
        files().into_iter().filter(|file| !file.is_test() && !file.path.ends_with("/internals.rs")).collect();
    let all: BTreeSet<_> = files.iter().map(module).collect();
    let mut imports = Imports::default();
    files.iter().for_each(|file| read(&file.code, &module(file), &all, &mut imports));
    let mut graphs = BTreeMap::<_, BTreeMap<_, BTreeSet<_>>>::new();
    for (from, path) in
        imports.named.iter().flat_map(|(from, paths)| paths.iter().map(move |path| (from, path)))
    {
        let to = resolved(path, &all, &imports, 8);
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        if shared < from.len().min(to.len()) {
            let graph = graphs.entry(from[..shared].join("/")).or_default();
            graph.entry(from[shared].clone()).or_default().insert(to[shared].clone());
        }
    }
    graphs
}

/// All that can be reached from a node.
fn reached<'g>(graph: &'g BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<&'g str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(at) = open.pop() {
        for next in graph.get(at).into_iter().flatten() {
            if seen.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    seen
}

/// The cycles of a graph, each as the sorted names in it.
fn cycles(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<&str>> {
    let reach: BTreeMap<_, _> = graph.keys().map(|name| (name.as_str(), reached(graph, name))).collect();
    let leads = |from: &str, to: &str| reach.get(from).is_some_and(|reached| reached.contains(to));
    let looped = reach.keys().filter(|name| leads(name, name));
    looped
        .map(|name| reach.keys().copied().filter(|other| leads(name, other) && leads(other, name)).collect())
        .collect()
}

#[test]
fn only_the_known_cycles_are_there() {
    let graphs = graphs();
    assert!(graphs.len() > 15, "only {} folders were read", graphs.len());
    let found: BTreeSet<_> = graphs
        .iter()
        .flat_map(|(folder, graph)| cycles(graph).into_iter().map(move |cycle| (folder.as_str(), cycle)))
        .collect();
    let known: BTreeSet<_> = KNOWN.iter().map(|(folder, cycle, _)| (*folder, cycle.to_vec())).collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(new.is_empty(), "new cycles: let one of them not know the other: {new:#?}");
    assert!(gone.is_empty(), "these cycles are gone, take them off the list: {gone:#?}");
    assert!(KNOWN.iter().all(|(.., why)| why.len() > 20), "each has a reason");
}

#[test]
fn a_planted_cycle_is_found() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph = BTreeMap::<String, BTreeSet<String>>::new();
        edges.iter().for_each(|(a, b)| _ = graph.entry((*a).into()).or_default().insert((*b).into()));
        graph
    };
    assert_eq!(cycles(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])), BTreeSet::new());
    let found = graph(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "f"), ("f", "e")]);
    assert_eq!(cycles(&found), BTreeSet::from([vec!["a", "b", "c"], vec!["e", "f"]]));
}

#[test]
fn imports_are_read_through_what_a_folder_hands_on() {
    let all: BTreeSet<Module> =
        ["a", "a/b", "a/c", "d"].map(|path| path.split('/').map(str::to_owned).collect()).into();
    let at = |path: &str| path.split('/').map(str::to_owned).collect::<Module>();
    let mut imports = Imports::default();
    read("mod b;\npub use b::{One, other as Two};\n", &at("a"), &all, &mut imports);
    read(
        "use std::fs;\nuse crate::a::{\n    self, One,\n};\nfn f() { super::a::Two::new() }\n",
        &at("d"),
        &all,
        &mut imports,
    );
    let named: Vec<_> =
        imports.named[&at("d")].iter().map(|path| resolved(path, &all, &imports, 8)).collect();
    assert_eq!(named, [at("a"), at("a/b"), at("a"), at("a/b")]);
}
