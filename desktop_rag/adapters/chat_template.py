"""A model's own chat template, which is code of whoever made the file: laid out in a process apart.

docs/decisions/019-supply.md says why a sandbox alone is not enough.
"""

import json
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from desktop_rag.adapters.reader_limits import ReaderLimits, watched
from desktop_rag.adapters.template_process import (
    MOST_REASON,
    RenderRequest,
    TemplateSource,
    template_main,
)
from desktop_rag.errors import ModelError, ModelFailed

MOST_TEMPLATE = 65_536  # characters; those of well-known models have 200 to 12,000
_LIMITS = ReaderLimits(memory_bytes=1 << 30, cpu_s=10)
_START_S = 60.0  # for a process on a machine that is busy
_RENDER_S = 15.0  # a common template takes a few milliseconds
_GROWTH = 2  # times the messages' length, and a template's more, is what may come out
_MOST_REPLY_BYTES = 64 << 20
_SYSTEM, _USER, _ANSWER, _QUESTION = "qsyst", "quser", "qansw", "qquest"  # for the trial

Message = dict[str, str]


class TemplateUnusable(Exception):
    """What the template did wrong, in words that follow “because”."""


class ChatTemplate:
    """Lays out messages as the model was trained on them.

    It is tried when it is built: a template that fails, never ends, or leaves out what it was
    given is refused with ModelError. One that knows no system message finds it at the head of the
    first question. `limits`: of the process; `render_s`: seconds for one prompt.
    """

    def __init__(
        self,
        name: str,
        source: TemplateSource,
        limits: ReaderLimits = _LIMITS,
        render_s: float = _RENDER_S,
    ) -> None:
        self._name = name
        self._source = source
        self._limits = limits
        self._render_s = render_s
        self._lock = threading.RLock()  # guards the process and its pipe
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._leave: Callable[[], None] = lambda: None
        try:
            self._takes_system = self._tried()
        except TemplateUnusable as error:
            self.close()
            raise ModelError(
                f"The language model {name} cannot be used: its chat template is refused, "
                f"because {error}.",
                "Choose another model, or another file of this one.",
            ) from error

    @property
    def end(self) -> str:
        """The token that ends an answer."""
        return self._source.end

    def lay_out(self, messages: Sequence[Message]) -> str:
        """The prompt. Raises ModelFailed if the template fails or leaves out the question."""
        given = list(messages) if self._takes_system else _without_system(messages)
        try:
            text = self._render(given)
            if given[-1]["content"].strip() not in text:
                raise TemplateUnusable("it leaves out what is asked")
        except TemplateUnusable as error:
            raise ModelFailed(
                f"The chat template of {self._name} failed, because {error}.",
                "Choose another model in the settings.",
            ) from error
        return text

    def close(self) -> None:
        """End the process. The next prompt would start another."""
        with self._lock:
            process, self._process = self._process, None
            pipe, self._pipe = self._pipe, None
            if pipe is not None:
                pipe.close()
            if process is not None:
                process.kill()
                process.join()
                process.close()
                self._leave()

    def _tried(self) -> bool:
        """Whether the template takes a system message. Raises TemplateUnusable."""
        if len(self._source.text) > MOST_TEMPLATE:
            raise TemplateUnusable(f"it is longer than {MOST_TEMPLATE} characters")
        said = [("system", _SYSTEM), ("user", _USER), ("assistant", _ANSWER), ("user", _QUESTION)]
        messages = [{"role": role, "content": text} for role, text in said]
        with self._lock:
            self._started()
        try:
            if _SYSTEM in self._with_questions(messages):
                return True
        except TemplateUnusable:
            pass
        if _SYSTEM not in self._with_questions(_without_system(messages)):
            raise TemplateUnusable("it leaves out its instructions")
        return False

    def _with_questions(self, messages: Sequence[Message]) -> str:
        text = self._render(messages)
        if _USER not in text or _QUESTION not in text:
            raise TemplateUnusable("it leaves out what is asked")
        return text

    def _render(self, messages: Sequence[Message]) -> str:
        length = sum(len(message["content"]) for message in messages)
        request = RenderRequest(tuple(messages), _GROWTH * length + MOST_TEMPLATE)
        with self._lock:
            pipe = self._started()
            try:
                pipe.send(request)
            except OSError as error:
                raise self._died() from error
            untrusted_text = self._received(pipe, self._render_s).get("text")
        if not isinstance(untrusted_text, str) or len(untrusted_text) > request.most:
            raise self._died()
        return untrusted_text

    def _started(self) -> Connection:
        """The pipe to a process that has compiled the template. Raises TemplateUnusable."""
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            return self._pipe
        self.close()
        spawn = multiprocessing.get_context("spawn")
        pipe, theirs = spawn.Pipe()
        process = spawn.Process(
            target=template_main, args=(theirs, self._source, self._limits), daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._pipe = process, pipe
        self._leave = watched(process.pid or 0, self._limits)
        self._received(pipe, _START_S)
        return pipe

    def _received(self, pipe: Connection, timeout_s: float) -> dict[str, Any]:
        """The next reply. Raises TemplateUnusable, also with the process's own words."""
        try:
            if not pipe.poll(timeout_s):
                self.close()
                raise TemplateUnusable(f"it takes longer than {timeout_s:.0f} seconds")
            untrusted_reply = json.loads(pipe.recv_bytes(_MOST_REPLY_BYTES))
        except (EOFError, OSError, ValueError, RecursionError) as error:
            raise self._died() from error
        if not isinstance(untrusted_reply, dict):
            raise self._died()
        if "error" in untrusted_reply:
            raise TemplateUnusable(_shown(untrusted_reply["error"]))
        return untrusted_reply

    def _died(self) -> TemplateUnusable:
        self.close()
        return TemplateUnusable("it needs too much time or memory")


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The system message at the head of what is first asked."""
    first, second, *others = messages
    joined = f"{first['content']}\n\n{second['content']}"
    return [{"role": second["role"], "content": joined}, *others]


def _shown(untrusted_reason: object) -> str:
    """A template's own words as they may stand in ours: one line, no control characters."""
    kept = [character for character in str(untrusted_reason) if character.isprintable()]
    return "it says: " + "".join(kept)[:MOST_REASON].rstrip(".")
