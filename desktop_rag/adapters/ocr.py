"""Recognition of scanned pages with RapidOCR, whose models lie inside its package."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr
from numpy.typing import NDArray
from rapidocr.inference_engine.onnxruntime.main import OrtInferSession

from desktop_rag.domain import PageImage, TextBox
from desktop_rag.privacy.processes import thread_named

_LINE_OVERLAP = 0.5
_WORD = re.compile(r"\S+")
# RapidOCR centres a box of even width on each character, so wide first and last ones stand out.
_OVERHANG = 0.2

# A turned scan is kept so if nearly as much was recognised on it: its lines are in order then.
_AS_GOOD = 0.9
_LONG_PIECE = 4
_TALL = 1.5
_ON_ITS_HEAD = 0.6

Corners = NDArray[np.float64]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was recognised: `weight` counts characters by how sure they are, see `_turns`."""

    text: str = ""
    boxes: tuple[TextBox, ...] = ()
    weight: float = 0.0
    turns: int = 0


class RapidOcr:
    """Loads the three bundled graphs by path, so that nothing is ever looked up elsewhere.

    `passing` is entered for each run of a graph, and may let it wait. The threads of the graphs are
    seen in the system's lists as “recogniser”.
    """

    def __init__(
        self,
        threads: int,
        passing: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        _let_threads_sleep()
        models = Path(rapidocr.__file__).parent / "models"
        self._engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )

        engine = self._engine
        for load in (engine._load_det_model, engine._load_cls_model, engine._load_rec_model):  # noqa: SLF001 - it has no other way to reach a graph
            with thread_named("recogniser"):
                part = load()
            part.session = _gated(part.session, passing)
        self._upside_down: list[bool] = []
        classify = self._engine.cls_and_rotate

        def cls_and_rotate(crops: object) -> Any:
            """RapidOCR's own step, which turns pieces that stand on their heads, overheard."""
            found = classify(crops)
            self._upside_down = ["180" in label for label, _ in found[1].cls_res or ()]
            return found

        self._engine.cls_and_rotate = cls_and_rotate

    def recognise(
        self, image: PageImage, width: float, height: float
    ) -> tuple[str, tuple[TextBox, ...]]:
        """The text of a page, line by line from the top, and the boxes of its words.

        `width` and `height` are the page's size in points as it is shown; so are the boxes, also
        where the scan itself lies on its side or on its head.
        """
        pixels = np.frombuffer(image.pixels, dtype=np.uint8)
        colours = pixels.reshape(image.height, image.width, 4)[:, :, 2::-1]
        seen = self._seen(colours, width, height)
        if seen.turns:
            size = (height, width) if seen.turns % 2 else (width, height)
            turned = self._seen(np.rot90(colours, seen.turns), *size)
            if turned.weight >= _AS_GOOD * seen.weight:
                back = [_turned_back(box, seen.turns, width, height) for box in turned.boxes]
                return turned.text, tuple(back)
        return seen.text, seen.boxes

    def _seen(self, colours: Pixels, width: float, height: float) -> _Seen:
        """What is on a picture of `width` x `height` points, taken as it lies."""
        self._upside_down = []
        result = self._engine(
            np.ascontiguousarray(colours), return_word_box=True, return_single_char_box=True
        )
        if result.boxes is None or result.txts is None:
            return _Seen()
        scale = np.array([width / colours.shape[1], height / colours.shape[0]])
        quads = np.asarray(result.boxes, dtype=np.float64) * scale
        characters = list(result.word_results or ())
        if len(characters) != len(quads):  # it leaves out a piece that it could not cut
            characters = [()] * len(quads)
        pieces = zip(result.txts, quads, characters, strict=True)
        places = [_word_corners(*piece, scale) for piece in pieces]
        text, boxes = _laid_out(_in_reading_order(quads), list(result.txts), places)
        weight = sum(
            len(piece) * score for piece, score in zip(result.txts, result.scores, strict=True)
        )
        return _Seen(text, boxes, weight, _turns(result.txts, quads, self._upside_down))


def _let_threads_sleep() -> None:
    """Threads of a graph wait asleep for their part; else they spin, and take others' cores."""
    make = OrtInferSession._init_sess_opts  # noqa: SLF001 - RapidOCR has no setting for it

    def sleeping(settings: dict[str, Any]) -> Any:
        options = make(settings)
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return options

    OrtInferSession._init_sess_opts = staticmethod(sleeping)  # noqa: SLF001


def _gated(
    run: Callable[[Any], Any], passing: Callable[[], AbstractContextManager[None]]
) -> Callable[[Any], Any]:
    """A graph of RapidOCR's that lets others go first."""

    def run_in_turn(pixels: Any) -> Any:
        with passing(), thread_named("recogniser"):
            return run(pixels)

    return run_in_turn


def _turns(texts: Sequence[str], quads: Corners, upside_down: Sequence[bool]) -> int:
    """By how many quarters, against the clock, a picture must be turned to be upright.

    Its lines tell: on a scan that lies on its side they are taller than wide. RapidOCR turns such
    a piece by a quarter against the clock before it asks whether that stands on its head.
    """
    long = [quad for text, quad in zip(texts, quads, strict=True) if len(text) >= _LONG_PIECE]
    if not long:
        return 0
    sides = [quad.max(axis=0) - quad.min(axis=0) for quad in long]
    lies = sum(height > _TALL * width for width, height in sides) > len(sides) / 2
    on_its_head = sum(upside_down) > _ON_ITS_HEAD * len(upside_down)
    if lies:
        return 3 if on_its_head else 1
    return 2 if on_its_head and len(long) > 1 else 0


def _turned_back(box: TextBox, turns: int, width: float, height: float) -> TextBox:
    """A box on a picture that was turned, on the page of `width` x `height` as it is shown."""
    right, bottom = box.left + box.width, box.top + box.height
    if turns == 1:
        left, top = width - bottom, box.left
    elif turns == 2:
        left, top = width - right, height - bottom
    else:
        left, top = box.top, height - right
    sides = (box.height, box.width) if turns % 2 else (box.width, box.height)
    return TextBox(box.start, box.length, round(left, 2), round(top, 2), *sides)


def _in_reading_order(quads: Corners) -> list[list[int]]:
    """Pieces on one height are one line, left to right; lines go from top to bottom."""
    tops, bottoms = quads[:, :, 1].min(axis=1), quads[:, :, 1].max(axis=1)
    lefts = quads[:, :, 0].min(axis=1)
    lines: list[list[int]] = []
    for index in np.argsort((tops + bottoms) / 2):
        if lines:
            anchor = lines[-1][0]
            shared = min(bottoms[anchor], bottoms[index]) - max(tops[anchor], tops[index])
            if shared > _LINE_OVERLAP * (bottoms[index] - tops[index]):
                lines[-1].append(int(index))
                continue
        lines.append([int(index)])
    return [sorted(line, key=lambda index: float(lefts[index])) for line in lines]


def _laid_out(
    lines: Sequence[Sequence[int]], texts: Sequence[str], places: Sequence[Sequence[Corners]]
) -> tuple[str, tuple[TextBox, ...]]:
    """The page's text, and a box for each of its words."""
    page = ""
    boxes: list[TextBox] = []
    for line in lines:
        page += "\r\n" if page else ""
        for position, piece in enumerate(line):
            page += " " if position else ""
            words = _WORD.finditer(texts[piece])
            boxes += [
                _box(len(page) + word.start(), len(word.group()), corners)
                for word, corners in zip(words, places[piece], strict=True)
            ]
            page += texts[piece]
    return page, tuple(boxes)


def _word_corners(
    text: str, quad: Corners, characters: Sequence[Sequence[object]], scale: Corners
) -> list[Corners]:
    """Top left and bottom right of each word of a piece of text.

    They come from the boxes of its characters; where RapidOCR did not tell all of these, the
    piece's own box is cut in proportion.
    """
    visible = [character for character in text if not character.isspace()]
    if [character[0] for character in characters] != visible:
        return list(_cut_in_proportion(text, quad))
    points = np.array([character[2] for character in characters], dtype=np.float64) * scale
    overhang = _OVERHANG * (points[:, :, 0].max(axis=1) - points[:, :, 0].min(axis=1)).mean()
    found = []
    first = 0
    for word in _WORD.findall(text):
        own = points[first : first + len(word)].reshape(-1, 2)
        first += len(word)
        left = max(own[:, 0].min() - overhang, quad[:, 0].min())
        right = min(own[:, 0].max() + overhang, quad[:, 0].max())
        found.append(np.array([[left, own[:, 1].min()], [right, own[:, 1].max()]]))
    return found


def _cut_in_proportion(text: str, quad: Corners) -> Iterator[Corners]:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    for word in _WORD.finditer(text):
        start, end = (left + (right - left) * at / len(text) for at in word.span())
        yield np.array([[start, top], [end, bottom]])


def _box(start: int, length: int, corners: Corners) -> TextBox:
    """Hundredths of a point are more than a scan can show."""
    (left, top), (right, bottom) = corners.round(2).tolist()
    width, height = round(max(right - left, 0.0), 2), round(max(bottom - top, 0.0), 2)
    return TextBox(start, length, left, top, width, height)
