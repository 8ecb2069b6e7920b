//! The command line: clap, with every word in the user's language.
use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};

use crate::findings::{Lang, Messages};
use crate::render::FORMATS;

/// Words for severities on the command line.
pub const SEVERITIES: [&str; 6] = ["誤り", "警告", "情報", "error", "warning", "info"];
/// Words for what a run fails on.
pub const FAIL_ON: [&str; 8] = ["誤り", "警告", "情報", "なし", "error", "warning", "info", "never"];

/// The language that the arguments or the environment ask for, before they are read in full.
pub fn wanted_lang(arguments: &[String], environment: Option<String>) -> Lang {
    let mut lang = environment.filter(|l| !l.is_empty());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--lang" {
            lang = rest.next().cloned();
        } else if let Some(value) = argument.strip_prefix("--lang=") {
            lang = Some(value.to_owned());
        }
    }
    if lang.as_deref() == Some("en") { Lang::En } else { Lang::Ja }
}

/// The whole command, in words.
pub fn command(messages: &Messages, lang: Lang) -> Command {
    worded(|id| messages.text(lang, id, &[]))
}

/// The whole command, in the words that `say` has for it.
fn worded(say: impl Fn(&str) -> String) -> Command {
    let flag = |name: &'static str, help: &str| {
        Arg::new(name).long(name).help(say(help)).hide_possible_values(true).hide_default_value(true)
    };
    let switch = |name: &'static str, help: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(help));
    let choice = |name: &'static str, help: &str, values: &'static [&'static str]| {
        flag(name, help).value_name(name.to_uppercase()).value_parser(PossibleValuesParser::new(values))
    };
    let many = |name: &'static str, help: &str| flag(name, help).value_name("RULE").action(ArgAction::Append);
    let paths = || Arg::new("paths").value_name("PATH").num_args(0..).help(say("cli-arg-paths"));
    let mapping = || flag("mapping", "cli-arg-mapping").value_name("FILE");
    let output = || Arg::new("output").short('o').long("output").value_name("FILE").help(say("cli-arg-output"));
    let help = || Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say("cli-arg-help"));
    let lang_arg = || choice("lang", "cli-arg-lang", &["ja", "en"]);
    let color = || choice("color", "cli-arg-color", &["auto", "always", "never"]);
    let time = || {
        let seconds = clap::value_parser!(u64).range(1..=86_400);
        flag("time-limit", "cli-arg-time-limit").value_name("SECONDS").value_parser(seconds)
    };
    let baseline = || flag("baseline", "cli-arg-baseline").value_name("FILE");
    let named = |name: &'static str, shown: &'static str, help: &str, values: &'static [&'static str]| {
        let values = PossibleValuesParser::new(values);
        Arg::new(name).value_name(shown).help(say(help)).hide_possible_values(true).value_parser(values)
    };
    let kind = named("kind", "rule|plan|mapping", "cli-arg-kind", &["rule", "plan", "mapping"]).required(true);
    let shell =
        named("shell", "SHELL", "cli-arg-shell", &["bash", "zsh", "fish", "powershell", "elvish"]).required(true);
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n", say("cli-usage"),);
    let sub = |name: &'static str| {
        Command::new(name)
            .about(say(&format!("cli-about-{name}")))
            .override_usage(say(&format!("cli-usage-{name}")))
            .help_template(template.clone())
            .disable_help_flag(true)
            .next_help_heading(say("cli-options"))
            .arg(help())
            .arg(lang_arg())
            .arg(color())
    };
    Command::new("totsugo")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say("cli-about"))
        .override_usage(say("cli-usage-main"))
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{}:\n{{subcommands}}\n\n{{options}}\n",
            say("cli-usage"),
            say("cli-commands")
        ))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg(help())
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say("cli-arg-version")))
        .arg(lang_arg())
        .subcommand(sub("init").arg(Arg::new("folder").value_name("FOLDER").help(say("cli-arg-folder"))))
        .subcommand(
            sub("new")
                .arg(kind)
                .arg(Arg::new("name").value_name("NAME").required(true).help(say("cli-arg-new-name")))
                .arg(Arg::new("slug").value_name("CODE").help(say("cli-arg-slug")))
                .arg(output()),
        )
        .subcommand(
            sub("check")
                .arg(paths())
                .arg(
                    flag("format", "cli-arg-format")
                        .value_name("FORMAT")
                        .value_parser(PossibleValuesParser::new(FORMATS.map(|(name, _)| name))),
                )
                .arg(
                    flag("outputs", "cli-arg-outputs")
                        .long("output")
                        .value_name("FORMAT=FILE")
                        .action(ArgAction::Append)
                        .conflicts_with_all(["why", "diff"]),
                )
                .arg(choice("min-severity", "cli-arg-min-severity", &SEVERITIES))
                .arg(choice("fail-on", "cli-arg-fail-on", &FAIL_ON).value_name("SEVERITY"))
                .arg(
                    flag("changed-since", "cli-arg-changed-since")
                        .value_name("REV")
                        .conflicts_with_all(["why", "watch"]),
                )
                .arg(switch("quiet", "cli-arg-quiet").short('q').conflicts_with("verbose"))
                .arg(switch("verbose", "cli-arg-verbose").short('v'))
                .arg(many("select", "cli-arg-select"))
                .arg(many("ignore", "cli-arg-ignore"))
                .arg(mapping())
                .arg(baseline())
                .arg(switch("no-baseline", "cli-arg-no-baseline").conflicts_with("baseline"))
                .arg(switch("no-localize", "cli-arg-no-localize"))
                .arg(flag("annotate", "cli-arg-annotate").value_name("OUT"))
                .arg(switch("fix", "cli-arg-fix").conflicts_with_all(["annotate", "why", "diff"]))
                .arg(switch("diff", "cli-arg-diff").conflicts_with_all(["annotate", "why", "format"]))
                .group(ArgGroup::new("mend").args(["fix", "diff"]))
                .arg(switch("unsafe-fixes", "cli-arg-unsafe-fixes").requires("mend"))
                .arg(Arg::new("output").short('o').help(say("cli-arg-fix-output")).value_name("OUT").requires("fix"))
                .arg(flag("why", "cli-arg-why").value_name("RULE[:LINE]"))
                .arg(switch("explain-skips", "cli-arg-explain-skips"))
                .arg(switch("watch", "cli-arg-check-watch"))
                .arg(time()),
        )
        .subcommand(
            sub("report")
                .arg(paths())
                .arg(choice("min-severity", "cli-arg-min-severity", &SEVERITIES))
                .arg(many("select", "cli-arg-select"))
                .arg(many("ignore", "cli-arg-ignore"))
                .arg(mapping())
                .arg(baseline())
                .arg(switch("no-baseline", "cli-arg-no-baseline").conflicts_with("baseline"))
                .arg(switch("no-localize", "cli-arg-no-localize"))
                .arg(output().help(say("cli-arg-report-output")))
                .arg(time()),
        )
        .subcommand(
            sub("fmt")
                .arg(paths())
                .arg(switch("check", "cli-arg-fmt-check"))
                .arg(switch("diff", "cli-arg-fmt-diff"))
                .arg(choice("keywords", "cli-arg-keywords", &["ja", "en"]))
                .arg(flag("stdin-path", "cli-arg-stdin-path").value_name("FILE")),
        )
        .subcommand(
            sub("baseline")
                .subcommand_required(true)
                .disable_help_subcommand(true)
                .subcommand_help_heading(say("cli-commands"))
                .subcommand(
                    sub("update")
                        .arg(paths())
                        .arg(baseline())
                        .arg(switch("force", "cli-arg-force-baseline"))
                        .arg(mapping()),
                ),
        )
        .subcommand(sub("lsp"))
        .subcommand(
            sub("serve")
                .arg(paths())
                .arg(mapping())
                .arg(flag("port", "cli-arg-port").value_name("N"))
                .arg(flag("host", "cli-arg-host").value_name("ADDR"))
                .arg(switch("open", "cli-arg-open")),
        )
        .subcommand(
            sub("test")
                .arg(paths())
                .arg(many("select", "cli-arg-select"))
                .arg(flag("filter", "cli-arg-filter").value_name("TEXT"))
                .arg(switch("coverage", "cli-arg-coverage"))
                .arg(flag("min-coverage", "cli-arg-min-coverage").value_name("PERCENT"))
                .arg(switch("watch", "cli-arg-watch")),
        )
        .subcommand(
            sub("explain")
                .arg(Arg::new("rule").value_name("RULE").required_unless_present("all").help(say("cli-arg-rule")))
                .arg(switch("source", "cli-arg-source"))
                .arg(switch("all", "cli-arg-all").conflicts_with("rule")),
        )
        .subcommand(sub("rules").arg(paths()))
        .subcommand(
            sub("query")
                .arg(Arg::new("expression").value_name("EXPRESSION").required(true).help(say("cli-arg-expression")))
                .arg(paths())
                .arg(mapping())
                .arg(choice("format", "cli-arg-query-format", &["table", "csv", "json"]))
                .arg(Arg::new("bom").long("bom").action(ArgAction::SetTrue).help(say("cli-arg-bom"))),
        )
        .subcommand(sub("map").arg(Arg::new("file").value_name("FILE").required(true).help(say("cli-arg-sheet"))))
        .subcommand(
            sub("import")
                .arg(Arg::new("file").value_name("FILE").required(true).help(say("cli-arg-sheet")))
                .arg(mapping())
                .arg(output()),
        )
        .subcommand(
            sub("export")
                .arg(paths())
                .arg(mapping())
                .arg(choice("format", "cli-arg-export-format", &["json", "yaml", "csv", "xlsx", "plan"]))
                .arg(output()),
        )
        .subcommand(
            sub("compile")
                .arg(paths())
                .arg(choice("to", "cli-arg-compile-to", &["sql"]).required(true))
                .arg(choice("dialect", "cli-arg-compile-dialect", &["duckdb", "spark"]))
                .arg(many("select", "cli-arg-select"))
                .arg(many("ignore", "cli-arg-ignore"))
                .arg(choice("min-severity", "cli-arg-min-severity", &SEVERITIES))
                .arg(mapping())
                .arg(flag("out", "cli-arg-compile-out").value_name("FOLDER").required(true)),
        )
        .subcommand(
            sub("diff")
                .arg(Arg::new("old").value_name("OLD").required(true).help(say("cli-arg-diff-old")))
                .arg(Arg::new("new").value_name("NEW").required(true).help(say("cli-arg-diff-new")))
                .arg(mapping())
                .arg(choice("format", "cli-arg-diff-format", &["pretty", "json", "markdown", "html"]))
                .arg(flag("kind", "cli-arg-diff-kind").value_name("KIND").action(ArgAction::Append))
                .arg(switch("brief", "cli-arg-diff-brief"))
                .arg(output()),
        )
        .subcommand(sub("doctor").arg(paths()))
        .subcommand(sub("completions").arg(shell))
        .subcommand(
            sub("man")
                .arg(Arg::new("command").value_name("COMMAND").help(say("cli-arg-command")))
                .arg(output().value_name("FOLDER").help(say("cli-arg-man-output"))),
        )
        .subcommand(
            sub("graph")
                .arg(paths())
                .arg(mapping())
                .arg(choice("format", "cli-arg-graph-format", &["svg", "dot", "mermaid", "json"]))
                .arg(flag("focus", "cli-arg-focus").value_name("WHAT"))
                .arg(output()),
        )
}

/// Reads the arguments. `Err` holds what to print and whether it is an error (help and version are none).
pub fn read(arguments: &[String], messages: &Messages, lang: Lang) -> Result<ArgMatches, (String, bool)> {
    let all = || std::iter::once("totsugo").chain(arguments.iter().map(String::as_str));
    // Two hundred sentences are for who asks for help, and for nobody else.
    let mut read = worded(|_| String::new()).try_get_matches_from(all());
    if read.as_ref().is_err_and(|error| error.kind() == ErrorKind::DisplayHelp) {
        read = command(messages, lang).try_get_matches_from(all());
    }
    read.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => (error.render().to_string(), false),
        _ => (explain(&error, messages, lang), true),
    })
}

/// A wrong argument in the user's words.
fn explain(error: &clap::Error, messages: &Messages, lang: Lang) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let say = |id: &str, args: &[(&'static str, &dyn ToString)]| messages.line(lang, id, args);
    let wrong = context(ContextKind::InvalidArg);
    let arg: (&'static str, &dyn ToString) = ("arg", &wrong);
    let mut lines = vec![match error.kind() {
        ErrorKind::UnknownArgument => say("cli-error-unknown", &[arg]),
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => say("cli-error-no-value", &[arg]),
        ErrorKind::InvalidValue => say("cli-error-value", &[arg, ("value", &context(ContextKind::InvalidValue))]),
        ErrorKind::ValueValidation => say("cli-error-value", &[arg, ("value", &context(ContextKind::InvalidValue))]),
        ErrorKind::MissingRequiredArgument => say("cli-error-missing", &[arg]),
        ErrorKind::InvalidSubcommand => say("cli-error-command", &[("arg", &context(ContextKind::InvalidSubcommand))]),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say("cli-error-no-command", &[])
        }
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == wrong => say("cli-error-twice", &[arg]),
            prior => say("cli-error-together", &[arg, ("other", &prior)]),
        },
        _ => say("cli-error-other", &[]),
    }];
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand].map(context);
    if let Some(near) = near.into_iter().find(|n| !n.is_empty()) {
        lines.push(say("cli-error-near", &[("near", &near)]));
    }
    let allowed = context(ContextKind::ValidValue);
    if !allowed.is_empty() {
        lines.push(say("cli-error-choices", &[("allowed", &allowed)]));
    }
    lines.push(say("cli-more", &[]));
    format!("{}: {}\n", say("cli-word-error", &[]), lines.join("\n  "))
}
