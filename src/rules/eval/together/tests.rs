//! Where the rows of each document lie: rows of another document taken for those of this one are false findings.
use super::starts;

#[test]
fn a_document_without_rows_has_none_between_those_of_others() {
    assert_eq!(starts(&[1, 1, 3], 5).as_deref(), Some(&[0, 0, 2, 2, 3, 3][..]));
    assert_eq!(starts(&[0, 0], 1).as_deref(), Some(&[0, 2][..]));
    assert_eq!(starts(&[], 2).as_deref(), Some(&[0, 0, 0][..]));
    assert_eq!(starts(&[], 0).as_deref(), Some(&[0][..]));
}

#[test]
fn rows_of_a_document_that_do_not_lie_together_are_not_looked_through() {
    assert_eq!(starts(&[0, 1, 0], 2), None);
}
