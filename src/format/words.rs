//! Keywords of plan files in either language, as the vocabulary has them.
use super::Surface;
use crate::plan::{RelationId, Vocabulary};

/// What words mean, and the language that they shall have.
pub(super) struct Words<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) surface: Option<Surface>,
}

/// Words of plan files that are not in the vocabulary: they say something of a statement.
const OF_STATEMENTS: [(&str, &str); 4] =
    [("再掲", "relisted"), ("読取", "confidence"), ("低", "low"), ("変更前", "before")];

/// The relation of documents: what stands at the top of a file stands in a document.
pub(super) const DOCUMENT: RelationId = RelationId(0);

impl<'a> Words<'a> {
    /// The same words, in Japanese whatever is wanted: the form in which files are compared.
    pub(super) fn japanese(&self) -> Words<'a> {
        Words { vocabulary: self.vocabulary, surface: Some(Surface::Ja) }
    }

    fn choose(&self, ja: &str, en: &str) -> Option<String> {
        match self.surface? {
            Surface::Ja => Some(ja.to_owned()),
            // An alias is left out where there is none.
            Surface::En => Some(if en.is_empty() { ja } else { en }.to_owned()),
        }
    }

    /// A keyword that says something of a statement, or the word of a note.
    pub(super) fn of_statements(&self, word: &str) -> String {
        let found = OF_STATEMENTS.iter().find(|(ja, en)| *ja == word || *en == word);
        found.and_then(|(ja, en)| self.choose(ja, en)).unwrap_or_else(|| word.to_owned())
    }

    /// The keyword of a statement in the block of `owner`, and the relation of its own block.
    pub(super) fn keyword(&self, owner: Option<RelationId>, word: &str) -> (String, Option<RelationId>) {
        let vocabulary = self.vocabulary;
        let as_it_is = || word.to_owned();
        let column = owner.and_then(|o| Some((o, vocabulary.column(o, word)?)));
        let series = owner.and_then(|o| vocabulary.series_of(o, word));
        if let Some(relation) = series.and_then(|s| vocabulary.relations.get(s.0 as usize)) {
            return (self.choose(&relation.name, &relation.alias).unwrap_or_else(as_it_is), None);
        }
        if let Some(column) =
            column.and_then(|(o, c)| vocabulary.relations.get(o.0 as usize)?.columns.get(c.0 as usize))
        {
            return (self.choose(&column.name, &column.alias).unwrap_or_else(as_it_is), None);
        }
        if let Some((ja, en, relation, _)) = vocabulary.keywords.iter().find(|k| k.0 == word || k.1 == word) {
            return (self.choose(ja, en).unwrap_or_else(as_it_is), Some(*relation));
        }
        if let Some(id) = vocabulary.relation(word)
            && let Some(relation) = vocabulary.relations.get(id.0 as usize)
        {
            return (self.choose(&relation.name, &relation.alias).unwrap_or_else(as_it_is), Some(id));
        }
        (self.of_statements(word), None)
    }

    /// The heading of a column in a table of `owner`.
    pub(super) fn heading(&self, owner: Option<RelationId>, word: &str) -> String {
        let found = owner.and_then(|o| self.vocabulary.rows_of(o)).and_then(|rows| {
            let column = self.vocabulary.column(rows, word)?;
            self.vocabulary.relations.get(rows.0 as usize)?.columns.get(column.0 as usize)
        });
        found.and_then(|c| self.choose(&c.name, &c.alias)).unwrap_or_else(|| word.to_owned())
    }
}
