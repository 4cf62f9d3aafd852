"""The body of the process that lays out prompts by a model's own, untrusted chat template.

Jinja's sandbox keeps a template from Python's insides. It does not keep it from looping for ever
or from multiplying strings: this process does, which may be killed and whose memory is limited.
"""

import json
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desktop_rag.adapters.reader_limits import ReaderLimits, allow_cpu, limit_this_process
from desktop_rag.privacy import guard, reader_guard

MOST_REASON = 200  # characters of a template's own complaint


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A chat template as a GGUF brings it, and how its two special tokens are written."""

    text: str
    begin: str
    end: str


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """Messages (role and content) to lay out, and how long the outcome may be, in characters."""

    messages: Sequence[dict[str, str]]
    most: int


class _Generation(Extension):
    """The tag that marks what a model writes; what it holds is laid out as if it were not there."""

    tags = {"generation"}  # noqa: RUF012 - as Jinja wants it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def template_main(pipe: Connection, source: TemplateSource, limits: ReaderLimits) -> None:
    """Guards and limits first, then requests until the pipe closes."""
    guard.activate()
    reader_guard.activate()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    limit_this_process(limits)
    allow_cpu(limits.cpu_s)
    reply, lay_out = _answered(lambda: _compiled(source))
    with suppress(EOFError, BrokenPipeError):
        _send(pipe, reply if lay_out is None else {})
        while lay_out is not None:
            request = pipe.recv()
            allow_cpu(limits.cpu_s)
            _send(pipe, _laid_out(lay_out, request))


def _laid_out(lay_out: Callable[[RenderRequest], str], request: RenderRequest) -> dict[str, str]:
    reply, text = _answered(lambda: lay_out(request))
    if text is not None and len(text) > request.most:
        return {"error": "it writes far more than it is given"}
    return reply if text is None else {"text": text}


def _compiled(source: TemplateSource) -> Callable[[RenderRequest], str]:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, loopcontrols]
    )
    environment.filters["tojson"] = _as_json
    template = environment.from_string(source.text)

    def lay_out(request: RenderRequest) -> str:
        return template.render(
            messages=request.messages,
            bos_token=source.begin,
            eos_token=source.end,
            add_generation_prompt=True,
            raise_exception=_complain,
            strftime_now=lambda form: datetime.now().strftime(form),
            tools=None,
            functions=None,
        )

    return lay_out


def _answered(step: Callable[[], Any]) -> tuple[dict[str, str], Any]:
    """What the step gives; or None, and why, if it fails."""
    try:
        return {}, step()
    except MemoryError:
        return {"error": "it needs too much memory"}, None
    except RecursionError:
        return {"error": "it calls itself without end"}, None
    except Exception as error:  # a template can raise anything
        reason = " ".join(str(error).split()) or type(error).__name__
        return {"error": reason[:MOST_REASON]}, None


def _complain(reason: object) -> NoReturn:
    raise jinja2.TemplateError(str(reason))


def _as_json(value: object, indent: int | None = None, ensure_ascii: bool = False) -> str:
    """As transformers writes it in such templates: no HTML escapes."""
    return json.dumps(value, indent=indent, ensure_ascii=ensure_ascii)


def _send(pipe: Connection, reply: dict[str, str]) -> None:
    pipe.send_bytes(json.dumps(reply).encode())
