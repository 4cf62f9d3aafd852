"""What a screen reader is told of the window, through AT-SPI: where each widget is, what it says.

The system's own library (libatspi) asks, so that nothing in the program knows of this test. Nothing
is remembered between two questions. The bus is the one that AT_SPI_BUS_ADDRESS names.
"""

import ctypes
import re
from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass

_SHOWING, _FOCUSED = 25, 12  # of AtspiStateType
_ON_THE_SCREEN = 0  # of AtspiCoordType
_REMEMBER_NOTHING = 0  # of AtspiCache
_PATIENCE_MS = 5_000
_DEEPEST = 40


class Box(Structure):
    """A rectangle in pixels of the screen."""

    _fields_ = (("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int))

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class _Atspi:
    """The few functions of libatspi that are needed, with their types."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libatspi.so.0")
        self._library.atspi_set_timeout(_PATIENCE_MS, _PATIENCE_MS)
        self._library.atspi_init()
        get_desktop = self._library.atspi_get_desktop
        get_desktop.restype = c_void_p
        self.desktop = get_desktop(0)
        forget = self._library.atspi_accessible_set_cache_mask
        forget.argtypes = [c_void_p, c_int]
        forget(self.desktop, _REMEMBER_NOTHING)

    def ask(self, name: str, result: type, handle: int, *numbers: int) -> object:
        """Call a function that may fail; LookupError if it does: the widget is gone."""
        function = getattr(self._library, f"atspi_{name}")
        function.restype = result
        function.argtypes = [c_void_p, *[c_int] * len(numbers), POINTER(c_void_p)]
        error = c_void_p()
        answer = function(handle, *numbers, byref(error))
        if error.value:
            raise LookupError(name)
        return answer

    def part(self, name: str, handle: int, *numbers: int) -> int:
        """As `ask`, without an error to give back; 0 if there is none."""
        function = getattr(self._library, f"atspi_{name}")
        function.restype = c_void_p
        function.argtypes = [c_void_p, *[c_int] * len(numbers)]
        return function(handle, *numbers) or 0


@dataclass(frozen=True)
class Widget:
    """A widget as a screen reader meets it; it is asked anew each time, and may be gone by then."""

    reader: _Atspi
    handle: int

    @property
    def name(self) -> str:
        return self._text("accessible_get_name")

    @property
    def description(self) -> str:
        return self._text("accessible_get_description")

    @property
    def role(self) -> str:
        return self._text("accessible_get_role_name")

    @property
    def is_showing(self) -> bool:
        return self._has(_SHOWING)

    @property
    def is_focused(self) -> bool:
        return self._has(_FOCUSED)

    @property
    def box(self) -> Box:
        """Where it is on the screen. LookupError if it has no place."""
        component = self.reader.part("accessible_get_component_iface", self.handle)
        if not component:
            raise LookupError("no place")
        answer = self.reader.ask("component_get_extents", POINTER(Box), component, _ON_THE_SCREEN)
        return answer.contents  # type: ignore[attr-defined]

    @property
    def text(self) -> str:
        """All of its text; "" if it holds none."""
        text = self.reader.part("accessible_get_text_iface", self.handle)
        if not text:
            return ""
        count = self.reader.ask("text_get_character_count", c_int, text)
        answer = self.reader.ask("text_get_text", c_char_p, text, 0, count)
        return (answer or b"").decode()  # type: ignore[attr-defined]

    def box_of(self, words: str) -> Box:
        """Where the first of these words in its text is. LookupError if they are not there."""
        start = self.text.find(words)
        if start < 0:
            raise LookupError(words)
        text = self.reader.part("accessible_get_text_iface", self.handle)
        between = (start, start + len(words), _ON_THE_SCREEN)
        answer = self.reader.ask("text_get_range_extents", POINTER(Box), text, *between)
        return answer.contents  # type: ignore[attr-defined]

    def children(self) -> Iterator["Widget"]:
        for number in range(self.reader.ask("accessible_get_child_count", c_int, self.handle)):
            child = self.reader.ask("accessible_get_child_at_index", c_void_p, self.handle, number)
            if child:
                yield Widget(self.reader, child)

    def shown(self, depth: int = 0) -> Iterator["Widget"]:
        """Itself and all below that can be seen at present."""
        yield self
        if depth < _DEEPEST:
            for child in self.children():
                if child.is_showing:
                    yield from child.shown(depth + 1)

    def _has(self, state: int) -> bool:
        states = self.reader.part("accessible_get_state_set", self.handle)
        return bool(states) and bool(self.reader.part("state_set_contains", states, state) & 1)

    def _text(self, name: str) -> str:
        answer = self.reader.ask(name, c_char_p, self.handle)
        return (answer or b"").decode()  # type: ignore[attr-defined]


class ScreenReader:
    """Finds widgets of the programs on the display by what they say of themselves."""

    def __init__(self) -> None:
        self._atspi = _Atspi()

    def everything(self) -> Iterator[Widget]:
        """All that is shown, of every program."""
        for program in Widget(self._atspi, self._atspi.desktop).children():
            for window in program.children():
                if window.is_showing:
                    yield from window.shown()

    def find(self, name: str, role: str = "") -> Widget:
        """The first that is shown and whose name matches. LookupError if there is none."""
        wanted = re.compile(name)
        for widget in self.everything():
            if wanted.fullmatch(widget.name) and role in ("", widget.role):
                return widget
        raise LookupError(name)

    def lines(self) -> Iterator[str]:
        """What is shown, to be read by whoever looks for a fault."""
        for widget in self.everything():
            more = widget.description[:80], widget.text[:200]
            yield f"{widget.role}: {widget.name!r} {more}"
