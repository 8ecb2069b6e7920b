//! Any text laid out as a plan and as a rule file: what was laid out is left as it is, and is found to say the same.
use super::project::Project;
use super::text;
use totsugo::format::{Form, Refused, Surface, format};
use totsugo::text::SourceId;
use totsugo::text::normal::normal;

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    Project::with(|project| {
        let vocabulary = &project.rules().pack.vocabulary;
        for form in [Form::Plan, Form::Rules] {
            for surface in [None, Some(Surface::Ja), Some(Surface::En)] {
                let lay = |text: &str| format(form, SourceId::default(), text, vocabulary, surface);
                match lay(&text) {
                    Ok(once) => assert_eq!(lay(&once).as_deref(), Ok(once.as_str()), "{form:?} {surface:?}"),
                    Err(Refused::Faults(faults)) => {
                        assert!(faults.iter().all(|f| text.get(f.span.range()).is_some()), "{faults:?}");
                    }
                    Err(Refused::Meaning) => {}
                }
            }
        }
        // That the words are the same the formatter has seen to itself; here the rules say so, of the plan as it is read.
        // What has a NUL in it is no text to them, nor what has line ends of old.
        if text.contains('\0') || text.replace("\r\n", "").contains('\r') {
            return;
        }
        let Ok(after) = format(Form::Plan, SourceId::default(), &text, vocabulary, None) else { return };
        let told = |text: &str| {
            let (_, checked) = project.read(&[("a.plan", text.as_bytes())]).check();
            // A sentence may quote a label, which is laid out as well.
            let plain = |text: &str| normal(text).split_whitespace().collect::<String>();
            checked.findings.into_iter().map(|f| (f.rule, plain(&f.message.ja))).collect::<Vec<_>>()
        };
        assert_eq!(told(&text), told(&after), "{after}");
    });
}
