//! `totsugo.yaml` in the current folder: what a team has agreed on, so that nobody has to type it.
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The settings of a workspace. The command line wins over them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// `ja` or `en`.
    pub lang: Option<String>,
    /// 誤り, 警告, 情報 or error, warning, info.
    pub min_severity: Option<String>,
    /// Rules to use.
    #[serde(default)]
    pub select: Vec<String>,
    /// Rules not to use.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Files and folders to check where none are named.
    #[serde(default)]
    pub paths: Vec<PathBuf>,
}

/// The name of the file.
pub const FILE: &str = "totsugo.yaml";

impl Config {
    /// Reads the configuration of a folder; without a file there is nothing to set.
    ///
    /// # Errors
    /// Why the file cannot be used, with line and column where they are known.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let text = match std::fs::read_to_string(folder.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(format!("{FILE}: {error}")),
        };
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let config: Self = serde_yaml::from_str(&text).map_err(|error| match error.location() {
            Some(at) => format!("{FILE}:{}:{}: {error}", at.line(), at.column()),
            None => format!("{FILE}: {error}"),
        })?;
        let fits = |value: &Option<String>, allowed: &[&str]| match value {
            Some(v) if !allowed.contains(&v.as_str()) => Err(format!("{FILE}: {v} ({})", allowed.join(", "))),
            _ => Ok(()),
        };
        fits(&config.lang, &["ja", "en"])?;
        fits(&config.min_severity, &super::arguments::SEVERITIES)?;
        Ok(config)
    }
}
