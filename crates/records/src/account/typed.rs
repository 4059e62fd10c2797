//! A new password as forms ask for it: typed twice, what is wrong told beside its field.

use super::password::NewPassword;
use domain::Message;
use shell::{Error, FormState, Result, Visit};

/// The fields `new` and `again`, when both say the same. What was typed is taken out of the
/// form: a page never shows it again.
pub(super) fn twice(form: &mut FormState) -> Option<String> {
    let [new, again] = ["new", "again"].map(|field| {
        let typed = form.value(field).to_owned();
        form.forget(field);
        if typed.is_empty() {
            form.fail(field, Message::new("shell-field-required"));
        }
        typed
    });
    if !new.is_empty() && !again.is_empty() && new != again {
        form.fail("again", Message::new("account-password-differs"));
    }
    form.is_ok().then_some(new)
}

/// Hashes it for the account of this name, when it keeps the rules.
pub(super) async fn hashed(
    visit: &Visit,
    form: &mut FormState,
    name: &str,
    new: &str,
) -> Result<Option<NewPassword>> {
    match NewPassword::make(&*visit.site().random, name, new).await {
        Ok(password) => Ok(Some(password)),
        Err(Error::Problem(message)) => {
            form.fail("new", message);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Both of it, when nothing else of the form is wrong.
pub(super) async fn password(
    visit: &Visit,
    form: &mut FormState,
    name: &str,
) -> Result<Option<NewPassword>> {
    match twice(form) {
        Some(new) => hashed(visit, form, name, &new).await,
        None => Ok(None),
    }
}
