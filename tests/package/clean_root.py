"""A Debian 12 that has nothing: made once, kept as an archive, unpacked for each run.

Needs root (mounts, chroot) and mmdebstrap. In it a user `tester` with an empty home, who has no
network; root in it may use that of the host, to install what the package depends on.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.package.checks import Failure, need

USER, UID = "tester", 20_000
HOME = Path("/home") / USER
PROGRAM = "/usr/bin/desktop-rag"
TIME_LIMIT_S = 300
# Not chroot: the kernel lets nobody make a namespace of users in one, as “unshare -rn” does.
_ENTER = 'cd "$0" && pivot_root . mnt && cd / && umount -l /mnt && exec setpriv "$@"'
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
# Where files may come and go: the user's own places, and the kernel's.
_FREE = ("proc", "sys", "dev", "tmp", "run", "home")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        try:
            return json.loads(self.out)
        except ValueError as error:
            raise Failure(f"no JSON but {self.out[:300]!r}; {self.err[-300:]}") from error


@dataclass(frozen=True)
class CleanRoot:
    """A root folder with its mounts; `close` takes them away again."""

    path: Path

    def prepare(self, archive: Path) -> None:
        """Unpack, mount, and add the user. Raises Failure with what a tool said."""
        if not archive.exists():
            _bootstrap(archive)
        self.path.mkdir(parents=True)
        _call("mount", "--bind", self.path, self.path)  # what is to become a root is a mount
        _call("tar", "--extract", "--numeric-owner", "--file", archive, "--directory", self.path)
        for kind, options in (("proc", ""), ("sysfs", "ro")):
            place = self.path / ("sys" if kind == "sysfs" else kind)
            _call("mount", "-t", kind, *(["-o", options] if options else []), kind, place)
        self._mount_devices()
        for name in ("tmp", "run"):
            mode = "1777" if name == "tmp" else "755"
            _call("mount", "-t", "tmpfs", "-o", f"mode={mode}", "tmpfs", self.path / name)
        shutil.copy("/etc/resolv.conf", self.path / "etc" / "resolv.conf")
        # A program that a package would start on its own has nothing to do here.
        (self.path / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (self.path / "usr/sbin/policy-rc.d").chmod(0o755)
        self.as_root("groupadd", "--gid", str(UID), USER)
        add = ("useradd", "--uid", str(UID), "--gid", str(UID), "--shell", "/bin/sh")
        self.as_root(*add, "--create-home", USER)
        self.as_root("install", "-d", "-o", USER, "-m", "700", f"/run/user/{UID}")
        self.as_root("apt-get", "update", "-q", *_THREE_TRIES)

    def _mount_devices(self) -> None:
        dev = self.path / "dev"
        _call("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", dev)
        for name in _DEVICES:
            (dev / name).touch()
            _call("mount", "--bind", f"/dev/{name}", dev / name)
        (dev / "shm").mkdir()
        _call("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", dev / "shm")
        for name, target in (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1")):
            (dev / name).symlink_to(target)

    def share(self, folder: Path) -> None:
        """Let a folder of the host be seen at the same place inside."""
        place = self.path / folder.relative_to("/")
        place.mkdir(parents=True, exist_ok=True)
        _call("mount", "--bind", folder, place)

    def close(self) -> None:
        """Take away mounts and files, whatever state they are in."""
        mounts = Path("/proc/self/mounts").read_text().splitlines()
        places = [line.split()[1] for line in mounts]
        inside = [one for one in places if f"{one}/".startswith(f"{self.path}/")]
        for place in reversed(inside):
            if subprocess.run(["umount", place], check=False, capture_output=True).returncode:
                subprocess.run(["umount", "--lazy", place], check=False)
        shutil.rmtree(self.path, ignore_errors=True)

    def as_root(self, *words: str, may_fail: bool = False) -> Done:
        """Run a command as root inside. Raises Failure if it fails, with its last words."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        inside = ["chroot", str(self.path), "/usr/bin/env", "-i", *_pairs(environment), *words]
        done = _run(inside)
        if done.code and not may_fail:
            raise Failure(f"{' '.join(words)}: {done.out[-600:]} {done.err[-600:]}")
        return done

    def command(
        self, words: Sequence[str], environment: Mapping[str, str], before: Sequence[str] = ()
    ) -> list[str]:
        """What runs a command inside as the user, without a network; its process is the program's.

        `before` is what starts it inside, such as `unshare -rn`.
        """
        alone = ["unshare", "--net", "--mount", "--propagation", "private"]
        enter = ["sh", "-c", _ENTER, str(self.path), f"--reuid={UID}", f"--regid={UID}"]
        begin = ["/usr/bin/env", "--chdir", str(HOME), "-i", *_pairs(environment)]
        return [*alone, *enter, "--clear-groups", *begin, *before, *words]

    def as_user(
        self,
        *words: str,
        environment: Mapping[str, str] = MappingProxyType({}),
        before: Sequence[str] = (),
    ) -> Done:
        """Run a command as the user, with an environment of next to nothing."""
        least = {"HOME": str(HOME), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        return _run(self.command(words, least | dict(environment), before))

    def program(self, *words: str, **more: Any) -> Done:
        """Run the installed program as the user."""
        return self.as_user(PROGRAM, *words, **more)

    def give(self, source: Path, place: Path) -> Path:
        """Copy a file or folder into the root, as the user's own; `place` is as seen inside."""
        target = self.inside(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        self._hand_over()
        return place

    def unpack(self, archive: Path, place: Path) -> None:
        """Unpack an archive into a folder of the user's; tools of the host do it."""
        self.inside(place).mkdir(parents=True)
        _call("tar", "--extract", "--auto-compress", "--file", archive, "-C", self.inside(place))
        self._hand_over()

    def inside(self, place: Path) -> Path:
        """Where the host sees what is at `place` inside."""
        return self.path / place.relative_to("/")

    def _hand_over(self) -> None:
        _call("chown", "-R", f"{UID}:{UID}", self.inside(HOME))

    def files(self) -> dict[str, tuple[int, int, int]]:
        """Mode, size and time of every file outside the places where files may come and go."""
        found = {}
        for name in sorted({path.name for path in self.path.iterdir()} - {*_FREE}):
            for path in _all_below(self.path / name):
                state = path.lstat()
                facts = state.st_mode, 0 if path.is_dir() else state.st_size, state.st_mtime_ns
                found[str(path.relative_to(self.path))] = facts
        return found


_THREE_TRIES = ("-o", "Acquire::Retries=3")


def _all_below(folder: Path) -> Iterator[Path]:
    yield folder
    if folder.is_dir() and not folder.is_symlink():
        yield from folder.rglob("*")


def _bootstrap(archive: Path) -> None:
    need(shutil.which("mmdebstrap"), "mmdebstrap is missing: apt-get install mmdebstrap")
    archive.parent.mkdir(parents=True, exist_ok=True)
    arriving = archive.with_name("arriving-" + archive.name)
    _call("mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "bookworm", arriving)
    arriving.rename(archive)


def _pairs(environment: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]


def _call(*words: str | Path) -> None:
    done = _run([*map(str, words)])
    if done.code:
        raise Failure(f"{' '.join(map(str, words))}: {done.err[-600:]}")


def _run(words: Sequence[str]) -> Done:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=TIME_LIMIT_S, errors="replace"
    )
    return Done(done.returncode, done.stdout, done.stderr)


def until(what: str, done: Callable[[], Any], limit_s: float = 60) -> Any:
    """Ask again and again until something is so, and return it. Raises Failure after a while."""
    end = time.monotonic() + limit_s
    while True:
        with suppress(LookupError):
            found = done()
            if found:
                return found
        need(time.monotonic() < end, f"not so after {limit_s:.0f} s: {what}")
        time.sleep(0.1)
