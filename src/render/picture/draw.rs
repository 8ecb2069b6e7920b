//! Writes a picture as SVG. There is no style in it but classes and a few colours for programs that know no style sheets,
//! so that a page with a strict policy can hold it.
use std::collections::BTreeSet;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::arrange::{Cell, Place, STRIP, arrange};
use super::choose::{Choice, Link, choose};
use super::head::{head, moved};
use super::link::way;
use super::node::{DROP, EDGE, GHOST, LINE, Node, SIDE, SIZE, SMALL, Shape, nodes};
use super::words::{escaped, lines, plain};
use super::{Options, Subject};
use crate::findings::{Lang, Standing};
use crate::graph::{column_name, id};
use crate::plan::{RelationKind, RowRef};

/// Around everything.
const MARGIN: usize = 24;
/// A picture is at least as wide, for what stands above it.
const NARROWEST: usize = 640;
/// So many colours and patterns are there; then they begin again, and the letters go on.
const LOOKS: usize = 8;

/// Each look: a colour for programs without style sheets, and the lines of its pattern on 8 by 8.
const PATTERNS: [(&str, &str); LOOKS] = [
    ("#1f5fa8", ""),
    ("#a84a00", "M0,8L8,0M-2,2L2,-2M6,10L10,6"),
    ("#1b7a4b", "M0,4H8"),
    ("#86328f", "M4,0V8"),
    ("#7a6200", "M0,0L8,8M6,-2L10,2M-2,6L2,10"),
    ("#0f7285", "M0,4H8M4,0V8"),
    ("#a3295c", "M2,2h2v2h-2zM6,6h2v2h-2z"),
    ("#54585e", "M0,0L8,8M0,8L8,0"),
];

/// The picture as one element; with `style`, one that stands for itself.
pub fn draw(subject: &Subject<'_>, options: &Options<'_>, style: Option<&str>) -> String {
    let choice = choose(subject.facts, subject.graph, options.most, options.focus);
    let faults = faults(subject, options);
    let nodes = nodes(subject, &choice, |row| faults.get(&row).copied());
    let cells: Vec<Cell> =
        nodes.iter().map(|n| Cell { document: n.document, depth: n.depth, height: n.height() }).collect();
    let numbers: FxHashMap<RowRef, usize> = nodes.iter().zip(0..).map(|(n, i)| (n.row, i)).collect();
    let document = |row: &RowRef| numbers.get(row).and_then(|n| nodes.get(*n)).map(|n| n.document);
    let (mut refers, mut ties) = (BTreeSet::new(), BTreeSet::new());
    for link in &choice.links {
        if let (Some(from), Some(to)) = (document(&link.from), document(&link.to)) {
            let set = if link.reference.is_some() { &mut refers } else { &mut ties };
            set.insert((from, to));
        }
    }
    let (refers, ties): (Vec<_>, Vec<_>) = (refers.into_iter().collect(), ties.into_iter().collect());
    let plan = arrange(&cells, &refers, &ties);
    let wide = plan.width.max(NARROWEST);
    let above = head(subject, options.prefix, &choice.counts, &nodes, wide);
    let (width, height) = (wide + 2 * MARGIN, plan.height + above.height + 2 * MARGIN);
    let by = (MARGIN, MARGIN + above.height);
    let places: Vec<Place> = plan.cells.iter().map(|p| moved(*p, by)).collect();
    let drawing = Drawing { subject, options, choice: &choice, nodes: &nodes, places: &places, numbers: &numbers };

    let (prefix, lang) = (options.prefix, if subject.lang == Lang::En { "en" } else { "ja" });
    let name = subject.say("picture-title", &[]);
    // In a page it goes without saying.
    let space = if style.is_some() { " xmlns=\"http://www.w3.org/2000/svg\"" } else { "" };
    let mut out = format!(
        "<svg{space} class=\"totsugo-picture\" id=\"{prefix}picture\" lang=\"{lang}\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-size=\"{SIZE}\" \
         font-family=\"'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif\" \
         aria-label=\"{}\">",
        escaped(&name)
    );
    if let Some(style) = style {
        let _ = write!(out, "<style>{style}</style>");
    }
    patterns(&mut out, prefix);
    let _ = write!(out, "<rect class=\"pic-paper\" width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
    let _ = writeln!(out, "<g transform=\"translate({MARGIN},{MARGIN})\" fill=\"#14181c\">{}</g>", above.text);
    let frames: Vec<Place> = plan.frames.iter().map(|p| moved(*p, by)).collect();
    drawing.frames(&mut out, &frames);
    drawing.links(&mut out);
    drawing.boxes(&mut out);
    out.push_str("</svg>\n");
    out
}

/// The first finding of each row, by its number among the anchors; one of a figure is one of its indicator.
fn faults(subject: &Subject<'_>, options: &Options<'_>) -> FxHashMap<RowRef, usize> {
    let standing = Standing::new(&options.anchors.iter().map(|a| a.place).collect(), subject.facts, subject.sources);
    let mut out = FxHashMap::default();
    for (number, anchor) in options.anchors.iter().enumerate() {
        let Some((row, _)) = standing.at(anchor.place) else { continue };
        let kind = |row: &RowRef| subject.facts.vocabulary.relations.get(row.relation.0 as usize).map(|r| r.kind);
        let is_series = |row: &RowRef| matches!(kind(row), Some(RelationKind::Series(_)));
        let row = if is_series(&row) { subject.facts.parent(row).unwrap_or(row) } else { row };
        out.entry(row).or_insert(number);
    }
    out
}

fn patterns(out: &mut String, prefix: &str) {
    out.push_str("<defs>");
    for (name, class) in [("arrow", "pic-tip"), ("arrow-on", "pic-tip pic-tip-on")] {
        let _ = write!(
            out,
            "<marker id=\"{prefix}{name}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"{class}\" d=\"M0,0L10,5L0,10Z\" fill=\"#4a5560\"/></marker>"
        );
    }
    for (number, (color, lines)) in PATTERNS.iter().enumerate() {
        let _ = write!(
            out,
            "<pattern id=\"{prefix}look{number}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect class=\"pic-look{number}\" width=\"8\" height=\"8\" fill=\"{color}\"/>\
             <path class=\"pic-weave\" d=\"{lines}\" stroke=\"#fff\" stroke-width=\"1.6\" fill=\"none\"/></pattern>"
        );
    }
    out.push_str("</defs>");
}

/// What is drawn, and where.
struct Drawing<'a> {
    subject: &'a Subject<'a>,
    options: &'a Options<'a>,
    choice: &'a Choice,
    nodes: &'a [Node],
    places: &'a [Place],
    numbers: &'a FxHashMap<RowRef, usize>,
}

impl Drawing<'_> {
    fn node(&self, row: RowRef) -> Option<(&Node, Place)> {
        let number = *self.numbers.get(&row)?;
        let (node, place) = (self.nodes.get(number)?, *self.places.get(number)?);
        // Lines end at the box, not at what is missing below it.
        Some((node, Place { h: node.own_height(), ..place }))
    }

    fn frames(&self, out: &mut String, frames: &[Place]) {
        out.push_str("<g class=\"pic-frames\" fill=\"#f4f6f8\" stroke=\"#8a949e\">");
        for (number, Place { x, y, w, h }) in frames.iter().enumerate() {
            let look = number % LOOKS;
            let _ = write!(
                out,
                "<rect class=\"pic-frame\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"4\"/>\
                 <rect class=\"pic-strip\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{STRIP}\" fill=\"url(#{}look{look})\"/>",
                self.options.prefix
            );
        }
        out.push_str("</g>\n");
    }

    fn links(&self, out: &mut String) {
        let prefix = self.options.prefix;
        out.push_str("<g class=\"pic-links\" fill=\"none\" stroke=\"#4a5560\" aria-hidden=\"true\">\n");
        for link in &self.choice.links {
            let (Some((from, a)), Some((to, b))) = (self.node(link.from), self.node(link.to)) else { continue };
            let (class, more) = match link.reference {
                None => (" pic-same", " stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\"".to_owned()),
                Some(_) if from.shape == Shape::Document && to.shape == Shape::Document => {
                    (" pic-wide", format!(" stroke-width=\"2.5\" marker-end=\"url(#{prefix}arrow)\""))
                }
                Some(_) => ("", format!(" marker-end=\"url(#{prefix}arrow)\"")),
            };
            let _ = writeln!(
                out,
                "<path class=\"pic-link{class} pic-ink{}\" data-a=\"{prefix}{}\" data-b=\"{prefix}{}\" d=\"{}\"{more}><title>{}</title></path>",
                from.document % LOOKS,
                id(link.from),
                id(link.to),
                way(a, b),
                escaped(&self.says(link, from, to))
            );
        }
        out.push_str("</g>\n");
    }

    /// A link in words.
    fn says(&self, link: &Link, from: &Node, to: &Node) -> String {
        let word = match link.reference {
            Some(number) => column_name(self.subject.facts, number),
            None => self.subject.say("picture-same", &[]),
        };
        let arrow = if link.reference.is_some() { "→" } else { "＝" };
        plain(&format!("{word}: {} {arrow} {}", from.full(), to.full()))
    }

    fn boxes(&self, out: &mut String) {
        let mut ends: FxHashMap<RowRef, (usize, usize, RowRef)> = FxHashMap::default();
        for link in &self.choice.links {
            // What a row refers to is where its link leads; of one that refers to nothing, what refers to it.
            let from = ends.entry(link.from).or_insert((0, 0, link.to));
            if from.0 == 0 {
                from.2 = link.to;
            }
            from.0 += 1;
            ends.entry(link.to).or_insert((0, 0, link.from)).1 += 1;
        }
        out.push_str("<g class=\"pic-nodes\" fill=\"#fff\" stroke=\"#4a5560\">\n");
        for (node, place) in self.nodes.iter().zip(self.places) {
            let end = ends.get(&node.row).copied().unwrap_or((0, 0, node.row));
            self.row(out, node, *place, end);
        }
        out.push_str("</g>\n");
    }

    fn row(&self, out: &mut String, node: &Node, place: Place, (to, from, end): (usize, usize, RowRef)) {
        let Place { x, y, w, .. } = place;
        let (prefix, h) = (self.options.prefix, node.own_height());
        let (shape, radius) = match node.shape {
            Shape::Document => ("document", 2),
            Shape::Holder => ("holder", 2),
            Shape::Figure => ("figure", 10),
            Shape::Thing => ("thing", 3),
        };
        let mut class = format!("pic-node pic-{shape}");
        for (is, name) in [
            (!node.ghosts.is_empty(), " pic-torn"),
            (node.relisted, " pic-relisted"),
            (node.circle, " pic-circle"),
            (to + from == 0, " pic-alone"),
        ] {
            class.push_str(if is { name } else { "" });
        }
        let place = self.place(node);
        let mut told: Vec<String> = vec![node.full()];
        told.extend(node.ghosts.iter().cloned());
        told.extend(node.circle.then(|| self.subject.say("picture-sign-circle", &[])));
        if to + from > 0 {
            told.push(self.subject.say("picture-ends", &[("to", &to), ("from", &from)]));
        }
        told.extend(node.note.clone());
        let _ = write!(
            out,
            "<a class=\"{class}\" id=\"{prefix}{}\" href=\"#{prefix}{}\"><title>{}</title>",
            id(node.row),
            id(end),
            escaped(&format!("{}\n{place}", told.join("\n")))
        );
        let torn =
            if node.ghosts.is_empty() { "" } else { " stroke=\"#b3001b\" stroke-width=\"2\" stroke-dasharray=\"5 3\"" };
        let _ = write!(
            out,
            "<rect class=\"pic-box\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{radius}\"{torn}/>"
        );
        if node.relisted {
            let (right, bottom) = (x + w, y + h);
            let _ = write!(
                out,
                "<path class=\"pic-corner\" d=\"M{right},{}V{bottom}H{}Z\" fill=\"#4a5560\" stroke=\"none\"/>",
                bottom - 10,
                right - 10
            );
        }
        self.texts(out, node, (x + SIDE, y + EDGE));
        for (number, ghost) in node.ghosts.iter().enumerate() {
            self.ghost(out, ghost, (x, y + h + number * (GHOST + DROP)), w);
        }
        out.push_str("</a>");
        if let Some(anchor) = node.fault.and_then(|n| self.options.anchors.get(n)) {
            let (cx, cy) = (x + w - 13, y + 13);
            let title = self.subject.say("picture-finding", &[("title", &plain(&anchor.title))]);
            let _ = write!(
                out,
                "<a class=\"pic-fault\" href=\"{}\" aria-label=\"{}\"><title>{}</title>\
                 <circle cx=\"{cx}\" cy=\"{cy}\" r=\"8\" fill=\"#b3001b\" stroke=\"none\"/>\
                 <text x=\"{cx}\" y=\"{}\" text-anchor=\"middle\" fill=\"#fff\" stroke=\"none\" font-weight=\"bold\">!</text></a>",
                escaped(&anchor.href),
                escaped(&title),
                escaped(&title),
                cy + 5
            );
        }
        out.push('\n');
    }

    fn texts(&self, out: &mut String, node: &Node, (x, top): (usize, usize)) {
        let _ = write!(out, "<text class=\"pic-text\" fill=\"#14181c\" stroke=\"none\">");
        let mut head = node.head.as_str();
        let mut y = top + SIZE;
        for line in &node.lines {
            // As much of the line as belongs to the keyword and number stands out.
            let bold = head.char_indices().zip(line.chars()).take_while(|((_, a), b)| a == b).count();
            let cut = line.char_indices().nth(bold).map_or(line.len(), |(at, _)| at);
            let rest = head.char_indices().nth(bold).map_or("", |(at, _)| head.get(at..).unwrap_or(""));
            let (strong, plain) = if head.is_empty() { ("", line.as_str()) } else { line.split_at(cut) };
            head = rest;
            let _ = write!(out, "<tspan x=\"{x}\" y=\"{y}\">");
            if !strong.is_empty() {
                let _ = write!(out, "<tspan class=\"pic-head\" font-weight=\"bold\">{}</tspan>", escaped(strong));
            }
            let _ = write!(out, "{}</tspan>", escaped(plain));
            y += LINE;
        }
        if let Some(note) = &node.note {
            let _ = write!(
                out,
                "<tspan class=\"pic-note\" x=\"{x}\" y=\"{}\" font-size=\"{SMALL}\">{}</tspan>",
                y - 2,
                escaped(note)
            );
        }
        out.push_str("</text>");
    }

    /// Where a reference should have led: a box that is not there.
    fn ghost(&self, out: &mut String, text: &str, (x, y): (usize, usize), w: usize) {
        let (left, top) = (x + 26, y + DROP);
        let line = lines(&format!("✕ {text}"), (w - 26 - 2 * SIDE) * 100 / SIZE, 1);
        let line = line.first().map_or("", String::as_str);
        let middle = top + GHOST / 2;
        let _ = write!(
            out,
            "<path class=\"pic-drop\" d=\"M{},{y}V{middle}H{left}\" fill=\"none\" stroke=\"#b3001b\" stroke-width=\"2\" stroke-dasharray=\"5 3\"/>\
             <rect class=\"pic-ghost\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{GHOST}\" fill=\"none\" stroke=\"#b3001b\" stroke-width=\"2\" stroke-dasharray=\"5 3\"/>\
             <text class=\"pic-alarm\" x=\"{}\" y=\"{}\" fill=\"#b3001b\" stroke=\"none\" font-weight=\"bold\">{}</text>",
            x + 12,
            w - 26,
            left + SIDE,
            top + 17,
            escaped(line)
        );
    }

    /// Where a row is written.
    fn place(&self, node: &Node) -> String {
        let facts = self.subject.facts;
        let head = facts.table(node.row.relation).and_then(|t| t.heads.get(node.row.row as usize));
        let source = head.and_then(|head| Some((self.subject.sources.get(head.source)?, head)));
        source.map_or_else(String::new, |(source, head)| plain(&source.place(head.range().start)))
    }
}
