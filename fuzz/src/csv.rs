//! A mapping, `---`, and bytes that it is for: as CSV or TSV, and now and then
//! without the mapping, which is then guessed.
use super::project::Project;

pub fn run(bytes: &[u8]) {
    let mark = b"\n---\n";
    let cut = bytes.windows(mark.len()).position(|w| w == mark);
    let (mapping, table) = cut.map_or((&b""[..], bytes), |at| (&bytes[..at], &bytes[at + mark.len()..]));
    Project::with(|project| {
        let name = if bytes.len() % 4 == 1 { "a.tsv" } else { "a.csv" };
        project.read(&[("a.mapping.yaml", mapping), (name, table)]).check();
        // To guess takes much longer than to read.
        if bytes.len().is_multiple_of(8) {
            project.read(&[(name, table)]).check();
        }
    });
}
