//! What a file is besides its bytes goes over to the file that takes its place: mode, owner, group,
//! extended attributes and access lists. What cannot be kept is said.

use std::fs::File;
use std::io;
use std::path::Path;

use super::plain::Plain;

/// Has a temporary file made as any new file is, not private.
#[cfg(unix)]
pub(super) fn as_new(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
pub(super) fn as_new(_: &mut tempfile::Builder<'_, '_>) {}

/// Makes the new file what the old one was; what could not be kept, for people.
#[cfg(unix)]
pub(super) fn keep(old: &Plain, new: &File, target: &Path) -> io::Result<Option<String>> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

    let (was, is) = (old.meta(), new.metadata()?);
    let mut mode = was.mode() & 0o7777;
    let mut lost: Vec<String> = Vec::new();
    // The owner comes last: who has given a file away may not change it any more.
    if was.gid() != is.gid() && fchown(new, None, Some(was.gid())).is_err() {
        lost.push("group".to_owned());
        mode = without_group(mode);
    }
    // Giving it away takes these from a file, so they come before, and the mode once more behind.
    let foreign = !lost.is_empty() || was.uid() != is.uid() && fchown(new, Some(was.uid()), None).is_err();
    if foreign && was.uid() != new.metadata()?.uid() {
        lost.push("owner".to_owned());
        mode &= !0o6000;
    }
    attributes::copy(old.file(), new, foreign, &mut lost);
    new.set_permissions(Permissions::from_mode(mode))?;
    if lost.is_empty() {
        return Ok(None);
    }
    Ok(Some(format!("{} is saved, but its {} could not be kept", super::super::shown(target), lost.join(", "))))
}

#[cfg(not(unix))]
pub(super) fn keep(old: &Plain, new: &File, _: &Path) -> io::Result<Option<String>> {
    new.set_permissions(old.meta().permissions())?;
    Ok(None)
}

/// A mode for a file whose group is another: that group may do no more than anybody.
#[cfg(unix)]
fn without_group(mode: u32) -> u32 {
    let others = mode & 0o007;
    (mode & !0o2070) | (others << 3)
}

/// Extended attributes; access lists are among them.
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod attributes {
    use std::fs::File;

    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};

    /// No list of names and no value is longer on Linux.
    const LONGEST: usize = 1 << 16;
    /// An access list.
    const ACCESS: &str = "system.posix_acl_access";

    /// Copies what the old file has; an access list only between files of the same owner and group.
    pub(super) fn copy(old: &File, new: &File, foreign: bool, lost: &mut Vec<String>) {
        let names = names(old);
        // A folder may give its own list to whatever is made in it.
        if !names.iter().any(|name| name == ACCESS) {
            let _ = fremovexattr(new, ACCESS);
        }
        for name in names {
            let Some(value) = value(old, &name) else { continue };
            if name == ACCESS && foreign {
                lost.push("access list".to_owned());
                continue;
            }
            let set = fsetxattr(new, name.as_str(), &value, XattrFlags::empty());
            // What the system itself labels files with is for it to decide.
            let decided = name.starts_with("security.") || self::value(new, &name).as_ref() == Some(&value);
            if set.is_err() && !decided {
                let what = if name == ACCESS { "access list".to_owned() } else { format!("attribute {name}") };
                lost.push(crate::model::text::clean(&what).into_owned());
            }
        }
    }

    /// Names that are no text are not carried over; nobody has any.
    fn names(file: &File) -> Vec<String> {
        let mut list = vec![0_u8; LONGEST];
        let Ok(length) = flistxattr(file, list.as_mut_slice()) else { return Vec::new() };
        let names = list[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty());
        names.filter_map(|name| String::from_utf8(name.to_vec()).ok()).collect()
    }

    fn value(file: &File, name: &str) -> Option<Vec<u8>> {
        let mut value = vec![0_u8; LONGEST];
        let length = fgetxattr(file, name, value.as_mut_slice()).ok()?;
        value.truncate(length);
        Some(value)
    }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "macos"))))]
mod attributes {
    use std::fs::File;

    pub(super) fn copy(_: &File, _: &File, _: bool, _: &mut Vec<String>) {}
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::without_group;

    #[test]
    fn a_group_that_is_another_may_do_what_anybody_may() {
        for (mode, expected) in [(0o640, 0o600), (0o664, 0o644), (0o2660, 0o600), (0o600, 0o600), (0o777, 0o777)] {
            assert_eq!(without_group(mode), expected, "{mode:o}");
        }
    }
}
