import subprocess
import sys

import pytest

SECRET = "Zanzibar.pdf"
BEGIN = """
import logging, os, sys, threading, warnings
from desktop_rag.privacy import crash_output
{how}
def fail():
    try:
        open("Zanzibar.pdf")
    except OSError as cause:
        raise RuntimeError("Zanzibar.pdf says") from cause
"""
WAYS = {
    "uncaught": "fail()",
    "thread": "thread = threading.Thread(target=fail); thread.start(); thread.join()",
    "finaliser": "class Made:\n    def __del__(self): fail()\nMade()",
}
REMARKS = {
    "log": "logging.getLogger('some.library').error('Zanzibar.pdf')",
    "warning": "warnings.warn('Zanzibar.pdf')",
}


def said(how: str, what: str) -> str:
    code = BEGIN.format(how=how) + what
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", ["crash_output.keep_to_places()", "crash_output.silence()"])
def test_an_error_tells_its_places_and_causes_without_a_value(how: str, way: str) -> None:
    error, cause = said(how, WAYS[way]).splitlines()
    assert error.startswith("RuntimeError at ")
    assert error.endswith(" fail")
    assert cause.startswith("FileNotFoundError at ")
    assert SECRET not in error + cause
    assert SECRET in said("", WAYS[way])  # as it would be


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("how", ["crash_output.keep_to_places()", "crash_output.silence()"])
def test_what_libraries_remark_is_dropped(how: str, remark: str) -> None:
    assert said(how, REMARKS[remark]) == ""
    assert SECRET in said("", REMARKS[remark])


def test_silence_holds_for_what_is_no_python_and_for_what_is_started() -> None:
    prints = f"os.write(2, b'{SECRET}'); os.system('echo {SECRET} >&2')"
    assert said("crash_output.silence()", prints) == ""
    assert SECRET in said("", prints)
