//! Any lines as the bodies of messages that an editor sends, behind the greeting.
use super::editor::converse;
use super::text;

pub fn run(bytes: &[u8]) {
    converse(text(bytes).lines().map(str::to_owned));
}
