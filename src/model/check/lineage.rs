//! Rule sets that extend others: each file joined with its parent's, before anything is understood.

use std::collections::HashMap;

use super::codes::CodeList;
use super::{Bytes, FILE, Folder, codes_beside, merge, order, settings};
use crate::model::fault::Faults;
use crate::model::report::Report;
use crate::model::tree::{Document, Span};

/// A rule set's file, joined with those that it extends.
pub struct Draft<'a> {
    pub folder: &'a Folder,
    pub document: Document,
    pub codes: Option<CodeList>,
    pub parent: Option<Ancestry>,
}

/// What a rule set has from its parent.
#[derive(Debug, Clone)]
pub struct Ancestry {
    pub id: String,
    pub version: String,
    /// Where the file names its parent. Whatever was taken over stands there.
    pub span: Span,
    /// The files of the parent, and of its own parents, for the hash.
    pub files: Vec<(String, Bytes)>,
}

impl Draft<'_> {
    /// The files that make the meaning, for the hash.
    #[must_use]
    pub fn hashed(&self) -> Vec<(String, Bytes)> {
        let mut files = self.folder.hashed(FILE);
        files.extend(self.parent.iter().flat_map(|parent| parent.files.iter().cloned()));
        files
    }
}

/// Joins the rule sets that extend others with their parents. Circles and parents that are not there are told.
pub fn joined<'a>(mut drafts: Vec<Draft<'a>>, faults: &mut Faults) -> Vec<Draft<'a>> {
    let parents = parents(&drafts, faults);
    let needs: Vec<Vec<usize>> = parents.iter().map(|parent| parent.iter().map(|(at, _)| *at).collect()).collect();
    let (order, circles) = order::sort(&needs);
    for circle in &circles {
        tell_circle(circle, &drafts, &parents, faults);
    }
    let mut whole: Vec<bool> = drafts.iter().map(|draft| !draft.document.root.has("extends")).collect();
    for at in order {
        let Some((parent, span)) = parents[at].clone() else { continue };
        if whole[parent] {
            join(&mut drafts, at, parent, span, faults);
            whole[at] = true;
        }
    }
    // A rule set in a circle, on top of one, or without its parent means nothing; that was told.
    let mut whole = whole.into_iter();
    drafts.retain(|_| whole.next().unwrap_or(false));
    // Settings are filled in last, so that a rule set can give its parent's another value.
    for draft in &mut drafts {
        let Document { file, root } = &mut draft.document;
        settings::apply(root, &mut Report::new(file, faults));
    }
    drafts
}

/// Reads a rule set's file by itself.
pub fn draft<'a>(folder: &'a Folder, faults: &mut Faults) -> Option<Draft<'a>> {
    let file = folder.path(FILE);
    let document = Document::parse(&file, folder.text(FILE, faults)?, faults)?;
    let codes = codes_beside(folder, faults);
    Some(Draft { folder, document, codes, parent: None })
}

/// The parent of each, and where it is named.
fn parents(drafts: &[Draft], faults: &mut Faults) -> Vec<Option<(usize, Span)>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        places.entry(draft.document.root.word("id").unwrap_or(&draft.folder.name)).or_insert(at);
    }
    let mut known: Vec<&str> = places.keys().copied().collect();
    known.sort_unstable();
    let mut found = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let root = &draft.document.root;
        let mut report = Report::new(&draft.document.file, faults);
        let named = root.name("extends");
        if named.is_none() {
            for entry in root.entries.iter().filter(|entry| ["change", "drop"].contains(&entry.key.as_str())) {
                let message = format!("`{}` needs a rule set that this one `extends`", entry.key);
                report.fault_with(&entry.span, message, "of what?", "write `extends = \"…\"` at the top");
            }
        }
        found.push(named.and_then(|(id, span)| {
            let parent = places.get(id).copied();
            if parent.is_none() {
                report.unknown(span, "rule set", id, known.iter().copied());
            }
            parent.map(|parent| (parent, span.clone()))
        }));
    }
    found
}

fn tell_circle(circle: &[usize], drafts: &[Draft], parents: &[Option<(usize, Span)>], faults: &mut Faults) {
    let name = |at: usize| drafts[at].document.root.word("id").unwrap_or(&drafts[at].folder.name).to_owned();
    let path = order::named(circle, |at| format!("`{}`", name(at)));
    let places: Vec<String> = circle
        .iter()
        .filter_map(|at| {
            let (_, span) = parents[*at].as_ref()?;
            let file = &drafts[*at].document.file;
            Some(format!("{file}:{}", faults.line(file, span.start)))
        })
        .collect();
    let Some((_, span)) = &parents[circle[0]] else { return };
    let message = format!("rule sets extend each other in a circle: {path}");
    let file = drafts[circle[0]].document.file.clone();
    Report::new(&file, faults).fault_with(
        span,
        message,
        "extends itself",
        format!("the circle runs through {}; one of these must go", places.join(", ")),
    );
}

/// Joins one file with its parent, which is whole already.
fn join(drafts: &mut [Draft], at: usize, parent: usize, span: Span, faults: &mut Faults) {
    let above = &drafts[parent];
    let id = above.document.root.word("id").unwrap_or(&above.folder.name).to_owned();
    let version = above.document.root.word("version").unwrap_or_default().to_owned();
    let mut tree = merge::without_lists(&above.document.root, above.codes.as_ref());
    let files = above.hashed();
    let own = &drafts[at].document;
    let mut report = Report::new(&own.file, faults);
    merge::merge(&mut tree, &own.root, &id, &span, &mut report);
    drafts[at].document.root = tree;
    drafts[at].parent = Some(Ancestry { id, version, span, files });
}
