//! Uploads: a form that brings files.

use crate::form::FormState;
use crate::{Error, Result};
use axum::extract::Multipart;
use axum::http::StatusCode;

/// The files of an upload, each with its name as the sender called it, in their order.
pub type Files = Vec<(String, Vec<u8>)>;

/// What an upload may hold besides its files.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// The fields that are read; others are passed over.
    pub fields: &'a [&'a str],
    /// The longest value of one, in bytes.
    pub longest: usize,
    /// Parts that are looked at, files among them.
    pub parts: usize,
}

impl Upload<'_> {
    /// Reads an upload: words into the form, what was chosen at the field `file` beside it. A browser sends an
    /// empty part without a name when no file was chosen; it is given as it came.
    pub async fn read(self, mut upload: Multipart) -> Result<(FormState, Files)> {
        let broken = |_| Error::Refused(StatusCode::BAD_REQUEST);
        let (mut form, mut files) = (FormState::default(), Files::new());
        for _ in 0..self.parts {
            let Some(field) = upload.next_field().await.map_err(broken)? else { break };
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let called = field.file_name().unwrap_or_default().to_owned();
                files.push((called, field.bytes().await.map_err(broken)?.to_vec()));
            } else if self.fields.contains(&name.as_str()) {
                let value = field.text().await.map_err(broken)?;
                if value.len() > self.longest {
                    return Err(Error::Refused(StatusCode::PAYLOAD_TOO_LARGE));
                }
                form = form.with(&name, value);
            }
        }
        Ok((form, files))
    }
}
