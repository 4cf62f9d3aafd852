"""A local GGUF language model through llama.cpp."""

import desktop_rag.adapters.native_threads  # noqa: F401 - before the library is loaded

# isort: split
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import llama_cpp

from desktop_rag.adapters.chat_template import ChatTemplate
from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.gguf_header import check_header
from desktop_rag.adapters.llama_cpp_loading import REPEAT_PENALTY, SEED, load_model
from desktop_rag.adapters.prompt_layout import messages, plain
from desktop_rag.adapters.template_process import TemplateSource
from desktop_rag.domain import (
    GivenPrompt,
    ModelIdentity,
    ModelSettings,
    Prompt,
    PromptRead,
    TokensRead,
)
from desktop_rag.errors import ModelError, ModelFailed, ModelTooLarge
from desktop_rag.privacy.processes import thread_named

_SMALL_PARAMETERS = 1_000_000_000


class LlamaCppModel:
    """A `ports.LanguageModel`: greedy, so that the same prompt gives the same text.

    A prompt is read in steps that begin at multiples of their length, and only whole steps are
    kept for the next prompt: each token is evaluated in the same company whether or not anything
    was kept, so that the numbers, and with them the words, are the same to the last bit.
    `free_bytes`: the memory that it may count on; None if that is not known. `gpu_layers`: how many
    of its layers a GPU is to compute, or as many fewer as it takes; the GPU's part of the library
    must have been loaded. With 0, nothing is computed on a GPU. `cores`: those that it shares with
    other models, all of which it takes for each step; by default it has its own.
    """

    def __init__(
        self,
        file: Path,
        identity: ModelIdentity,
        threads: int,
        free_bytes: int | None = None,
        gpu_layers: int = 0,
        cores: Cores | None = None,
    ) -> None:
        self._identity = identity
        self._cores = cores or Cores(threads)
        self._kept = 0  # tokens in the cache that whole steps of a prompt have put there
        check_header(file, identity.name)
        with _loading(identity.name):
            self._llama, self._settings = load_model(file, threads, free_bytes, gpu_layers)
            self._control = _control_tokens(self._llama)
        try:
            self._template = self._chat_template()
        except ModelError:
            self._llama.close()
            raise

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    @property
    def settings(self) -> ModelSettings:
        return self._settings

    @property
    def is_small(self) -> bool:
        return bool(llama_cpp.llama_model_n_params(self._llama.model) < _SMALL_PARAMETERS)

    def lay_out(self, prompt: Prompt) -> GivenPrompt:
        prompt = self._without_control_tokens(prompt)
        if self._template is None:
            return GivenPrompt(plain(prompt), ("\n",))
        text = self._template.lay_out(messages(prompt))
        return GivenPrompt(text, tuple(filter(None, (self._template.end,))))

    def _without_control_tokens(self, prompt: Prompt) -> Prompt:
        """What others wrote must not end a turn, whatever this model's tokens for it are."""
        if self._control is None:
            return prompt
        passages = tuple(self._control.sub(" ", text) for text in prompt.passages)
        return replace(prompt, passages=passages, question=self._control.sub(" ", prompt.question))

    def count_tokens(self, prompt: Prompt) -> int:
        return self.count_given(self.lay_out(prompt))

    def count_given(self, given: GivenPrompt) -> int:
        """Tokens of a prompt that is laid out."""
        return len(self._tokens(given))

    def write(
        self, given: GivenPrompt, *, max_tokens: int
    ) -> Generator[PromptRead | str, None, TokensRead]:
        with _working(self._identity.name), self._cores.under_way():
            tokens = self._tokens(given)
            if len(tokens) >= self._settings.context_tokens:
                raise ValueError(f"a prompt of {len(tokens)} tokens is too long for it")
            kept = self._keep_common(tokens)
            yield from self._read(tokens, kept)
            yield from self._completed(tokens, given.stop, max_tokens)
            return TokensRead(prompt=len(tokens), evaluated=len(tokens) - kept)

    def close(self) -> None:
        self._llama.close()
        if self._template is not None:
            self._template.close()

    def _keep_common(self, tokens: Sequence[int]) -> int:
        """Shorten the cache to whole steps that `tokens` begin with; returns how many are left.

        The last token is never kept: what follows it is not in the cache.
        """
        step, most = self._settings.step_tokens, min(self._kept, len(tokens) - 1)
        cached = self._llama.input_ids[:most].tolist()
        common = next((i for i in range(most) if cached[i] != tokens[i]), most)
        self._kept = common - common % step
        memory = llama_cpp.llama_get_memory(self._llama.ctx)
        # Some kinds of models cannot forget a part alone.
        if not self._kept or not llama_cpp.llama_memory_seq_rm(memory, 0, self._kept, -1):
            self._kept = 0
            llama_cpp.llama_memory_clear(memory, True)
        self._llama.n_tokens = self._kept
        return self._kept

    def _read(self, tokens: Sequence[int], kept: int) -> Iterator[PromptRead]:
        step = self._settings.step_tokens
        for start in range(kept, len(tokens), step):
            part = tokens[start : start + step]
            with self._computing():
                self._llama.eval(part)
            if len(part) == step:
                self._kept += step
            yield PromptRead(start + len(part), len(tokens))

    def _completed(self, tokens: list[int], stop: Sequence[str], max_tokens: int) -> Iterator[str]:
        """The text that follows; it finds the prompt read."""
        stream: Any = self._llama.create_completion(
            tokens,
            max_tokens=max_tokens,
            temperature=0.0,
            repeat_penalty=REPEAT_PENALTY,
            seed=SEED,
            stop=list(stop),
            stream=True,
        )
        try:
            while (part := self._next(stream)) is not None:
                yield part["choices"][0]["text"]
        finally:
            stream.close()

    def _next(self, stream: Iterator[Any]) -> Any | None:
        with self._computing():
            return next(stream, None)

    @contextmanager
    def _computing(self) -> Iterator[None]:
        """A step, with all cores; its threads are seen in the system's lists as “writer”."""
        with self._cores.all(urgent=True), thread_named("writer"):
            yield

    def _tokens(self, given: GivenPrompt) -> list[int]:
        text = given.text.encode()
        return [*self._llama.tokenize(text, add_bos=True, special=True)]

    def _chat_template(self) -> ChatTemplate | None:
        template = self._llama.template
        if not template:
            return None
        begin, end = self._llama.token_bos(), self._llama.token_eos()
        source = TemplateSource(template, self._piece(begin), self._piece(end))
        return ChatTemplate(self._identity.name, source)

    def _piece(self, token: int) -> str:
        return str(self._llama.detokenize([token], special=True), "utf-8", "replace")


@contextmanager
def _loading(name: str) -> Iterator[None]:
    """Raise ModelError for whatever llama.cpp has to say while it loads a model."""
    try:
        yield
    except MemoryError as error:
        raise _too_large(name) from error
    except Exception as error:  # its wrapper raises nearly anything on a damaged file
        raise ModelError(
            f"The language model {name} does not load: {error}.",
            "Run “desktop-rag models verify”, then fetch or import it again.",
        ) from error


@contextmanager
def _working(name: str) -> Iterator[None]:
    """Raise ModelFailed for whatever goes wrong while a model works."""
    try:
        yield
    except MemoryError as error:
        raise _too_large(name) from error
    except Exception as error:  # its wrapper names no errors of its own
        raise ModelFailed(
            f"The language model {name} ended in the middle of its work: {error}.",
            "Ask again: it is loaded anew.",
        ) from error


def _too_large(name: str) -> ModelTooLarge:
    return ModelTooLarge(
        f"There is not enough free memory for the language model {name}.",
        "Close other programs, or choose a smaller model in the settings.",
    )


def _control_tokens(model: llama_cpp.Llama) -> re.Pattern[str] | None:
    """How the model's control tokens are written; None if they are written as nothing."""
    vocabulary = llama_cpp.llama_model_get_vocab(model.model)
    pieces = {
        str(model.detokenize([token], special=True), "utf-8", "ignore").strip()
        for token in range(llama_cpp.llama_vocab_n_tokens(vocabulary))
        if llama_cpp.llama_vocab_get_attr(vocabulary, token) & llama_cpp.LLAMA_TOKEN_ATTR_CONTROL
    }
    written = sorted(filter(None, pieces), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, written))) if written else None
