"""What the machine lacks is said in words, before an engine is loaded."""

import os
import platform
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path

import pytest

from desktop_rag.errors import MachineUnfit
from desktop_rag.needs import memory
from desktop_rag.needs.checking import lacks_of_machine, require_fit_machine
from desktop_rag.needs.folders import free_room, lacks_of_folders
from desktop_rag.needs.lack import Lack, Need, size_words
from desktop_rag.needs.memory import lacks_of_memory, total_memory
from desktop_rag.needs.processor import lack_of_processor, level
from desktop_rag.needs.system import GLIBC, lacks_of_system

V2 = "pni ssse3 sse4_1 sse4_2 popcnt cx16 lahf_lm"
V3 = "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"
V4 = "avx512f avx512bw avx512cd avx512dq avx512vl"
GIB = 1 << 30


def cpuinfo(flags: str) -> str:
    return f"processor\t: 0\nflags\t\t: fpu {flags}\n\nprocessor\t: 1\nflags\t\t: fpu {flags}\n"


@pytest.mark.parametrize(
    ("flags", "wanted"),
    [
        (f"{V2} {V3} {V4}", "x86-64-v4"),
        (f"{V2} {V3}", "x86-64-v3"),
        (V2, "x86-64-v2"),
        (f"{V2} {V3}".replace("avx2 ", ""), "x86-64-v2"),
        ("sse2", "x86-64"),
    ],
)
def test_the_level_of_a_processor_is_told(flags: str, wanted: str) -> None:
    assert level(lambda: cpuinfo(flags), "x86_64") == wanted


def test_a_processor_without_avx2_stops_the_program_and_is_named() -> None:
    flags = f"{V2} {V3}".replace("avx2 ", "").replace("abm ", "")
    [lack] = lack_of_processor(lambda: cpuinfo(flags), "x86_64")
    assert lack.need is Need.PROCESSOR
    assert lack.stops
    assert lack.had == "AVX2, LZCNT"
    assert "x86-64-v3" in lack.message
    assert "AVX2" in lack.message


def test_a_processor_that_suffices_or_does_not_say_is_let_through() -> None:
    assert lack_of_processor(lambda: cpuinfo(f"{V2} {V3}"), "x86_64") == []
    assert lack_of_processor(lambda: "", "x86_64") == []
    assert lack_of_processor(lambda: cpuinfo(""), "aarch64") == []


def test_the_real_processor_of_tests_suffices() -> None:
    if platform.machine() == "x86_64":
        assert level() in ("x86-64-v3", "x86-64-v4")
    assert not [lack for lack in lacks_of_machine() if lack.stops]


def test_an_old_system_and_a_short_word_are_refused() -> None:
    [bits] = lacks_of_system(bits=32)
    assert bits.need is Need.BITS
    assert bits.stops
    [old] = lacks_of_system(bits=64, library="glibc 2.31")
    assert old.need is Need.SYSTEM
    assert old.had == "glibc 2.31"
    assert lacks_of_system(bits=64, library="glibc 2.36") == []
    assert lacks_of_system(bits=64, library="") == []


def test_the_c_library_that_is_asked_for_is_the_newest_that_a_wheel_asks_for() -> None:
    wanted: set[tuple[int, int]] = set()
    for distribution in distributions():
        for line in (distribution.read_text("WHEEL") or "").splitlines():
            if line.startswith("Tag:") and "manylinux_" in line:
                # A wheel may bear several tags: the oldest is what it needs.
                parts = [part for part in line.split(".") if "manylinux_" in part]
                olds = [part.split("manylinux_")[1].split("_")[:2] for part in parts]
                wanted.add(min((int(major), int(minor)) for major, minor in olds))
    if not wanted:
        pytest.skip("no wheel of this system is installed")
    assert max(wanted) <= GLIBC


def fake_files(files: Mapping[str, str]) -> memory.ReadText:
    return lambda file: files.get(str(file), "")


def meminfo(total: int, free: int) -> str:
    return f"MemTotal: {total // 1024} kB\nMemFree: 1 kB\nMemAvailable: {free // 1024} kB\n"


def test_too_little_memory_stops_and_little_free_memory_is_remarked() -> None:
    read = fake_files({"/proc/meminfo": meminfo(GIB // 2, GIB // 4)})
    [lack] = lacks_of_memory(read, address_space=64 * GIB)
    assert lack.need is Need.MEMORY
    assert lack.stops
    assert lack.had == size_words(GIB // 2)
    read = fake_files({"/proc/meminfo": meminfo(2 * GIB, GIB // 4)})
    [lack] = lacks_of_memory(read, address_space=64 * GIB)
    assert lack.need is Need.LITTLE_MEMORY
    assert not lack.stops
    read = fake_files({"/proc/meminfo": meminfo(16 * GIB, GIB // 4)})
    assert lacks_of_memory(read, address_space=64 * GIB) == []
    assert lacks_of_memory(fake_files({}), address_space=64 * GIB) == []


def test_the_limit_of_a_control_group_counts_also_one_further_up() -> None:
    files = {
        "/proc/meminfo": meminfo(16 * GIB, 8 * GIB),
        "/proc/self/cgroup": "0::/user.slice/app.scope\n",
        "/sys/fs/cgroup/user.slice/app.scope/memory.max": "max\n",
        "/sys/fs/cgroup/user.slice/memory.max": f"{GIB // 2}\n",
    }
    assert total_memory(fake_files(files)) == GIB // 2
    old = {
        "/proc/meminfo": meminfo(16 * GIB, 8 * GIB),
        "/proc/self/cgroup": "4:memory:/box\n1:cpu:/\n",
        "/sys/fs/cgroup/memory/box/memory.limit_in_bytes": f"{GIB}\n",
    }
    assert total_memory(fake_files(old)) == GIB


def test_a_limit_of_the_address_space_stops() -> None:
    [lack] = lacks_of_memory(fake_files({}), address_space=GIB)
    assert lack.need is Need.ADDRESS_SPACE
    assert lack.stops


def test_a_lack_that_stops_is_an_error_and_one_that_limits_is_none() -> None:
    require_fit_machine(lambda: [Lack(Need.LITTLE_MEMORY, "1 MB", "2 MB")])
    with pytest.raises(MachineUnfit, match="AVX2"):
        require_fit_machine(lambda: [Lack(Need.PROCESSOR, "AVX2", "AVX2 (x86-64-v3)")])


def test_every_need_has_words() -> None:
    for need in Need:
        lack = Lack(need, "had", "needed")
        assert "had" in lack.message
        assert lack.hint


def test_folders_that_can_be_written_lack_nothing_and_nothing_is_left(tmp_path: Path) -> None:
    data = tmp_path / "data"
    lacks = lacks_of_folders(data, data / "library")
    assert not [lack for lack in lacks if lack.need is not Need.LITTLE_DISK]
    assert sorted(tmp_path.rglob("*")) == [data, data / "library"]
    assert (data / "library").stat().st_mode & 0o077 == 0


def test_a_file_in_the_place_of_the_library_is_told(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("")
    [lack] = lacks_of_folders(tmp_path, tmp_path / "library")
    assert lack.need is Need.LIBRARY_FOLDER
    assert lack.stops
    assert str(tmp_path / "library") in lack.message


def test_a_home_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/proc/nonexistent")
    data = Path("/proc/nonexistent/.local/share/desktop-rag")
    [lack] = lacks_of_folders(data, data / "library")
    assert lack.need is Need.DATA_FOLDER
    assert "/proc/nonexistent" in lack.message


def test_settings_that_cannot_be_kept_stop_nothing(tmp_path: Path) -> None:
    lacks = lacks_of_folders(Path("/proc/nonexistent/data"), tmp_path / "library")
    kept = [lack for lack in lacks if lack.need is not Need.LITTLE_DISK]
    assert [lack.need for lack in kept] == [Need.SETTINGS_FOLDER]
    assert not kept[0].stops


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    if not os.access("/dev/full", os.W_OK):
        pytest.skip("this system has no /dev/full")

    def full(*_: object, **__: object) -> object:
        return open("/dev/full", "wb", buffering=0)  # noqa: PTH123 - closed by its user

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.TemporaryFile", full)
        [lack] = lacks_of_folders(tmp_path, tmp_path / "library")
    assert lack.need is Need.DISK
    assert lack.stops


def test_room_is_told_for_a_folder_that_is_not_made_yet(tmp_path: Path) -> None:
    assert (free_room(tmp_path / "not" / "made") or 0) > 0
