//! The corpus of the benchmark: whatever it is written as, the program finds exactly the injected faults.
use std::path::Path;

use super::run::totsugo;

#[path = "../../examples/ten/main.rs"]
#[allow(dead_code)]
pub mod corpus;
use corpus::Form;

fn found(folder: &Path) -> Vec<corpus::Answer> {
    let checks: Vec<String> = (1..=corpus::generate::CHECKS).map(|n| format!("c{n}")).collect();
    let mut arguments = vec!["check", ".", "--no-localize", "--format", "json"];
    checks.iter().for_each(|check| arguments.extend(["--select", check]));
    let ran = totsugo(folder, &arguments, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{}", ran.out);
    corpus::findings(&serde_json::from_str(&ran.out).expect("JSON"))
}

#[test]
fn the_ten_checks_find_exactly_the_injected_faults_in_every_form() {
    let mut all = Vec::new();
    for form in [Form::Csv, Form::Xlsx, Form::Plan] {
        let folder = tempfile::tempdir().expect("a folder");
        let answers = corpus::corpus(1000, folder.path(), form, 1);
        assert_eq!(found(folder.path()), answers, "{form:?}");
        let written = std::fs::read_to_string(folder.path().join("answers.json")).expect("answers");
        assert_eq!(serde_json::from_str::<Vec<corpus::Answer>>(&written).expect("JSON"), answers);
        all.push(answers);
    }
    assert!(all.iter().all(|answers| *answers == all[0]), "the same corpus in every form");
    let checks: std::collections::BTreeSet<&str> = all[0].iter().map(|(check, _, _)| check.as_str()).collect();
    assert_eq!(checks.len(), corpus::generate::CHECKS, "every check has faults to find");
}

#[test]
fn the_same_arguments_give_the_same_bytes() {
    let bytes = |form: Form, seed: u64| {
        let folder = tempfile::tempdir().expect("a folder");
        corpus::corpus(300, folder.path(), form, seed);
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.path())
            .expect("a folder")
            .map(|f| f.expect("a file"))
            .map(|f| (f.file_name().to_string_lossy().into_owned(), std::fs::read(f.path()).expect("bytes")))
            .collect();
        files.sort();
        files
    };
    for form in [Form::Csv, Form::Xlsx, Form::Plan] {
        assert!(bytes(form, 1) == bytes(form, 1), "{form:?}");
        assert!(bytes(form, 1) != bytes(form, 2), "{form:?}: another seed gives another corpus");
    }
}

/// CI machines have other numbers of processors than desks: what was accepted on one must not change on the other.
#[test]
#[cfg(target_os = "linux")]
fn one_processor_says_the_same_as_all_of_them() {
    use super::run::totsugo_on_one;
    let folder = tempfile::tempdir().expect("a folder");
    // Enough rows for several threads to be worth starting.
    corpus::corpus(50_000, folder.path(), Form::Csv, 1);
    let check = ["check", ".", "--format", "json"];
    let (one, all) = (totsugo_on_one(folder.path(), &check), totsugo(folder.path(), &check, &[]));
    assert_eq!((one.status, all.status), (1, 1), "{}{}", one.err, all.err);
    assert!(one.bytes.len() > 100_000, "there is something to find");
    assert!(one.bytes == all.bytes);
}
