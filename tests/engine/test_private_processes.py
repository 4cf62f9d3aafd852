"""Engine and reader: no dump of memory, closed to debuggers, nothing in the list of processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import make_pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is looked at in /proc")
ROOT = Path(__file__).resolve().parents[2]
LONG_S = 120.0
CANARY = "zanzibarette"

# So that root, too, is a plain user to the processes that it starts.
BEGIN = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_SYS_PTRACE = 24, 19
ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_PTRACE, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
LOOKS = """
import json, os, queue, signal, sys
from functools import partial
from pathlib import Path
from desktop_rag.__main__ import _open_assistant
from desktop_rag.engine.client import EngineClient
from desktop_rag.engine.messages import EngineDied, Failed, Finished

def all_below(pid):
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from all_below(child)

def looked_at(pid):
    place = Path(f"/proc/{pid}")
    try:
        (place / "mem").open("rb").close()
        is_open = True
    except PermissionError:
        is_open = False
    command = (place / "cmdline").read_bytes().decode()
    kind = "tracker" if "resource_tracker" in command else "ours"
    limits = (place / "limits").read_text().splitlines()
    core = next(line.split()[4] for line in limits if line.startswith("Max core"))
    return {"pid": pid, "kind": kind, "debuggable": is_open, "command": command, "core": core}

def until(kind):
    while not isinstance(reply := replies.get(timeout=60), kind):
        pass
    return reply

if __name__ == "__main__":
    replies = queue.Queue()
    client = EngineClient(partial(_open_assistant, Path("library").absolute()), replies.put)
    client.start()
    try:
        client.request("add", [Path(sys.argv[1])], None, ())
        key = until(Finished).value.files[0].document_id
        client.request("open_document", key, ())
        until(Finished)
        seen = [looked_at(pid) for pid in all_below(os.getpid())]
        temporary = [path.name for path in Path("library/temporary").iterdir()]
        readers = [one["pid"] for one in seen if one["kind"] == "ours" and one["pid"] != client.pid]
        os.kill(readers[0], signal.SIGSEGV)
        client.request("open_document", key, ())
        until((Finished, Failed))
        os.kill(client.pid, signal.SIGSEGV)
        until(EngineDied)
        client.request("documents")
        until(Finished)
    finally:
        client.close()
    left = [path.name for path in Path("library").iterdir()]
    print(json.dumps({"seen": seen, "readers": readers, "temporary": temporary, "left": left}))
"""


def run(folder: Path, code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in `folder`."""
    (folder / "looks.py").write_text(code)
    command = [sys.executable, "-c", BEGIN, "looks.py", *map(str, arguments)]
    environment = {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "home"), "HOME": "."}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG_S,
    )


def test_processes_are_closed_dump_nothing_and_name_nothing(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / f"{CANARY}.pdf", [f"The {CANARY} is kept."])
    (tmp_path / "library").mkdir()
    done = run(tmp_path, LOOKS, file)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    ours = [one for one in found["seen"] if one["kind"] == "ours"]
    assert len(ours) == 1 + len(found["readers"]) >= 2
    assert [one for one in ours if one["debuggable"]] == []
    assert [one for one in found["seen"] if CANARY in one["command"]] == []
    # The resource tracker's too. tests/torture/traces.py looks for the files themselves.
    assert {one["core"] for one in found["seen"]} <= {"0", "1"}
    assert CANARY not in done.stderr
    assert len(found["temporary"]) == 1
    assert "temporary" not in found["left"]


def test_the_look_above_would_see_an_open_process(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)\n"
        "open(f'/proc/{child.pid}/mem', 'rb').close()\n"
        "child.kill()\n"
        "print('open')\n"
    )
    assert run(tmp_path, code).stdout == "open\n"
