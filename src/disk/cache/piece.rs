//! One piece of the cache: a hash of the rest, who wrote it, where each member lies, and the members.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::check::Rule;
use crate::disk::known::Kept;
use crate::disk::stamp::Stamp;
use crate::disk::{Hash, hash};
use crate::finding::{Anchor, Edit, Finding, Fix, Severity};
use crate::model::Event;
use crate::turns;
use crate::yaml::Step;

/// The ending of a piece's name.
pub(super) const ENDING: &str = "piece";
/// How long a hash is, in bytes.
const HASH: usize = 32;
/// The largest piece that is read; the files of one have 4 MB each at most, and few have a hundredth of it.
const MAX_PIECE: u64 = 1 << 30;

/// How long a member takes, in microseconds.
const MEMBER: u32 = 15;

/// A member to be written.
pub(super) struct Entry<'a> {
    pub(super) path: &'a str,
    pub(super) stamp: Stamp,
    pub(super) kept: &'a Kept,
}

/// A member as read: its path on the desk, and what was in it.
pub(super) type Member = (Box<str>, Kept);

/// Where a member lies.
#[derive(Serialize, Deserialize)]
struct Place<'a> {
    path: &'a str,
    stamp: Stamp,
    hash: [u8; HASH],
    length: usize,
}

/// A finding of a file, whose path is known.
#[derive(Serialize, Deserialize)]
struct Told<'a> {
    rule: &'a str,
    severity: Severity,
    anchor: Anchor,
    fact: Option<String>,
    message: String,
    help: Option<String>,
    /// Label, way and value: findings of event files have no other way to be mended.
    fixes: Vec<(String, Vec<Step>, String)>,
}

impl<'a> Told<'a> {
    fn of(finding: &'a Finding) -> Option<Self> {
        let fix = |fix: &Fix| match &fix.edit {
            Edit::Value(way, value) => Some((fix.label.clone(), way.clone(), value.clone())),
            Edit::Bytes(..) | Edit::Front(..) => None,
        };
        Some(Self {
            rule: finding.rule,
            severity: finding.severity,
            anchor: finding.anchor.clone(),
            fact: finding.fact.clone(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            fixes: finding.fixes.iter().map(fix).collect::<Option<_>>()?,
        })
    }

    fn finding(self, path: &str) -> Option<Finding> {
        let mut finding = Finding::new(Rule::find(self.rule)?.id, self.severity, path, self.anchor, self.message);
        finding.fact = self.fact;
        finding.help = self.help;
        let fixes = self.fixes.into_iter();
        finding.fixes = fixes.map(|(label, way, value)| Fix { label, edit: Edit::Value(way, value) }).collect();
        Some(finding)
    }
}

/// The bytes of a piece; `None` if something in it has no form here.
pub(super) fn write(program: &[u8; HASH], entries: &[Entry<'_>]) -> Option<Vec<u8>> {
    let mut bodies = Vec::new();
    let mut members = Vec::with_capacity(entries.len());
    for Entry { path, stamp, kept } in entries {
        turns::give_way(MEMBER);
        let (event, findings) = &kept.reading;
        // What has no form here is read anew each time.
        let Some(told) = findings.iter().map(Told::of).collect::<Option<Vec<_>>>() else { continue };
        let before = bodies.len();
        bodies = postcard::to_extend(&(event.as_deref(), told), bodies).ok()?;
        members.push(Place { path, stamp: *stamp, hash: *kept.hash?.as_bytes(), length: bodies.len() - before });
    }
    let mut bytes = vec![0; HASH];
    bytes.extend(program);
    bytes = postcard::to_extend(&members, bytes).ok()?;
    bytes.append(&mut bodies);
    let (place, rest) = bytes.split_at_mut(HASH);
    place.copy_from_slice(hash(rest).as_bytes());
    Some(bytes)
}

/// The members of a piece that are wanted; none of another program's piece. `None` if it is not whole. The room in `bytes` is
/// used, and what is in it taken away.
pub(super) fn read(
    path: &Path,
    program: &[u8; HASH],
    bytes: &mut Vec<u8>,
    wanted: &dyn Fn(&str, Stamp) -> bool,
) -> Option<Vec<Member>> {
    let (mut file, meta) = crate::disk::write::open_plain(path).ok()??;
    if meta.len() > MAX_PIECE {
        return None;
    }
    bytes.clear();
    bytes.reserve(usize::try_from(meta.len()).ok()? + 1);
    std::io::Read::read_to_end(&mut file, bytes).ok()?;
    let (written, rest) = bytes.split_first_chunk::<HASH>()?;
    if hash_in_turns(rest) != *written {
        return None;
    }
    let (writer, rest) = rest.split_first_chunk::<HASH>()?;
    if writer != program {
        return Some(Vec::new());
    }
    let (places, bodies) = postcard::take_from_bytes::<Vec<Place<'_>>>(rest).ok()?;
    let mut found = Vec::with_capacity(places.len());
    let mut at = 0_usize;
    for Place { path, stamp, hash, length } in places {
        turns::give_way(MEMBER);
        let body: Range<usize> = at..at.checked_add(length)?;
        at = body.end;
        if !wanted(path, stamp) {
            continue;
        }
        let (event, told): (Option<Event>, Vec<Told<'_>>) = postcard::from_bytes(bodies.get(body)?).ok()?;
        // A rule that is not known is one more reason to read the file itself.
        let Some(findings) = told.into_iter().map(|told| told.finding(path)).collect::<Option<_>>() else { continue };
        let reading = (event.map(Arc::new), findings);
        found.push((path.into(), Kept { stamp: Some(stamp), hash: Some(Hash::from_bytes(hash)), reading }));
    }
    Some(found)
}

/// The hash of a text that is long.
fn hash_in_turns(bytes: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for part in bytes.chunks(1 << 17) {
        turns::give_way(100);
        hasher.update(part);
    }
    hasher.finalize()
}
