//! How a journal is written: a line that names the version, then records, each with its length and a
//! checksum that also covers the record before. What does not check, and all behind it, is no record.

use super::Hash;

/// The first bytes of every journal; the version stands behind it.
const NAME: &[u8] = b"attache journal ";
/// The version that is written.
const VERSION: &[u8] = b"1\n";
/// How many bytes of a record's checksum are kept.
const SUM: usize = 8;
/// The bytes before a record's own: its length, its checksum.
const FRAME: usize = 4 + SUM;

/// Something that happened to a draft, and when: seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// When it was written down.
    pub(super) time: u64,
    /// What happened.
    pub(super) what: What<'a>,
}

/// What can happen to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// The journal begins; the first record, and only that.
    Begin(Begin<'a>),
    /// Some of the text became other text.
    Change {
        /// Whether it belongs to the step before.
        joins: bool,
        /// Where, in bytes.
        at: u64,
        /// How many bytes went.
        removed: u64,
        /// What was done.
        label: &'a str,
        /// What came in their place.
        inserted: &'a str,
    },
    /// A step was taken back.
    Undo,
    /// A step was done again.
    Redo,
    /// The draft's file holds a text with this hash.
    Saved(Hash),
    /// The words go on elsewhere: nothing in here is missed.
    Left,
}

/// What a journal begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Begin<'a> {
    /// Which session of the program wrote it.
    pub(super) session: [u8; 16],
    /// How often the session has written its journal anew.
    pub(super) generation: u32,
    /// The hash of what the draft's file held; `None` where there was no file.
    pub(super) saved: Option<Hash>,
    /// The draft's file: relative to the desk, or absolute.
    pub(super) path: &'a str,
    /// The text that the steps begin from.
    pub(super) text: &'a str,
}

/// Prints records, one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Printer {
    sum: [u8; SUM],
}

impl Printer {
    /// Begins a journal.
    pub(super) fn start(out: &mut Vec<u8>) -> Self {
        out.extend_from_slice(NAME);
        out.extend_from_slice(VERSION);
        Self::default()
    }

    /// Adds a record.
    pub(super) fn print(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&[0; FRAME]);
        out.push(kind(&record.what));
        out.extend_from_slice(&record.time.to_le_bytes());
        body(&record.what, out);
        let payload = &out[start + FRAME..];
        // A record is a few bytes more than a text, and no text that is read comes near this.
        let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
        self.sum = sum(self.sum, payload);
        out[start..start + 4].copy_from_slice(&length.to_le_bytes());
        out[start + 4..start + FRAME].copy_from_slice(&self.sum);
    }
}

fn sum(before: [u8; SUM], payload: &[u8]) -> [u8; SUM] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&before).update(payload);
    let mut out = [0; SUM];
    out.copy_from_slice(&hasher.finalize().as_bytes()[..SUM]);
    out
}

fn kind(what: &What<'_>) -> u8 {
    match what {
        What::Begin(_) => 1,
        What::Change { .. } => 2,
        What::Undo => 3,
        What::Redo => 4,
        What::Saved(_) => 5,
        What::Left => 6,
    }
}

fn body(what: &What<'_>, out: &mut Vec<u8>) {
    match what {
        What::Begin(begin) => {
            out.extend_from_slice(&begin.session);
            out.extend_from_slice(&begin.generation.to_le_bytes());
            out.push(u8::from(begin.saved.is_some()));
            out.extend_from_slice(begin.saved.as_ref().map_or(&[0; 32], |hash| hash.as_bytes()));
            sized(begin.path, out);
            out.extend_from_slice(begin.text.as_bytes());
        }
        What::Change { joins, at, removed, label, inserted } => {
            out.push(u8::from(*joins));
            out.extend_from_slice(&at.to_le_bytes());
            out.extend_from_slice(&removed.to_le_bytes());
            sized(label, out);
            out.extend_from_slice(inserted.as_bytes());
        }
        What::Saved(hash) => out.extend_from_slice(hash.as_bytes()),
        What::Undo | What::Redo | What::Left => {}
    }
}

fn sized(text: &str, out: &mut Vec<u8>) {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

/// Why bytes are no journal that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They do not begin as a journal does.
    NoJournal,
    /// They are of another version of the program.
    Version(String),
}

/// Reads records up to the first that is torn or does not check.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    left: &'a [u8],
    sum: [u8; SUM],
    cut: bool,
}

impl<'a> Reader<'a> {
    /// Begins to read.
    ///
    /// # Errors
    /// The bytes are no journal, or one of another version.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let rest = bytes.strip_prefix(NAME).ok_or(Unreadable::NoJournal)?;
        match rest.strip_prefix(VERSION) {
            Some(left) => Ok(Self { left, sum: [0; SUM], cut: false }),
            None => {
                let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
                let version: String = String::from_utf8_lossy(line).chars().take(20).collect();
                let number = !version.is_empty() && version.len() < rest.len();
                Err(if number { Unreadable::Version(version) } else { Unreadable::NoJournal })
            }
        }
    }

    /// Whether something stands behind the last good record.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.left.is_empty() || self.cut {
            return None;
        }
        let mut left = Bytes(self.left);
        let mut read = || {
            let length = usize::try_from(left.u32()?).ok()?;
            let wanted = left.take(SUM)?;
            let payload = left.take(length)?;
            let found = sum(self.sum, payload);
            (found == wanted).then_some(())?;
            Some((found, record(payload)?))
        };
        let read = read();
        self.cut = read.is_none();
        let (sum, record) = read?;
        self.sum = sum;
        self.left = left.0;
        Some(record)
    }
}

/// Bytes that are taken from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(length)?;
        self.0 = left;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn flag(&mut self) -> Option<bool> {
        match self.array::<1>()? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }

    fn hash(&mut self) -> Option<Hash> {
        self.array().map(Hash::from_bytes)
    }

    fn sized(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.u32()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn rest(&mut self) -> Option<&'a str> {
        let rest = std::mem::take(&mut self.0);
        std::str::from_utf8(rest).ok()
    }
}

/// Reads a record whose bytes check.
fn record(payload: &[u8]) -> Option<Record<'_>> {
    let mut bytes = Bytes(payload);
    let [kind] = bytes.array()?;
    let time = bytes.u64()?;
    let what = match kind {
        1 => {
            let (session, generation) = (bytes.array()?, bytes.u32()?);
            let (is_saved, hash) = (bytes.flag()?, bytes.hash()?);
            let path = bytes.sized()?;
            What::Begin(Begin { session, generation, saved: is_saved.then_some(hash), path, text: bytes.rest()? })
        }
        2 => {
            let (joins, at, removed) = (bytes.flag()?, bytes.u64()?, bytes.u64()?);
            let label = bytes.sized()?;
            What::Change { joins, at, removed, label, inserted: bytes.rest()? }
        }
        3 => What::Undo,
        4 => What::Redo,
        5 => What::Saved(bytes.hash()?),
        6 => What::Left,
        _ => return None,
    };
    bytes.0.is_empty().then_some(Record { time, what })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hash() -> impl Strategy<Value = Hash> {
        any::<[u8; 32]>().prop_map(Hash::from_bytes)
    }

    /// Records as they are owned while a test runs.
    #[derive(Clone, Debug)]
    enum Owned {
        Begin([u8; 16], u32, Option<Hash>, String, String),
        Change(bool, u64, u64, String, String),
        Undo,
        Redo,
        Saved(Hash),
        Left,
    }

    impl Owned {
        fn what(&self) -> What<'_> {
            match self {
                Self::Begin(session, generation, saved, path, text) => {
                    What::Begin(Begin { session: *session, generation: *generation, saved: *saved, path, text })
                }
                Self::Change(joins, at, removed, label, inserted) => {
                    What::Change { joins: *joins, at: *at, removed: *removed, label, inserted }
                }
                Self::Undo => What::Undo,
                Self::Redo => What::Redo,
                Self::Saved(hash) => What::Saved(*hash),
                Self::Left => What::Left,
            }
        }
    }

    fn owned() -> impl Strategy<Value = Owned> {
        prop_oneof![
            (any::<[u8; 16]>(), any::<u32>(), proptest::option::of(hash()), ".{0,12}", ".{0,40}")
                .prop_map(|(a, b, c, d, e)| Owned::Begin(a, b, c, d, e)),
            (any::<bool>(), any::<u64>(), any::<u64>(), ".{0,12}", "(?s).{0,40}")
                .prop_map(|(a, b, c, d, e)| Owned::Change(a, b, c, d, e)),
            Just(Owned::Undo),
            Just(Owned::Redo),
            hash().prop_map(Owned::Saved),
            Just(Owned::Left),
        ]
    }

    fn records(all: &[(u64, Owned)]) -> Vec<Record<'_>> {
        all.iter().map(|(time, what)| Record { time: *time, what: what.what() }).collect()
    }

    fn print(records: &[Record<'_>]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut printer = Printer::start(&mut out);
        records.iter().for_each(|record| printer.print(record, &mut out));
        out
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_the_same(all in proptest::collection::vec((any::<u64>(), owned()), 0..12)) {
            let records = records(&all);
            let bytes = print(&records);
            let mut reader = Reader::new(&bytes).unwrap();
            let read: Vec<_> = reader.by_ref().collect();
            prop_assert_eq!(read, records);
            prop_assert!(!reader.is_cut());
        }

        #[test]
        fn a_journal_cut_anywhere_reads_as_its_first_records(
            all in proptest::collection::vec((any::<u64>(), owned()), 1..8),
            cut in any::<proptest::sample::Index>(),
            tail in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let records = records(&all);
            let whole = print(&records);
            let start = print(&[]).len();
            let at = start + cut.index(whole.len() - start + 1);
            let mut torn = whole[..at].to_vec();
            let fitting = (0..=records.len()).rev().find(|n| print(&records[..*n]).len() <= at).unwrap();
            let mut reader = Reader::new(&torn).unwrap();
            let read: Vec<_> = reader.by_ref().collect();
            prop_assert_eq!(&read, &records[..fitting]);
            prop_assert_eq!(reader.is_cut(), at > print(&records[..fitting]).len());
            // Whatever else stands at the end is cut as well.
            torn.truncate(print(&records[..fitting]).len());
            torn.extend(&tail);
            let read: Vec<_> = Reader::new(&torn).unwrap().collect();
            prop_assert_eq!(&read, &records[..fitting]);
        }

        #[test]
        fn a_bit_that_flipped_ends_the_journal_before_it(
            all in proptest::collection::vec((any::<u64>(), owned()), 1..8),
            at in any::<proptest::sample::Index>(),
            bit in 0..8u8,
        ) {
            let records = records(&all);
            let mut bytes = print(&records);
            let start = print(&[]).len();
            let at = start + at.index(bytes.len() - start);
            bytes[at] ^= 1 << bit;
            let whole = (0..=records.len()).rev().find(|n| print(&records[..*n]).len() <= at).unwrap();
            let mut reader = Reader::new(&bytes).unwrap();
            let read: Vec<_> = reader.by_ref().collect();
            prop_assert_eq!(&read, &records[..whole]);
            prop_assert!(reader.is_cut());
        }

        #[test]
        fn no_bytes_upset_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(reader) = Reader::new(&bytes) {
                let _ = reader.count();
            }
            let mut behind = print(&[]);
            behind.extend(&bytes);
            let _ = Reader::new(&behind).unwrap().count();
        }
    }

    #[test]
    fn another_version_is_told_from_what_is_no_journal() {
        let version = |bytes: &[u8]| Reader::new(bytes).map(|_| ()).unwrap_err();
        assert_eq!(version(b"attache journal 2\nanything"), Unreadable::Version("2".to_owned()));
        assert_eq!(version(b""), Unreadable::NoJournal);
        assert_eq!(version(b"attache jour"), Unreadable::NoJournal);
        assert_eq!(version(b"attache journal 1"), Unreadable::NoJournal);
        assert_eq!(version(b"# a draft\n"), Unreadable::NoJournal);
    }

    #[test]
    fn records_in_another_order_are_noticed() {
        let record = |n| Record { time: n, what: What::Undo };
        let bytes = print(&[record(1), record(2)]);
        let (start, one) = (print(&[]).len(), print(&[record(1)]).len());
        let mut turned = bytes[..start].to_vec();
        turned.extend(&bytes[one..]);
        turned.extend(&bytes[start..one]);
        assert_eq!(Reader::new(&turned).unwrap().count(), 0);
    }
}
