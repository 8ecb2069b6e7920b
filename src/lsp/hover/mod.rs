//! What is under the pointer, in Markdown and in the language of the session.
mod row;
mod value;
mod word;

use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};

use super::desk::Desk;
use super::place;
use super::subject::{Found, Subject, find};
use super::view::View;
use crate::config::Names;
use crate::findings::{Lang, Messages};
use crate::plan::{Column, ColumnId, RelationId};
use crate::project::Settings;
use crate::render::manual::{markdown, parameter, plain};
use crate::text::Span;

/// What there is to tell of a place.
pub(super) fn hover(desk: &mut Desk, params: &HoverParams) -> Option<Hover> {
    desk.ready();
    let here = desk.here(&params.text_document_position_params)?;
    let found = find(&here, desk.settings(), &desk.messages)?;
    let teller = Teller { view: &here.view, settings: desk.settings(), messages: &desk.messages, lang: desk.lang };
    let text = teller.tell(&found)?;
    let range = place::range(here.source()?, found.span);
    let content = MarkupContent { kind: MarkupKind::Markdown, value: text.trim_end().to_owned() };
    Some(Hover::new(Contents::from(content), Some(range)))
}

/// Writes in one language about one view.
struct Teller<'a> {
    view: &'a View,
    settings: &'a Settings,
    messages: &'a Messages,
    lang: Lang,
}

impl Teller<'_> {
    fn tell(&self, found: &Found) -> Option<String> {
        match &found.subject {
            Subject::Thing(row) => Some(self.thing(*row)),
            Subject::Reference(number) => self.reference(*number),
            Subject::Value(row, column, cell) => self.value(*row, *column, *cell),
            Subject::Name(meaning) => self.name(*meaning, found),
            Subject::Rule(number) => {
                let rule = self.view.read.pack().rules.get(*number)?;
                Some(markdown(rule, &self.view.read.sources, self.messages, self.lang))
            }
            Subject::Fault(code) => {
                let title = self.messages.title(code);
                let explanation = self.messages.explanation(code)?;
                Some(format!("**{}** `{code}`\n\n{}", plain(title.get(self.lang)), plain(explanation.get(self.lang))))
            }
            Subject::Set(name) => self.set(name),
            Subject::Parameter(rule, number) => {
                let rule = self.view.read.pack().rules.get(*rule)?;
                let told = parameter(rule, *number, &self.view.read.sources, self.lang)?;
                Some(format!("{told}\n\n{}", self.say("lsp-hover-parameter", &[("rule", &plain(&rule.name.node))])))
            }
            Subject::Scheme(number) => {
                let scheme = self.view.read.pack().schemes.get(*number)?;
                let text = self.view.read.sources.text(scheme.span);
                Some(format!("```\n{}\n```", text.trim_end()))
            }
            Subject::Clause(keyword) => {
                let id = format!("lsp-clause-{}", keyword.rule.trim_start_matches("kw_").replace('_', "-"));
                let alias = if keyword.en.is_empty() { String::new() } else { format!(" `{}`", keyword.en) };
                Some(format!("**{}**{alias}\n\n{}", keyword.ja, self.say(&id, &[])))
            }
        }
    }

    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }

    /// The rules of a set or 分類.
    fn set(&self, name: &str) -> Option<String> {
        let pack = self.view.read.pack();
        let codes = Names { config: &self.settings.config, pack, messages: self.messages }.codes(name)?;
        let mut out = format!("**{}**\n\n", plain(name));
        for code in codes {
            let title = pack.rules.iter().find(|r| crate::rules::code(r) == code).map(|r| r.name.node.clone());
            let title = title.unwrap_or_else(|| self.messages.title(&code).get(self.lang).to_owned());
            out.push_str(&format!("- `{code}` {}\n", plain(&title)));
        }
        Some(out)
    }

    /// A place as a link, with what it is called: `[資料2-4.plan:45](file:///…#L45)`.
    fn link(&self, span: Span) -> Option<String> {
        let source = self.view.read.sources.get(span.source)?;
        let uri = self.view.uri(source).0;
        // Seen from the folder of the project, however the file was found.
        let root = format!("{}/", self.view.root.to_string_lossy().replace('\\', "/"));
        let short = |text: &str| plain(text.strip_prefix(&root).unwrap_or(text));
        if source.grid.is_some() {
            return Some(format!("[{}]({uri})", short(&source.place(span.range().start))));
        }
        let line = source.line_of(span.range().start) + 1;
        Some(format!("[{}:{line}]({uri}#L{line})", short(&source.path)))
    }

    /// The name of a relation in the language of the session.
    fn relation(&self, id: RelationId) -> String {
        let relation = self.view.facts().vocabulary.relations.get(id.0 as usize);
        relation.map_or_else(String::new, |r| if self.lang == Lang::En { r.alias.clone() } else { r.name.clone() })
    }

    fn column(&self, relation: RelationId, column: ColumnId) -> Option<&Column> {
        self.view.facts().vocabulary.relations.get(relation.0 as usize)?.columns.get(column.0 as usize)
    }

    fn column_name<'c>(&self, column: &'c Column) -> &'c str {
        if self.lang == Lang::En { &column.alias } else { &column.name }
    }
}
