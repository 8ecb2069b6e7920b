//! The drawing with the boxes of comments. VML as Excel writes it is not always well-formed XML (`<br>`), so the part
//! is edited as a text.
use super::balloon::Balloon;
use super::scan::Scan;
use std::collections::{BTreeSet, HashMap};

/// Shapes are numbered in blocks of so many, and no block is in two drawings.
const BLOCK: u32 = 1_024;
const SPACES: [(&str, &str); 3] = [
    ("xmlns:v", "urn:schemas-microsoft-com:vml"),
    ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
    ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
];
/// The shape of the box of a comment.
const BOX: &str = concat!(
    "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">",
    "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
);

/// A drawing without shapes.
pub(super) fn blank() -> String {
    let spaces: String = SPACES.iter().map(|(name, uri)| format!(" {name}=\"{uri}\"")).collect();
    format!("<xml{spaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"\"/></o:shapelayout></xml>")
}

/// The numbers in a text that follow a word.
fn after<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = u32> + 'a {
    text.split(word).skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    })
}

/// The blocks of numbers that a drawing uses.
pub(super) fn blocks(text: &str) -> BTreeSet<u32> {
    let mut out: BTreeSet<u32> = after(text, "_x0000_s").map(|n| n / BLOCK).collect();
    if let Some((start, end)) = idmap(text) {
        out.extend(text.get(start..end).unwrap_or("").split(',').filter_map(|n| n.trim().parse::<u32>().ok()));
    }
    out
}

/// Where the list of blocks stands in a drawing.
fn idmap(text: &str) -> Option<(usize, usize)> {
    // The prefix is the writer's choice.
    let tag = text.get(..text.find(":idmap")?)?.rfind('<')?;
    let rest = text.get(tag..)?;
    let rest = rest.get(..rest.find('>')?)?;
    let (_, range) = super::xml::attributes(rest).into_iter().find(|(name, _)| *name == "data")?;
    Some((tag.saturating_add(range.start), tag.saturating_add(range.end)))
}

/// The drawing with a box for each balloon, numbered in blocks that are not used; what is used is noted. `None` for a
/// text that is no drawing.
pub(super) fn add(text: &str, balloons: &[&Balloon], scan: &Scan, used: &mut BTreeSet<u32>) -> Option<String> {
    let mut text = text.to_owned();
    let root = text.find("<xml")?.saturating_add("<xml".len());
    let root_end = text.get(root..)?.find('>')?.saturating_add(root);
    let missing: String = SPACES
        .iter()
        .filter(|(name, _)| text.get(root..root_end).is_some_and(|t| !t.contains(&format!("{name}="))))
        .map(|(name, uri)| format!(" {name}=\"{uri}\""))
        .collect();
    text.insert_str(root, &missing);
    // The last block is far below where numbers of shapes end; a file that says otherwise starts again at 1.
    let next = used.last().copied().filter(|n| *n < 1 << 20).unwrap_or(0).saturating_add(1);
    let mut shapes = String::new();
    if !text.contains("id=\"_x0000_t202\"") {
        shapes.push_str(BOX);
    }
    let mut own = BTreeSet::new();
    for (at, balloon) in (0_u32..).zip(balloons) {
        let block = next.saturating_add(at / (BLOCK - 1));
        own.insert(block);
        let number = block.saturating_mul(BLOCK).saturating_add(1).saturating_add(at % (BLOCK - 1));
        shapes.push_str(&shape(balloon, scan, number));
    }
    let close = text.rfind("</xml>")?;
    text.insert_str(close, &shapes);
    if let Some((start, end)) = idmap(&text) {
        let old = text.get(start..end)?.trim().to_owned();
        let new: Vec<String> = own.iter().map(u32::to_string).collect();
        let all = if old.is_empty() { new.join(",") } else { format!("{old},{}", new.join(",")) };
        text.replace_range(start..end, &all);
    }
    used.extend(own);
    Some(text)
}

/// The box of a comment.
fn shape(balloon: &Balloon, scan: &Scan, number: u32) -> String {
    let (row, column) = balloon.cell;
    let anchor = balloon.anchor(scan);
    format!(
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:80pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}

/// The drawing with the boxes of cells drawn out by so many rows, for the text that was added to their comments.
pub(super) fn grow(text: &str, cells: &HashMap<(u32, u32), u32>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive("</x:ClientData>") {
        let start = piece.find("<x:ClientData").unwrap_or(piece.len());
        let (head, data) = piece.split_at(start);
        out.push_str(head);
        let number = |name: &str| between(data, name).and_then(|t| t.1.trim().parse::<u32>().ok());
        let place = number("x:Row").zip(number("x:Column"));
        let more = place.filter(|_| data.contains("\"Note\"")).and_then(|place| cells.get(&place)).copied();
        match more.and_then(|more| longer(data, more)) {
            Some(data) => out.push_str(&data),
            None => out.push_str(data),
        }
    }
    out
}

/// What stands between two tags, and where.
fn between<'a>(text: &'a str, name: &str) -> Option<(usize, &'a str)> {
    let open = format!("<{name}>");
    let from = text.find(&open)?.saturating_add(open.len());
    let rest = text.get(from..)?;
    Some((from, rest.get(..rest.find("</")?)?))
}

/// The data of a box with its lower edge some rows further down.
fn longer(data: &str, more: u32) -> Option<String> {
    let (at, old) = between(data, "x:Anchor")?;
    let mut corners: Vec<u32> = old.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let bottom = corners.get_mut(6)?;
    *bottom = bottom.saturating_add(more).min(super::place::ROWS.saturating_sub(1));
    let new: Vec<String> = corners.iter().map(u32::to_string).collect();
    let mut out = data.to_owned();
    out.replace_range(at..at.saturating_add(old.len()), &new.join(", "));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::annotate::scan::Scan;
    use crate::text::Severity;

    #[test]
    fn boxes_are_added_to_a_drawing_that_is_no_xml() {
        let old = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><q:idmap data=\"1\"/><v:shape id=\"_x0000_s1030\"><br></v:shape></xml>\n";
        let scan = Scan::of("<worksheet><sheetData/></worksheet>").expect("a sheet");
        let balloon = Balloon { cell: (3, 4), severity: Severity::Error, runs: vec![(true, "字".to_owned())] };
        let mut used = blocks(old);
        assert_eq!(used, BTreeSet::from([1]));
        let new = add(old, &[&balloon], &scan, &mut used).expect("a drawing");
        assert!(new.contains("data=\"1,2\"") && new.contains("<br></v:shape><v:shapetype"), "{new}");
        assert!(new.contains("id=\"_x0000_s2049\"") && new.contains("xmlns:x=\"urn"), "{new}");
        assert!(new.contains("<x:Anchor>5, 15, 2, 4, 7, 47, 3, 16</x:Anchor>"), "{new}");
        assert_eq!(used, BTreeSet::from([1, 2]));
        assert_eq!(add("no drawing", &[&balloon], &scan, &mut used), None);
        let grown = grow(&new, &HashMap::from([((3, 4), 6)]));
        assert!(grown.contains("<x:Anchor>5, 15, 2, 4, 7, 47, 9, 16</x:Anchor>"), "{grown}");
        assert_eq!(grow(&new, &HashMap::from([((3, 5), 6)])), new);
    }
}
