//! The table `[organization]` of `site.toml`: who publishes the site, as search engines are told.

use crate::fields::{Fields, Spanned};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub name: String,
    /// Its own site; without one it is this site.
    pub url: Option<Spanned<String>>,
    /// A picture of the site, or an address.
    pub logo: Option<Spanned<String>>,
    /// Profiles elsewhere.
    pub same_as: Vec<String>,
}

impl Organization {
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let table = fields.table("organization")?;
        let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
        let name = fields.required_text("name");
        let url = fields.text("url");
        let logo = fields.text("logo");
        let same_as = fields.texts("same_as").unwrap_or_default();
        fields.finish();
        Some(Self {
            name: name?.value,
            url,
            logo,
            same_as: same_as.into_iter().map(|profile| profile.value).collect(),
        })
    }
}
