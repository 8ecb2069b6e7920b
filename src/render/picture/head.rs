//! What stands above a picture: its title, what it shows and what it leaves out, the references that are broken, and the
//! signs it is drawn with.
use std::fmt::Write as _;

use super::Subject;
use super::arrange::Place;
use super::choose::Counts;
use super::node::{LINE, Node, SIZE};
use super::words::{escaped, lines, width};
use crate::graph::id;

/// So many broken references are listed by name.
const MOST_LISTED: usize = 8;
/// Width of the picture of a sign.
const SIGN: usize = 44;
/// Between signs.
const APART: usize = 22;

/// What stands above, and how high it is.
pub struct Head {
    /// As SVG, from the origin.
    pub text: String,
    /// Its height.
    pub height: usize,
}

/// Writes it, as wide as `wide`.
pub fn head(subject: &Subject<'_>, prefix: &str, counts: &Counts, nodes: &[Node], wide: usize) -> Head {
    let mut out = Head { text: String::new(), height: 24 };
    let title = subject.say("picture-title", &[]);
    let _ = write!(out.text, "<text class=\"pic-title\" x=\"0\" y=\"20\" font-size=\"20\">{}</text>", escaped(&title));
    let Counts { rows, shown, references, drawn, broken, cut, .. } = counts;
    let told = [("rows", rows as &dyn ToString), ("shown", shown), ("references", references), ("drawn", drawn)];
    out.words(&subject.say("picture-shown", &told), "pic-say", wide);
    if *cut > 0 {
        out.words(&subject.say("picture-cut", &[("count", cut)]), "pic-say pic-strong", wide);
    } else if shown < rows {
        out.words(&subject.say("picture-summed", &[("count", &(rows - shown))]), "pic-say", wide);
    }
    if *broken == 0 {
        out.words(&subject.say("picture-whole", &[]), "pic-say", wide);
    } else {
        out.words(&subject.say("picture-broken", &[("count", broken)]), "pic-say pic-alarm", wide);
        out.listed(subject, prefix, nodes, *broken, wide);
    }
    out.signs(subject, prefix, nodes, wide);
    out.height += 20;
    out
}

impl Head {
    /// A sentence, on as many lines as it takes.
    fn words(&mut self, text: &str, class: &str, wide: usize) {
        for line in lines(text, wide * 100 / SIZE, 6) {
            self.height += LINE + 2;
            let y = self.height;
            let _ = write!(self.text, "<text class=\"{class}\" x=\"0\" y=\"{y}\">{}</text>", escaped(&line));
        }
    }

    /// The first of the references that are broken, as links.
    fn listed(&mut self, subject: &Subject<'_>, prefix: &str, nodes: &[Node], broken: usize, wide: usize) {
        let torn = nodes.iter().flat_map(|node| node.ghosts.iter().map(move |ghost| (node, ghost)));
        let mut told = 0;
        for (node, ghost) in torn.take(MOST_LISTED) {
            told += 1;
            let text = format!("{ghost} ― {}", node.full());
            for line in lines(&text, wide.saturating_sub(16) * 100 / SIZE, 1) {
                self.height += LINE;
                let _ = write!(
                    self.text,
                    "<a class=\"pic-go\" href=\"#{prefix}{}\"><text class=\"pic-say pic-alarm\" x=\"16\" y=\"{}\">{}</text></a>",
                    id(node.row),
                    self.height,
                    escaped(&line)
                );
            }
        }
        if broken > told {
            self.words(&subject.say("picture-more", &[("count", &(broken - told))]), "pic-say pic-alarm", wide);
        }
    }

    /// What the signs mean.
    fn signs(&mut self, subject: &Subject<'_>, prefix: &str, nodes: &[Node], wide: usize) {
        let circle = nodes.iter().any(|n| n.circle);
        let line = |class: &str, marker: bool, more: &str| {
            let end = if marker { format!(" marker-end=\"url(#{prefix}arrow)\"") } else { String::new() };
            format!(
                "<g class=\"pic-links\" fill=\"none\" stroke=\"#4a5560\"><path class=\"{class}\" d=\"M0,-5H38\"{end}{more}/></g>"
            )
        };
        let shape = |class: &str, radius: usize, more: &str| {
            format!(
                "<g class=\"{class}\" fill=\"#fff\" stroke=\"#4a5560\"><rect class=\"pic-box\" y=\"-14\" width=\"38\" height=\"18\" rx=\"{radius}\"/>{more}</g>"
            )
        };
        let corner = "<path class=\"pic-corner\" d=\"M38,-6V4H28Z\" fill=\"#4a5560\"/>";
        let torn = " stroke-dasharray=\"5 3\"";
        let mut signs = vec![
            (shape("pic-node", 3, ""), "picture-sign-program"),
            (shape("pic-node", 10, ""), "picture-sign-indicator"),
            (shape("pic-node", 3, corner), "picture-sign-relisted"),
            (line("pic-link", true, ""), "picture-sign-reference"),
            (
                line("pic-link pic-same", false, " stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\""),
                "picture-sign-same",
            ),
            (
                format!(
                    "<g fill=\"none\" stroke=\"#b3001b\"><rect class=\"pic-ghost\" y=\"-14\" width=\"38\" height=\"18\"{torn}/></g><text class=\"pic-say pic-alarm\" x=\"12\" y=\"0\">✕</text>"
                ),
                "picture-sign-broken",
            ),
        ];
        if circle {
            signs.push((
                "<text class=\"pic-say pic-strong\" x=\"12\" y=\"0\">↻</text>".to_owned(),
                "picture-sign-circle",
            ));
        }
        self.height += LINE + 14;
        let mut x = 0;
        for (drawing, id) in signs {
            let text = subject.say(id, &[]);
            let taken = SIGN + width(&text) * SIZE / 100 + APART;
            if x > 0 && x + taken > wide {
                (x, self.height) = (0, self.height + LINE + 6);
            }
            let _ = write!(
                self.text,
                "<g transform=\"translate({x},{})\">{drawing}<text class=\"pic-say\" x=\"{SIGN}\" y=\"0\">{}</text></g>",
                self.height,
                escaped(&text)
            );
            x += taken;
        }
    }
}

/// A place moved by the margin and what stands above.
pub fn moved(place: Place, by: (usize, usize)) -> Place {
    Place { x: place.x + by.0, y: place.y + by.1, ..place }
}
