"""Which folders leave the computer, and which do not."""

from pathlib import Path

import pytest

from desktop_rag.privacy.places import (
    PlaceKind,
    PlaceWarning,
    Surroundings,
    is_unc,
    surroundings,
    warnings_about,
)

MOUNTS = r"""22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
30 22 0:26 / /mnt/firm rw,relatime shared:1 - nfs4 server:/firm rw,vers=4.2
31 22 0:27 / /mnt/old\040files rw - cifs //server/old rw
32 22 0:28 / /home/ann/remote rw,nosuid - fuse.sshfs ann@server:/ rw
33 30 254:2 / /mnt/firm/local rw - ext4 /dev/vdb1 rw
"""


def around(home: Path, mounts: str = "", **environment: str) -> Surroundings:
    return Surroundings(home, environment, mounts, "linux")


def synced(folder: Path, around: Surroundings) -> list[str]:
    return [one.detail for one in warnings_about(folder, around) if one.kind is PlaceKind.SYNCED]


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive/Library", "OneDrive"),
        ("OneDrive - Smith & Co/Library", "OneDrive"),
        ("Dropbox/a/b/Library", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Google Drive/Library", "Google Drive"),
        ("iCloudDrive/Library", "iCloud Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/Library", "iCloud Drive"),
        ("Library/CloudStorage/Box-Box/Library", "Box"),
        ("Nextcloud/Library", "Nextcloud"),
    ],
)
def test_a_folder_of_a_synchronising_program_is_told_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    assert synced(tmp_path / folder, around(tmp_path)) == [program]


@pytest.mark.parametrize(
    ("marker", "program"),
    [
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c.db", "Nextcloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".stfolder", "Syncthing"),
    ],
)
def test_or_by_what_the_program_leaves_there(tmp_path: Path, marker: str, program: str) -> None:
    (tmp_path / "work" / "smith").mkdir(parents=True)
    (tmp_path / "work" / marker).touch()
    found = synced(tmp_path / "work" / "smith" / "library", around(tmp_path / "home"))
    assert found == [program]


def test_or_by_the_variable_that_it_sets(tmp_path: Path) -> None:
    folder = tmp_path / "anything"
    there = around(tmp_path / "home", OneDriveCommercial=str(folder))
    assert synced(folder / "library", there) == ["OneDrive"]
    assert synced(tmp_path / "anything else", there) == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "library").mkdir(parents=True)
    (tmp_path / "matters").symlink_to(tmp_path / "Dropbox")
    assert synced(tmp_path / "matters" / "library", around(tmp_path)) == ["Dropbox"]


@pytest.mark.parametrize(
    ("folder", "system"),
    [
        ("/mnt/firm/library", "nfs4"),
        ("/mnt/old files/library", "cifs"),
        ("/home/ann/remote/library", "fuse.sshfs"),
        ("/mnt/firm/local/library", ""),
        ("/mnt/firm two/library", ""),
        ("/home/ann/library", ""),
    ],
)
def test_a_network_drive_is_told_by_its_file_system(folder: str, system: str) -> None:
    found = warnings_about(Path(folder), around(Path("/home/nobody"), MOUNTS))
    wanted = (PlaceWarning(PlaceKind.NETWORK, system),) if system else ()
    assert found == wanted


@pytest.mark.parametrize(
    "folder",
    ["library", "Box/library", "Documents/Dropbox/library", "Clients/OneDrive disputes", "Boxes"],
)
def test_an_ordinary_folder_gives_no_alarm(tmp_path: Path, folder: str) -> None:
    (tmp_path / ".dropbox").mkdir()  # the settings of a Dropbox that is elsewhere
    assert warnings_about(tmp_path / folder, around(tmp_path, MOUNTS)) == ()


def test_the_place_of_the_tests_gives_no_alarm(tmp_path: Path) -> None:
    assert warnings_about(tmp_path, surroundings()) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\\server\share\library", True),
        ("//server/share/library", True),
        (r"\\?\UNC\server\share\library", True),
        (r"\\?\C:\library", False),
        (r"\\.\C:\library", False),
        (r"C:\Users\ann\library", False),
        ("library", False),
    ],
)
def test_a_network_share_of_windows_is_told_by_its_path(text: str, expected: bool) -> None:
    assert is_unc(text) is expected


def test_a_warning_says_what_to_do() -> None:
    words = PlaceWarning(PlaceKind.SYNCED, "Dropbox").words
    assert "by Dropbox" in words
    assert "--library DIR" in words
