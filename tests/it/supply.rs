//! What the program is made of is what the documents say.
use crate::run::home;
use std::collections::BTreeSet;
use std::process::Command;

fn read(name: &str) -> String {
    std::fs::read_to_string(home().join(name)).expect(name)
}

/// What a program of the toolchain prints.
fn printed(program: &str, arguments: &[&str]) -> String {
    let path = std::env::var(program.to_uppercase()).unwrap_or_else(|_| program.to_owned());
    let done = Command::new(path).args(arguments).current_dir(home()).output().expect(program);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// What cargo knows of all packages of the lock file that are built on this kind of machine: others were never fetched.
fn metadata() -> serde_json::Value {
    let version = printed("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
    serde_json::from_str(&printed("cargo", &arguments)).expect("JSON")
}

#[test]
fn every_dependency_has_its_reason() {
    let all = metadata();
    let packages = all["packages"].as_array().expect("packages");
    let own = packages.iter().find(|p| p["name"] == "totsugo").expect("this package");
    let used: BTreeSet<&str> =
        own["dependencies"].as_array().expect("a list").iter().filter_map(|d| d["name"].as_str()).collect();
    let listed = read("docs/dependencies.md");
    let listed: BTreeSet<&str> = listed
        .lines()
        .filter(|line| line.starts_with("| `"))
        .flat_map(|line| line.split(" | ").next().unwrap_or("").split('`').skip(1).step_by(2))
        .collect();
    let (missing, gone): (Vec<_>, Vec<_>) = (used.difference(&listed).collect(), listed.difference(&used).collect());
    assert!(missing.is_empty() && gone.is_empty(), "without a reason: {missing:?}; no longer used: {gone:?}");
}

/// `1.89` and `1.89.0` as numbers.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').filter_map(|part| part.parse().ok()).collect();
    parts.resize(3, 0);
    parts
}

#[test]
fn the_oldest_compiler_is_old_enough_for_every_package() {
    let all = metadata();
    let packages = all["packages"].as_array().expect("packages");
    let own = packages.iter().find(|p| p["name"] == "totsugo").expect("this package");
    let oldest = own["rust_version"].as_str().expect("rust-version is stated");
    for package in packages {
        if let Some(needed) = package["rust_version"].as_str() {
            assert!(version(needed) <= version(oldest), "{} needs Rust {needed}", package["name"]);
        }
    }
    for name in ["README.md", "docs/dependencies.md"] {
        assert!(read(name).contains(oldest), "{name} names another oldest Rust than {oldest}");
    }
}

#[test]
fn everything_comes_from_one_registry_and_nothing_speaks_to_a_network() {
    // Clients of a network, and what encrypts for them. tokio and hyper are for `serve` alone.
    let banned =
        ["reqwest", "ureq", "curl", "isahc", "rustls", "native-tls", "openssl", "hickory-resolver", "git2", "gix"];
    // The packages for all kinds of machines.
    let lock = read("Cargo.lock");
    let packages: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    assert!(packages.len() > 100, "{}", packages.len());
    for package in packages {
        let value = |key: &str| {
            let found = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            found.map(|value| value.trim_matches('"'))
        };
        let (name, source) = (value("name").expect("a name"), value("source"));
        assert!(!banned.contains(&name), "{name}");
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        assert!(name == "totsugo" || source == Some(registry), "{name} comes from {source:?}");
    }
}

#[test]
fn no_unsafe_code_is_ours() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
}

/// Whoever reads the documents finds the threat model, and every test that it names is there.
#[test]
fn the_threat_model_names_tests_that_are_there() {
    let model = read("SECURITY.md");
    assert!(read("README.md").contains("](SECURITY.md)"));
    let last = |line: &str| line.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap_or("").to_owned();
    let mut looked_at = 0;
    for line in model.lines().filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 3) {
        for name in last(line).split('`').skip(1).step_by(2) {
            let places = ["tests/it", "src", "src/render", "src/render/findings", "."];
            assert!(places.iter().any(|place| home().join(place).join(name).exists()), "{name}: {line}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 15, "{looked_at}");
}
