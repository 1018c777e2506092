//! Pictures whose own files are published, because a link, HTML or a theme names them: readers get them in the format and
//! size that they have, turned the right way, and without what a camera or a program wrote beside the pixels.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::decode::{Unusable, refuse_bombs};
use super::format::format;
use super::parts::{self, parts};
use super::variants::{Made, Variants};
use super::{Images, Kept, Purpose, Wanted, make_missing, unusable, variants};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::site::{Asset, Site, hashed_name};

/// A file as it is published instead of an author's.
#[derive(Debug)]
pub struct Prepared {
    /// The path of its output.
    pub output: String,
    pub bytes: Arc<[u8]>,
}

/// What has to be done with a file.
enum Need {
    Nothing,
    /// This is what is left without all that is no picture.
    Bare(Vec<u8>),
    /// It has to be made again. If it moves, this is published.
    Turned(Fingerprint, Arc<[u8]>),
}

impl Images {
    /// Prepares the files that are to be published themselves.
    pub(super) fn prepare_files(
        &mut self,
        site: &Site,
        wanted: &Wanted,
        config: &Config,
        kept: &Kept,
    ) -> Vec<Diagnostic> {
        let files: Vec<(&String, &Asset)> = site
            .assets
            .iter()
            .filter(|(path, _)| !self.unpublished.contains(*path))
            .collect();
        let needs: Vec<Result<Need, Unusable>> = files
            .par_iter()
            .map(|(path, asset)| need(path, &asset.bytes, config))
            .collect();
        let jobs = needs
            .iter()
            .zip(&files)
            .filter_map(|(need, (_, asset))| match need {
                Ok(Need::Turned(key, _)) => Some((*key, (&asset.bytes, Purpose::File))),
                _ => None,
            });
        let turned = make_missing(&jobs.collect(), config, kept);
        let mut diagnostics = Vec::new();
        for ((path, asset), need) in files.into_iter().zip(needs) {
            let bytes = match need.and_then(|need| done(need, &turned)) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(why) => {
                    let places = wanted.linked.get(path).into_iter().flatten();
                    let mut wrong = unusable(&why, path).as_severe_as(config.broken_links);
                    if matches!(why, Unusable::TooLarge { .. }) {
                        wrong =
                            wrong.help("what readers shall only download belongs into `static`");
                    }
                    diagnostics.extend(places.map(|place| wrong.clone().placed(place)));
                    continue;
                }
            };
            let output = output(path, asset, &bytes);
            self.prepared
                .insert(path.clone(), Prepared { output, bytes });
        }
        diagnostics
    }
}

fn need(path: &str, bytes: &Arc<[u8]>, config: &Config) -> Result<Need, Unusable> {
    let Some(format) = format(bytes) else {
        return match is_named_as_picture(path) {
            true => Err(Unusable::NoPicture),
            false => Ok(Need::Nothing),
        };
    };
    let parts = parts(format, bytes).ok_or(Unusable::Damaged)?;
    refuse_bombs(format, bytes)?;
    let bare = parts::bare(format, bytes, &parts);
    if parts::orientation(bytes, &parts) != 1 {
        let key = variants::key(bytes, Purpose::File, &config.images);
        return Ok(Need::Turned(key, Arc::from(bare)));
    }
    Ok(match bare {
        Cow::Borrowed(_) => Need::Nothing,
        Cow::Owned(bare) => Need::Bare(bare),
    })
}

/// What readers get instead of a file; `None` if that is the file itself.
fn done(
    need: Need,
    turned: &BTreeMap<Fingerprint, Result<Arc<Variants>, Unusable>>,
) -> Result<Option<Arc<[u8]>>, Unusable> {
    let (key, bare) = match need {
        Need::Nothing => return Ok(None),
        Need::Bare(bare) => return Ok(Some(Arc::from(bare))),
        Need::Turned(key, bare) => (key, bare),
    };
    match turned.get(&key).cloned().transpose()?.as_deref() {
        Some(Variants::Made(Made { main, .. })) => {
            Ok(main.first().map(|variant| Arc::clone(&variant.bytes)))
        }
        Some(Variants::File { .. }) | None => Ok(Some(bare)),
    }
}

fn is_named_as_picture(path: &str) -> bool {
    const ENDINGS: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];
    let ending = path.rsplit('.').next().unwrap_or_default();
    ENDINGS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

/// The name of a file holds the hash of what is in it.
fn output(path: &str, asset: &Asset, bytes: &[u8]) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = hashed_name(name, bytes);
    match asset.output.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name,
    }
}
