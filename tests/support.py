"""What many tests need: run a generator, make a small PDF, run the program."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Result = TypeVar("Result")


def finish(steps: Generator[Any, None, Result]) -> Result:
    """Run a generator to its end and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def make_pdf(path: Path, pages: Sequence[str], **options: Any) -> Path:
    """A PDF with one text a page; a line break in the text is one on the page."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1, **options)
    for text in pages:
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(60, 780 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def make_locked_pdf(path: Path, text: str, password: str) -> Path:
    """A PDF of one page that opens with this password alone."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    encryption = StandardEncryption(
        password, ownerPassword=f"{password} of the owner", strength=128
    )
    return make_pdf(path, [text], encrypt=encryption)


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)


def the_program() -> list[str]:
    """What starts the program: these sources, or the built one that DESKTOP_RAG_PROGRAM names."""
    built = os.environ.get("DESKTOP_RAG_PROGRAM")
    return [built] if built else [sys.executable, "-m", "desktop_rag"]


def start_program(
    *arguments: str | Path, home: Path, more: Mapping[str, str] = MappingProxyType({})
) -> subprocess.Popen[str]:
    """The program as a user starts it: `home` is the place of its data, `more` its environment."""
    return subprocess.Popen(
        [*the_program(), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_DATA_HOME": str(home), **more},
    )


def run_program(*arguments: str | Path, home: Path) -> Run:
    """Start the program and wait for its end."""
    program = start_program(*arguments, home=home)
    out, err = program.communicate()
    return Run(program.returncode, out, err)


def make_scan(path: Path, text: str) -> None:
    """A page that is a picture of a text."""
    picture = Image.new("RGB", (1240, 400), "white")
    font = ImageFont.load_default(size=48)
    ImageDraw.Draw(picture).text((60, 150), text, fill="black", font=font)
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.drawInlineImage(picture, 0, 500, 595, 192)
    canvas.save()
