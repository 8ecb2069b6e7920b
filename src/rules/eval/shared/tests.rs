//! What evaluations share is worked out once: a run of many rules must not work it out for each row.
#![allow(clippy::unwrap_used)]
use super::*;
use crate::rules::read_plans;
use crate::text::{Source, Span};

#[test]
fn what_was_worked_out_is_found_again_and_is_not_that_of_others() {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("甲.plan", "文書 甲\n"));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..8), "甲".to_owned())]);
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
    let [a, b] = [RelationId(1), RelationId(2)];
    let apart = |found: &[*const ()]| {
        let mut all = found.to_vec();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let address = |at: &OnceLock<Index<'_>>| std::ptr::from_ref(at).cast::<()>();
    let indexes = || ["甲", "乙"].map(|name| address(shared.index(name)));
    let years = || [(a, b), (b, a)].map(|(of, owner)| address(shared.years(of, owner)));
    let neighbours = || [a, b].map(|of| std::ptr::from_ref(shared.neighbours(of)).cast::<()>());
    let defined = || [a, b].map(|of| std::ptr::from_ref(shared.defined(of)).cast::<()>());
    for found in [&indexes as &dyn Fn() -> [*const (); 2], &years, &neighbours, &defined] {
        assert_eq!((found(), apart(&found())), (found(), 2));
    }
}
