//! The picture as it stands in a page: with buttons, and a place for what a row is linked with.
use std::fmt::Write as _;

use super::draw::draw;
use super::words::escaped;
use super::{Options, Subject};

/// The picture as a piece of a page.
pub fn figure(subject: &Subject<'_>, options: &Options<'_>) -> String {
    let say = |id: &str| subject.say(id, &[]);
    let mut out = format!(
        "<div class=\"totsugo-figure\" data-picture=\"{}picture\" data-to=\"{}\" data-from=\"{}\" data-same=\"{}\" data-none=\"{}\">\n",
        options.prefix,
        escaped(&say("picture-to")),
        escaped(&say("picture-from")),
        escaped(&say("picture-same")),
        escaped(&say("picture-none"))
    );
    let _ = write!(
        out,
        "<div class=\"pic-tools\" role=\"toolbar\" aria-label=\"{}\" hidden=\"\">",
        escaped(&say("picture-tools"))
    );
    for (does, sign, id) in [
        ("in", "＋", "picture-zoom-in"),
        ("out", "－", "picture-zoom-out"),
        ("whole", "⤢", "picture-zoom-whole"),
        ("real", "1:1", "picture-zoom-real"),
    ] {
        let name = say(id);
        let name = escaped(&name);
        let _ = write!(
            out,
            "<button type=\"button\" data-does=\"{does}\" title=\"{name}\" aria-label=\"{name}\">{sign}</button>"
        );
    }
    let _ = writeln!(out, "<span class=\"pic-hint\">{}</span></div>", escaped(&say("picture-hint")));
    let _ = writeln!(
        out,
        "<div class=\"pic-view\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{}</div>",
        escaped(&say("picture-title")),
        draw(subject, options, None)
    );
    out.push_str("<div class=\"pic-detail\" role=\"status\" aria-live=\"polite\"></div>\n</div>\n");
    out
}
