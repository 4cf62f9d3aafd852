import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop_rag.__main__ import _may_use_network
from desktop_rag.privacy import guard, self_test

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
FAMILIES = [socket.AF_INET, socket.AF_INET6, getattr(socket, "AF_NETLINK", 16)]


@linux
@pytest.mark.parametrize("family", FAMILIES)
def test_no_socket_but_a_local_one_can_be_opened(family: int) -> None:
    with pytest.raises(PermissionError):
        socket.socket(family, socket.SOCK_DGRAM)
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


@linux
def test_threads_and_children_are_shut_in_too() -> None:
    outcome: list[type[BaseException]] = []

    def attempt() -> None:
        try:
            socket.socket(socket.AF_INET)
        except PermissionError as error:
            outcome.append(type(error))

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    child = subprocess.run(
        [sys.executable, "-I", "-c", "import socket; socket.socket(socket.AF_INET)"],
        capture_output=True,
        check=False,
    )
    assert outcome == [PermissionError]
    assert b"PermissionError" in child.stderr


@linux
def test_the_self_test_finds_every_way_shut() -> None:
    attempts = self_test.run()
    assert len(attempts) >= 8
    assert self_test.is_shut(attempts)
    others = {attempt.verdict for attempt in attempts if attempt.name != "DNS"}
    assert others == {self_test.Verdict.BLOCKED}


@linux
@pytest.mark.parametrize(
    ("is_there", "verdict"),
    [(False, self_test.Verdict.BLOCKED), (True, self_test.Verdict.BEST_EFFORT)],
)
def test_a_name_service_beside_the_program_is_kept_out_by_the_program_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_there: bool,
    verdict: self_test.Verdict,
) -> None:
    """The kernel lets a local socket through; what is told of it must not claim more."""
    service = tmp_path / "service"
    if is_there:
        service.touch()
    monkeypatch.setattr(self_test, "_NAME_SERVICES", (str(service),))
    found = {attempt.name: attempt.verdict for attempt in self_test.run()}
    assert found["DNS"] is verdict


@linux
def test_no_other_program_is_asked_to_look_up_a_name() -> None:
    """The files of this computer alone say that there is no such name; a server would not answer.

    Without that rule the C library's resolver fails for want of a socket, which is EAI_AGAIN.
    """
    assert socket.getaddrinfo("localhost", 443)
    with pytest.raises(socket.gaierror) as failure:
        socket.getaddrinfo("name.invalid", 443)
    assert failure.value.errno == socket.EAI_NONAME


def test_the_environment_asks_libraries_to_stay_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "somewhere")
    monkeypatch.setenv("HF_TOKEN", "secret")
    guard.activate()
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert "HTTPS_PROXY" not in os.environ
    assert "HF_TOKEN" not in os.environ


def test_new_files_are_private(tmp_path: object) -> None:
    assert os.umask(0o077) == 0o077


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["models", "fetch"], True),
        (["--library", "x", "models", "fetch", "smollm2"], True),
        (["--json", "models", "fetch"], True),
        (["models", "list"], False),
        (["ask", "models fetch"], False),
        (["search", "models", "fetch"], False),
        (["--library", "models", "fetch"], False),
        ([], False),
    ],
)
def test_only_models_fetch_starts_without_the_wall(arguments: list[str], allowed: bool) -> None:
    assert _may_use_network(arguments) is allowed
