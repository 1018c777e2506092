//! `[contact]`: how readers reach the people behind the site. A form needs somebody who takes its
//! answers: any address, or one of the services that are known here.

use crate::diagnostic::Diagnostic;
use crate::fields::Fields;

/// How to reach whoever is behind the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// For a link where there is no form.
    pub email: String,
    pub form: Option<Form>,
}

/// Where a form's answers go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Netlify finds the form in the page and takes its answers at the page's own address.
    Netlify,
    /// Posted to this address.
    Endpoint { url: String, trap: &'static str },
}

/// What services call the field that people leave empty and machines fill in.
pub const TRAP: &str = "website";
const FORMSPREE_TRAP: &str = "_gotcha";

/// Reads the table, if there is one.
pub fn read(fields: &mut Fields<'_>) -> Option<Contact> {
    let table = fields.table("contact")?;
    let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
    let email = fields.text("email");
    if let Some(email) = &email
        && !email.value.contains('@')
    {
        let span = email.span.clone();
        fields.error("this is no address of a mailbox", span, "it has no `@`");
    }
    let endpoint = fields.text("endpoint");
    let service = fields.text("service");
    let form_id = fields.text("form");
    let form = match (&service, &endpoint) {
        (Some(service), _) => match service.value.as_str() {
            "netlify" => Some(Form::Netlify),
            "formspree" => match &form_id {
                Some(id) => Some(Form::Endpoint {
                    url: format!("https://formspree.io/f/{}", id.value),
                    trap: FORMSPREE_TRAP,
                }),
                None => {
                    let span = service.span.clone();
                    let label = "add `form = \"…\"`, the last part of the form's address there";
                    fields.error("Formspree does not know which form this is", span, label);
                    None
                }
            },
            _ => {
                let unknown = Diagnostic::error("this service is not known")
                    .at(fields.path(), service.span.clone())
                    .label("`netlify` and `formspree` are; for any other give its `endpoint`")
                    .suggest(&service.value, ["netlify", "formspree"]);
                fields.report(unknown);
                None
            }
        },
        (None, Some(endpoint)) => {
            let is_address = ["https://", "http://"].iter().any(|scheme| {
                let host = endpoint.value.strip_prefix(scheme);
                host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
            });
            if !is_address {
                let span = endpoint.span.clone();
                fields.error(
                    "a form cannot be sent to this",
                    span,
                    "it takes an address, such as `https://forms.example.com/questions`",
                );
            }
            is_address.then(|| Form::Endpoint {
                url: endpoint.value.clone(),
                trap: TRAP,
            })
        }
        (None, None) => None,
    };
    let is_written = [&email, &endpoint, &service, &form_id]
        .iter()
        .any(|one| one.is_some());
    if !is_written {
        let empty = Diagnostic::error("`[contact]` names nobody")
            .at(fields.path(), fields.span())
            .label("readers could write to no one")
            .help("give it an `email`, an `endpoint` or a `service`, or delete it");
        fields.report(empty);
    }
    for (other, needed) in [
        (&endpoint, service.is_some()),
        (&form_id, service.is_none()),
    ] {
        if let Some(other) = other
            && needed
        {
            let span = other.span.clone();
            fields.error(
                "this would be ignored",
                span,
                "`endpoint` goes without `service`, and `form` with `service = \"formspree\"`",
            );
        }
    }
    fields.finish();
    Some(Contact {
        email: email.map(|email| email.value).unwrap_or_default(),
        form,
    })
}
