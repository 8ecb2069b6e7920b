//! Floor 10. A project as it lies on the disk: its settings, the files that belong to it, what they say, and what a check
//! of them finds. The command line and the language server stand on this floor; nothing below it touches a file.
mod baseline;
mod check;
mod disk;
mod files;
mod fix;
mod folder;
mod git;
mod read;
mod settings;
mod since;
mod stamps;
mod tree;
mod write;

pub use baseline::{BASELINE, Listed, Update};
pub use check::{Asked, Checked, Chosen, Stopped, chosen_codes};
pub use disk::Disk;
pub use files::{Files, Kind, LeftOut, ending, kind, shown, stem};
pub use fix::{Fixed, Mend, Mended, Wanted, fix, in_workbook};
pub use folder::{make_folder, write_folder};
pub use git::NoRevision;
pub use read::{Read, Rules, Scope};
pub use settings::{Settings, today};
pub use since::Earlier;
pub use stamps::Stamps;
pub use write::{Refusal, Replacement, create, is_here, replace, write};
