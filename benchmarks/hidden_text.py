"""What looking for text that nobody sees costs a page, and on which pages it finds some.

    python benchmarks/hidden_text.py FOLDER… [--pages 5]

In one process, without limits: give it files that are sound. Times are of the processor.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import time  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from dataclasses import replace  # noqa: E402
from itertools import islice  # noqa: E402
from pathlib import Path  # noqa: E402

from desktop_rag.adapters.page_reader import LocalPageReader, Ocr  # noqa: E402
from desktop_rag.domain import Page, PageMethod  # noqa: E402
from desktop_rag.errors import DocumentError  # noqa: E402

_SHOWN = 5


def looked_at(file: Path, most: int) -> Iterator[tuple[Page, float, float]]:
    """Pages with a text layer, what is hidden in them, and seconds of reading and of looking."""
    document = LocalPageReader(_no_ocr).open(file, (), ocr=False)
    pages = islice(document.pages(), most)
    started = time.process_time()
    for page in pages:
        read = time.process_time()
        hidden = document.hidden(page)
        seen = time.process_time()
        if page.method is PageMethod.PDFIUM:
            yield replace(page, hidden=hidden), read - started, seen - read
        started = time.process_time()
    document.close()


def _no_ocr() -> Ocr:
    raise AssertionError("OCR is off")


def main() -> None:
    """Print the pages with hidden text, then the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=5, help="of each file, the first")
    chosen = parser.parse_args()
    count = flagged = 0
    reading = looking = 0.0
    for file in sorted(file for folder in chosen.folders for file in folder.rglob("*.pdf")):
        try:
            for page, read_s, look_s in looked_at(file, chosen.pages):
                count, reading, looking = count + 1, reading + read_s, looking + look_s
                flagged += bool(page.hidden)
                if page.hidden:
                    pieces = [page.text[start : start + length] for start, length in page.hidden]
                    print(f"{file.name}, page {page.number}: {pieces[:_SHOWN]}")
        except DocumentError as error:
            print(error.message)
    means = (1000 * total / max(count, 1) for total in (reading, looking))
    print(f"{count} pages, {flagged} with hidden text.", end=" ")
    print("Reading {:.1f} ms a page, looking {:.1f} ms.".format(*means))


if __name__ == "__main__":
    main()
