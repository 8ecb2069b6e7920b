//! An editor that has an empty folder open.

/// Holds a session with the language server: the editor opens an empty folder, says `bodies`, and goes away. Gives the
/// folder's place to messages as `{root}`.
pub fn converse(bodies: impl IntoIterator<Item = String>) {
    let root = std::env::temp_dir().join("totsugo-fuzz");
    std::fs::create_dir_all(&root).expect("a folder for nothing");
    let root = format!("file://{}", root.display());
    let first = format!(
        r#"{{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{"capabilities":{{}},"processId":null,"rootUri":"{root}"}}}}"#
    );
    let mut wire = Vec::new();
    for body in std::iter::once(first).chain(bodies) {
        let body = body.replace("{root}", &root);
        wire.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    }
    totsugo::lsp::converse(None, std::io::Cursor::new(wire), std::io::sink());
}
