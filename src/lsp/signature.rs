//! Signature help: what a function of a rule takes, and what stands beside the keyword of a plan.
use gen_lsp_types::{
    ActiveParameter, Documentation, ParameterInformation, ParameterInformationLabel, SignatureHelp,
    SignatureHelpParams, SignatureInformation,
};

use super::completion::{Piece, declaration, keyword_of, pieces, spot};
use super::desk::Desk;
use super::place;
use crate::findings::Lang;
use crate::plan::{ColumnRole, ColumnType, DOCUMENTS, Vocabulary, whole_number};
use crate::project::ending;
use crate::rules::Function;
use crate::text::normal::narrow;
use crate::value::FiscalYear;

/// What makes an editor ask without being told to.
pub(super) const TRIGGERS: [&str; 6] = ["(", "（", ",", "，", " ", "　"];

/// A longer call is not followed to its beginning.
const LONGEST: usize = 4_096;

/// What is to be written at a place.
pub(super) fn signature(desk: &mut Desk, params: &SignatureHelpParams) -> Option<SignatureHelp> {
    let position = &params.text_document_position_params;
    let path = desk.path(&position.text_document.uri)?;
    let ending = ending(&path);
    let source = desk.text(&position.text_document.uri)?;
    let at = place::offset(source, position.position);
    let text = source.text.as_str();
    let (label, all, active, about) = match ending.as_str() {
        "rules" => call(desk, text, at)?,
        "plan" => {
            let view = desk.whole()?;
            head(text, at, &view.read.pack().vocabulary)?
        }
        _ => return None,
    };
    let one =
        |label: String| ParameterInformation { label: ParameterInformationLabel::String(label), documentation: None };
    let active = Some(ActiveParameter::Int(place::whole(active)));
    let signature = SignatureInformation {
        label,
        documentation: about.map(Documentation::String),
        parameters: Some(all.into_iter().map(one).collect()),
        active_parameter: active,
    };
    Some(SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter: active })
}

type Shown = (String, Vec<String>, usize, Option<String>);

/// The call around a place of a rule file: the innermost bracket that is open and stands behind the name of a function.
fn call(desk: &Desk, text: &str, at: usize) -> Option<Shown> {
    let (range, _) = declaration(text, at)?;
    let before = text.get(range.start..at)?;
    let (mut depth, mut commas) = (0usize, 0usize);
    let mut inside_text = false;
    for (n, (i, c)) in before.char_indices().rev().enumerate() {
        if n > LONGEST {
            return None;
        }
        match narrow(c) {
            '"' => inside_text = !inside_text,
            _ if inside_text && c != '\n' => {}
            '\n' => inside_text = false,
            ')' | ']' | '}' => depth += 1,
            '{' | '[' if depth == 0 => commas = 0,
            '[' | '{' => depth -= 1,
            '(' if depth > 0 => depth -= 1,
            '(' => {
                let name = before.get(..i)?;
                let is_name = |c: char| c.is_alphanumeric() || c == '・' || c == '_';
                let start = name.char_indices().rev().find(|(_, c)| !is_name(*c)).map_or(0, |(i, c)| i + c.len_utf8());
                let name = name.get(start..)?;
                if let Some(function) = Function::find(name) {
                    return Some(shown(desk, name, function, commas));
                }
                commas = 0;
            }
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
    }
    None
}

fn shown(desk: &Desk, name: &str, function: Function, active: usize) -> Shown {
    let word = |both: &'static str| {
        // Both languages stand in one description; a quoted one has its mark before.
        let (ja, en) = both.split_once(' ').unwrap_or((both, both));
        if desk.lang == Lang::Ja { ja } else { en }
    };
    let all: Vec<String> = function.arguments().iter().map(|a| word(a.describe()).to_owned()).collect();
    let en = Function::ALL.iter().find(|f| f.2 == function).map_or("", |f| f.1);
    let about = desk.say(&format!("lsp-function-{en}"), &[]);
    (format!("{name}({})", all.join(", ")), all.clone(), active.min(all.len().saturating_sub(1)), Some(about))
}

/// The statement around a place of a plan: its keyword and heads, up to the block.
fn head(text: &str, at: usize, vocabulary: &Vocabulary) -> Option<Shown> {
    let spot = spot(text, 0, at);
    let given = pieces(text, spot.start..at);
    let (n, _) = keyword_of(text, &given)?;
    let keyword = given.get(n)?;
    // Within the keyword itself there is nothing to say yet.
    if keyword.1.end >= at {
        return None;
    }
    let word = text.get(keyword.1.clone())?;
    // An attribute of the block that is written like a thing (番号) comes before it.
    if let Some(block) = spot.blocks.last() {
        let relation = super::completion::relation_of(text, block.head.clone(), vocabulary)?;
        if vocabulary.column(relation, word).is_some() || vocabulary.series_of(relation, word).is_some() {
            return None;
        }
    }
    let (relation, _) = vocabulary.keyword(word)?;
    let english = word.is_ascii() && relation != DOCUMENTS || word == "document";
    let declared = vocabulary.relations.get(relation.0 as usize)?;
    let heads: Vec<_> = declared.columns.iter().filter(|c| c.role == ColumnRole::Head).collect();
    if heads.is_empty() {
        return None;
    }
    let all: Vec<String> = heads
        .iter()
        .map(|c| {
            let word = if english { &c.alias } else { &c.name };
            if c.ty == ColumnType::Text { format!("\"{word}\"") } else { word.clone() }
        })
        .collect();
    let behind = given.get(n + 1..).unwrap_or(&[]);
    // What is given, by its kind, as the statement will be read; the one being written counts as given.
    let mut open: Vec<usize> = (0..heads.len()).collect();
    let mut active = None;
    for (piece, range) in behind {
        let value = text.get(range.clone()).unwrap_or("");
        let fits = |ty: &ColumnType| match (piece, ty) {
            (Piece::Text, ColumnType::Text) => true,
            (Piece::Word, ColumnType::Year) => FiscalYear::read(value).is_ok(),
            (Piece::Word, ColumnType::Number) => whole_number(value).is_some(),
            (Piece::Word, ColumnType::Code) => FiscalYear::read(value).is_err(),
            (Piece::Word | Piece::Text, ColumnType::Reference(_)) => true,
            _ => false,
        };
        let Some(found) = open.iter().position(|n| heads.get(*n).is_some_and(|c| fits(&c.ty))) else { continue };
        let found = open.remove(found);
        active = (range.end >= at).then_some(found);
    }
    let active = active.or_else(|| open.first().copied())?;
    Some((format!("{word} {}", all.join(" ")), all, active, None))
}
