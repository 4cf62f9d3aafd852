"""Whether a folder is carried to other computers by other programs, or lies on one.

Told by what synchronising programs leave in their folders, by the variables that they set, and by
the names that they alone give; on Linux and Windows by what the system says about the drive. Only
the names and kinds of files are looked at. What is not known is not warned about: silence is no
promise. Windows and macOS: untested.
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath

_NETWORK_SYSTEMS = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "glusterfs", "lustre",
    "beegfs", "gpfs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.davfs",
    "fuse.curlftpfs", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.ceph",
    "fuse.smbnetfs",    "fuse.onedriver", "fuse.google-drive-ocamlfuse",
})  # fmt: skip
# What a program leaves in the folder that it synchronises, as patterns of names.
_MARKERS = {
    "Dropbox": (".dropbox.cache",),  # not “.dropbox”: the home folder of its users has one
    "OneDrive": (".849C9593-D756-4E56-8D6E-42412F2A707B",),
    "Google Drive": (".tmp.drivedownload", ".tmp.driveupload"),
    "Nextcloud": (".sync_*.db", "._sync_*.db", ".nextcloudsync.log", ".owncloudsync.log"),
    "Box": (".boxsync", ".box-sync"),
    "Syncthing": (".stfolder",),
}
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# Names of folders directly in the home folder that these programs choose, and nobody by chance.
_HOME_NAMES = {
    "OneDrive": re.compile(r"OneDrive( - .+)?"),
    "Dropbox": re.compile(r"Dropbox( \(.+\))?"),
    "Google Drive": re.compile(r"Google ?Drive|GoogleDrive-.+"),
    "iCloud Drive": re.compile(r"iCloud ?Drive"),
    "Nextcloud": re.compile(r"Nextcloud|ownCloud"),
    "Box": re.compile(r"Box Sync"),
}
# Folders of macOS: ~/Library/Mobile Documents, ~/Library/CloudStorage/Dropbox-…
_MAC_ICLOUD, _MAC_CLOUDS = ("Library", "Mobile Documents"), ("Library", "CloudStorage")
_DRIVE_REMOTE = 4  # GetDriveTypeW
_OCTAL = re.compile(r"\\([0-7]{3})")


class PlaceKind(StrEnum):
    """How a folder leaves this computer."""

    SYNCED = "synced"
    NETWORK = "network"
    ROAMING = "roaming"


@dataclass(frozen=True, slots=True)
class PlaceWarning:
    """One way in which a folder leaves this computer.

    Attributes:
        detail: the synchronising program, or the kind of network drive; "" for a roaming profile.
    """

    kind: PlaceKind
    detail: str

    @property
    def words(self) -> str:
        """What it means and what to do, for the terminal and for reports."""
        return f"The library's folder {_WORDS[self.kind].format(self.detail)}. {_REMEDY}"


_WORDS = {
    PlaceKind.SYNCED: "is kept in step with other computers by {}",
    PlaceKind.NETWORK: "lies on another computer ({})",
    PlaceKind.ROAMING: "belongs to a roaming profile, which Windows copies to a server",
}
_REMEDY = (
    "Its text leaves this computer that way. Keep the library in a folder on a disk of this "
    "computer: start the program with --library DIR."
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a judgement of a folder rests on.

    Attributes:
        mounts: the text of /proc/self/mountinfo; "" elsewhere than on Linux.
    """

    home: Path
    environment: Mapping[str, str]
    mounts: str
    platform: str


def surroundings() -> Surroundings:
    """Those of this process."""
    mounts = ""
    with suppress(OSError):
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    return Surroundings(Path.home(), os.environ, mounts, sys.platform)


def warnings_about(folder: Path, around: Surroundings | None = None) -> tuple[PlaceWarning, ...]:
    """Every way that is known in which what lies in a folder leaves this computer."""
    return tuple(dict.fromkeys(_reasons(folder.absolute(), around or surroundings())))


def _reasons(folder: Path, around: Surroundings) -> Iterator[PlaceWarning]:
    """`folder` is absolute; it stands where it says, and where its links lead."""
    ways = [folder]
    with suppress(OSError, RuntimeError):
        ways.append(folder.resolve())
    for way in ways:
        yield from (PlaceWarning(PlaceKind.SYNCED, name) for name in _synchronisers(way, around))
    system = _network_system(ways[-1], around)
    if system:
        yield PlaceWarning(PlaceKind.NETWORK, system)
    if around.platform == "win32" and _is_roaming(folder, around):
        yield PlaceWarning(PlaceKind.ROAMING, "")


def _synchronisers(folder: Path, around: Surroundings) -> Iterator[str]:
    roots = [around.environment.get(variable) for variable in _ONEDRIVE_VARIABLES]
    if any(folder.is_relative_to(root) for root in roots if root):
        yield "OneDrive"
    if folder.is_relative_to(around.home) and folder != around.home:
        yield from _by_name(folder.relative_to(around.home).parts)
    for place in (folder, *folder.parents):
        for name, patterns in _MARKERS.items():
            if any(_holds(place, pattern) for pattern in patterns):
                yield name


def _by_name(parts: tuple[str, ...]) -> Iterator[str]:
    if parts[:2] == _MAC_ICLOUD:
        yield "iCloud Drive"
    clouds = parts[2:3] if parts[:2] == _MAC_CLOUDS else ()
    if clouds:
        yield clouds[0].partition("-")[0]
    yield from (name for name, known in _HOME_NAMES.items() if known.fullmatch(parts[0]))


def _holds(place: Path, pattern: str) -> bool:
    """Whether a folder holds a file of this name; a place that cannot be seen holds none."""
    try:
        return any(place.glob(pattern)) if "*" in pattern else (place / pattern).exists()
    except OSError:
        return False


def _network_system(folder: Path, around: Surroundings) -> str:
    """The kind of network drive that a folder lies on; "" if it is none, or not known to be."""
    if around.platform == "win32":
        if is_unc(str(folder)):
            return "a network share"
        return "a network drive" if _is_remote_drive(folder.drive) else ""
    best, system = -1, ""
    for mount_point, kind in _mounted(around.mounts):
        if folder.is_relative_to(mount_point) and len(mount_point.parts) >= best:
            best, system = len(mount_point.parts), kind  # the last of the same place is on top
    return system if system in _NETWORK_SYSTEMS else ""


def _mounted(mounts: str) -> Iterator[tuple[Path, str]]:
    """Mount points and their kinds of file system, as proc(5) tells them."""
    for line in mounts.splitlines():
        place, _, source = line.partition(" - ")
        fields = place.split(" ")
        if len(fields) > 4 and source:
            name = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
            yield Path(name), source.split(" ")[0]


def is_unc(text: str) -> bool:
    r"""Whether a path of Windows names another computer: \\server\share."""
    drive = PureWindowsPath(text).drive.upper()
    if drive.startswith("\\\\?\\"):
        return drive.startswith("\\\\?\\UNC\\")
    return drive.startswith("\\\\") and not drive.startswith("\\\\.\\")


def _is_remote_drive(drive: str) -> bool:
    if sys.platform != "win32":
        return False
    return bool(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE)


def _is_roaming(folder: Path, around: Surroundings) -> bool:
    roaming = around.environment.get("APPDATA")
    return bool(roaming) and folder.is_relative_to(roaming or "")
