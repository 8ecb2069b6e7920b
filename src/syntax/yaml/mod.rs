//! YAML files: to a tree in which every node has its place, and from it to what a room wants to know.
mod read;
mod tree;

pub use read::{Reader, Said, seen};
pub use tree::{Node, Value, parse, parse_large};
