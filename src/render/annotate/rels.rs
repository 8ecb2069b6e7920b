//! Relations between the parts of a package, and the types of their content.
use super::Refusal;
use super::package::Package;
use super::xml::{Edits, Kind, escape, opened, walk};

/// One relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// Its name in the part.
    pub id: String,
    /// Its type: a URI.
    pub kind: String,
    /// The part it leads to, from the root of the package.
    pub target: String,
}

impl Relation {
    /// True when the last word of its type is this one; transitional and strict files differ before it.
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind.rsplit('/').next() == Some(word)
    }
}

/// The part that holds the relations of a part.
fn home(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
}

/// The part that a target means, seen from a part.
fn resolve(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(part.split('/'));
        steps.pop();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// The target by which a part means another part.
fn relative(part: &str, target: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (part.split('/').collect(), target.split('/').collect());
    let folders = from.len().saturating_sub(1);
    let common = from.iter().take(folders).zip(to.iter()).take_while(|(a, b)| a == b).count();
    let mut steps = vec![".."; folders.saturating_sub(common)];
    steps.extend(to.iter().skip(common));
    steps.join("/")
}

/// The relations of a part to parts inside the package; `""` is the package itself.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Refusal> {
    let mut out = Vec::new();
    let Some(text) = package.find(&home(part))? else { return Ok(out) };
    walk(&text, |tag| {
        if tag.starts() && tag.local == "Relationship" && tag.get("TargetMode").as_deref() != Some("External") {
            let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target")) else {
                return Err(Refusal::Damaged);
            };
            out.push(Relation { id, kind, target: resolve(part, &target) });
        }
        Ok(())
    })?;
    Ok(out)
}

/// Adds a relation to a part and gives its name.
pub(super) fn add(package: &mut Package<'_>, part: &str, kind: &str, target: &str) -> Result<String, Refusal> {
    let home = home(part);
    let text = package.find(&home)?.unwrap_or_else(|| {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
    });
    let mut taken = std::collections::HashSet::new();
    walk(&text, |tag| {
        taken.extend(tag.get("Id").map(|id| id.to_lowercase()));
        Ok(())
    })?;
    let id = (1_u32..).map(|n| format!("rId{n}")).find(|id| !taken.contains(&id.to_lowercase())).unwrap_or_default();
    let (kind, target) = (escape(kind), escape(&relative(part, target)));
    let text =
        append(&text, |prefix| format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>"))?;
    package.write(&home, text);
    Ok(id)
}

/// The document with an element put before the end of its root; the element is told the root's prefix.
fn append(text: &str, element: impl Fn(&str) -> String) -> Result<String, Refusal> {
    let mut edits = Edits::default();
    walk(text, |tag| {
        if tag.depth == 0 && tag.kind == Kind::Close {
            edits.insert(tag.start, element(tag.prefix));
        } else if tag.depth == 0 && tag.kind == Kind::Empty {
            let (prefix, local) = (tag.prefix, tag.local);
            edits.replace(tag.start, tag.end, format!("{}{}</{prefix}{local}>", opened(tag.raw), element(prefix)));
        }
        Ok(())
    })?;
    edits.apply(text)
}

/// The part with the types of content.
const TYPES: &str = "[Content_Types].xml";

/// Says what kind of content a part has.
pub(super) fn declare(package: &mut Package<'_>, part: &str, content: &str) -> Result<(), Refusal> {
    let text = package.read(TYPES)?;
    let name = escape(part);
    let text =
        append(&text, |p| format!("<{p}Override PartName=\"/{name}\" ContentType=\"application/{content}+xml\"/>"))?;
    package.write(TYPES, text);
    Ok(())
}

/// Says that parts that end in `.vml` are VML drawings, unless it is said.
pub(super) fn declare_vml(package: &mut Package<'_>) -> Result<(), Refusal> {
    let text = package.read(TYPES)?;
    let mut said = false;
    walk(&text, |tag| {
        said |= tag.local == "Default" && tag.get("Extension").is_some_and(|e| e.eq_ignore_ascii_case("vml"));
        Ok(())
    })?;
    if !said {
        let content = "application/vnd.openxmlformats-officedocument.vmlDrawing";
        let text = append(&text, |p| format!("<{p}Default Extension=\"vml\" ContentType=\"{content}\"/>"))?;
        package.write(TYPES, text);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_go_both_ways() {
        for (part, target, whole) in [
            ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("workbook.xml", "sheet1.xml", "sheet1.xml"),
        ] {
            assert_eq!(resolve(part, target), whole);
            assert_eq!(relative(part, whole), target);
        }
        assert_eq!(resolve("xl/workbook.xml", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("xl/workbook.xml", "..\\..\\..\\a.xml"), "a.xml");
        assert_eq!(home("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(home(""), "_rels/.rels");
    }

    #[test]
    fn an_element_is_added_with_the_prefix_of_its_root() {
        let add = |text: &str| append(text, |p| format!("<{p}b/>"));
        assert_eq!(add("<x:a><x:c/></x:a>").as_deref(), Ok("<x:a><x:c/><x:b/></x:a>"));
        assert_eq!(add("<a q='1' />").as_deref(), Ok("<a q='1'><b/></a>"));
    }
}
