"""A display that nobody sees, with a window manager and a bus for screen readers; hands for it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.package.checks import Failure, need
from tests.package.clean_root import until

SIZE = (1600, 1000)
NEEDED = (
    "Xvfb",
    "openbox",
    "xdotool",
    "dbus-daemon",
    "busctl",
    "import",
    "/usr/libexec/at-spi2-registryd",
)
REGISTRY = "/usr/libexec/at-spi2-registryd"
_X_SOCKETS = Path("/tmp/.X11-unix")
_STEPS, _PAUSE_S = 12, 0.05  # of a drag: a window is told on the way what hovers above it
_SOURCE = (20, 20)  # where the drag begins, see drag_source.py
_WITH_USERS = 'mount --bind "$0/passwd" /etc/passwd && exec "$@"'
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow user="*"/><allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
  </policy>
</busconfig>
"""


class Screen:
    """Xvfb, openbox and a bus. `environment` is what a program needs to be seen and heard.

    `shared` are the folders of sockets that a program in another root must find; `users` is the
    folder of the file “passwd” that knows who runs it.
    """

    def __init__(self, folder: Path, pictures: Path, users: Path = Path("/etc")) -> None:
        missing = [name for name in (*NEEDED, REGISTRY) if not shutil.which(name)]
        need(not missing, f"these programs are missing: {', '.join(missing)}")
        self._pictures = pictures
        self._count = 0
        self._running: list[subprocess.Popen[bytes]] = []
        socket = folder / "bus"
        (folder / "bus.conf").write_text(_BUS.format(socket=socket))
        folder.chmod(0o755)
        bus = ["dbus-daemon", "--nofork", "--nopidfile", "--config-file", f"{folder}/bus.conf"]
        if users != Path("/etc"):  # it turns away whoever has no name
            bus = ["unshare", "--mount", "sh", "-c", _WITH_USERS, str(users), *bus]
        self._start(*bus)
        until("the bus is there", socket.exists)
        socket.chmod(0o777)
        self.shared = (folder, _X_SOCKETS)
        self.environment = {
            "DISPLAY": self._display(),
            "AT_SPI_BUS_ADDRESS": f"unix:path={socket}",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}",
        }
        os.environ.update(self.environment)
        self._start(REGISTRY)
        until("the registry of screen readers is there", self._has_registry)
        self._start("openbox")

    def _display(self) -> str:
        """Start Xvfb on a number that is free."""
        told, telling = os.pipe()
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        server = ["Xvfb", "-displayfd", str(telling), "-ac", "-screen", "0", size]
        log = subprocess.DEVNULL
        self._running.append(subprocess.Popen(server, pass_fds=[telling], stdout=log, stderr=log))
        os.close(telling)
        with os.fdopen(told) as answer:
            number = answer.readline().strip()
        need(number, "Xvfb did not start")
        return f":{number}"

    def _has_registry(self) -> bool:
        address = f"--address={self.environment['AT_SPI_BUS_ADDRESS']}"
        told = subprocess.run(["busctl", address, "list"], capture_output=True, check=False)
        return b"org.a11y.atspi.Registry" in told.stdout

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        started = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet)
        self._running.append(started)
        return started

    def close(self) -> None:
        """End all that was started, the last one first."""
        for one in reversed(self._running):
            if one.poll() is None:
                one.send_signal(signal.SIGTERM)
                try:
                    one.wait(5)
                except subprocess.TimeoutExpired:
                    one.kill()
                    one.wait()

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        self._count += 1
        self._pictures.mkdir(parents=True, exist_ok=True)
        file = self._pictures / f"{self._count:02}-{name}.png"
        subprocess.run(["import", "-window", "root", str(file)], check=True, timeout=60)

    def click(self, place: tuple[int, int]) -> None:
        """A real click of the mouse."""
        self._hand("mousemove", *map(str, place), "sleep", "0.2", "click", "1")

    def keys(self, *names: str) -> None:
        """Press keys, such as ctrl+q."""
        self._hand("key", "--delay", "50", *names)

    def type(self, text: str) -> None:
        """Type a text as a person would."""
        self._hand("type", "--delay", "15", text)

    def drop(self, files: Sequence[Path], place: tuple[int, int], on_the_way: str) -> None:
        """Drag files from another program and let them go over `place`; a picture before that."""
        names = [str(file) for file in files]
        source = subprocess.Popen(
            [sys.executable, "-m", "tests.package.drag_source", *names], stdout=subprocess.PIPE
        )
        try:
            assert source.stdout is not None
            need(source.stdout.readline().strip() == b"shown", "nothing is there to be dragged")
            time.sleep(0.5)
            self._hand("mousemove", *map(str, _SOURCE), "mousedown", "1")
            for step in range(1, _STEPS + 1):
                x, y = (a + (b - a) * step // _STEPS for a, b in zip(_SOURCE, place, strict=True))
                self._hand("mousemove", str(x), str(y), "sleep", str(_PAUSE_S))
            self._hand("mousemove", str(place[0] + 3), str(place[1] + 3), "sleep", "0.5")
            self.picture(on_the_way)
            self._hand("mouseup", "1")
            said = source.communicate(timeout=30)[0].strip()
            need(said == b"dropped", f"the drop was not taken: {said!r}")
        finally:
            source.kill()
            source.wait()

    def _hand(self, *words: str) -> None:
        done = subprocess.run(["xdotool", *words], check=False, capture_output=True, timeout=120)
        if done.returncode:
            raise Failure(f"xdotool {' '.join(words)}: {done.stderr.decode()}")
