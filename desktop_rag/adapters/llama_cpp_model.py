"""A local GGUF language model through llama.cpp."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from desktop_rag.domain import ModelIdentity, Prompt
from desktop_rag.errors import ModelError

_CONTEXT_TOKENS = 4096
_SMALL_PARAMETERS = 1_000_000_000
_SEED = 0
_REPEAT_PENALTY = 1.1  # small models fall into loops without one


class LlamaCppModel:
    """A `ports.LanguageModel`: greedy, so that the same prompt gives the same text."""

    def __init__(self, file: Path, identity: ModelIdentity, threads: int) -> None:
        self._identity = identity
        try:
            self._llama = llama_cpp.Llama(
                str(file),
                n_ctx=_CONTEXT_TOKENS,
                n_threads=threads,
                n_threads_batch=threads,
                n_gpu_layers=-1 if llama_cpp.llama_supports_gpu_offload() else 0,
                seed=_SEED,
                verbose=False,
            )
        except (ValueError, OSError, RuntimeError, AssertionError) as error:
            raise ModelError(
                f"The language model {identity.name} does not load: {error}.",
                "Run “desktop-rag models verify”, then fetch or import it again.",
            ) from error
        self._formatter = self._chat_formatter()

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    @property
    def context_tokens(self) -> int:
        return int(self._llama.n_ctx())

    @property
    def is_small(self) -> bool:
        return bool(llama_cpp.llama_model_n_params(self._llama.model) < _SMALL_PARAMETERS)

    def count_tokens(self, prompt: Prompt) -> int:
        return len(self._tokens(prompt)[0])

    def write(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        tokens, stop = self._tokens(prompt)
        stream: Any = self._llama.create_completion(
            tokens,
            max_tokens=max_tokens,
            temperature=0.0,
            repeat_penalty=_REPEAT_PENALTY,
            seed=_SEED,
            stop=stop,
            stream=True,
        )
        try:
            for part in stream:
                yield part["choices"][0]["text"]
        finally:
            stream.close()

    def _tokens(self, prompt: Prompt) -> tuple[list[int], list[str]]:
        """The prompt in the model's own chat template if it has one, and where to stop."""
        if self._formatter is None:
            text, stop = _plain(prompt), ["\n"]
        else:
            formatted = self._formatter(messages=_messages(prompt))
            stop = [formatted.stop] if isinstance(formatted.stop, str) else formatted.stop or []
            text = formatted.prompt
        return self._llama.tokenize(text.encode(), add_bos=True, special=True), stop

    def _chat_formatter(self) -> Jinja2ChatFormatter | None:
        template = self._llama.metadata.get("tokenizer.chat_template")
        if not template:
            return None
        end, begin = self._llama.token_eos(), self._llama.token_bos()
        return Jinja2ChatFormatter(
            template=template,
            eos_token=self._piece(end),
            bos_token=self._piece(begin),
            stop_token_ids=[end],
        )

    def _piece(self, token: int) -> str:
        return str(self._llama.detokenize([token], special=True), "utf-8", "replace")


def _plain(prompt: Prompt) -> str:
    """Passage, question, answer in plain lines, for a model that brings no template."""
    blocks = [
        f"Passage: {example.passage}\nQuestion: {example.question}\nAnswer: {example.answer}"
        for example in prompt.examples
    ]
    passage = " ".join(prompt.passages)
    blocks.append(f"Passage: {passage}\nQuestion: {prompt.question}\nAnswer:")
    return "\n\n".join(blocks)


def _messages(prompt: Prompt) -> list[Any]:
    messages = [{"role": "system", "content": prompt.instructions}]
    for example in prompt.examples:
        asked = _numbered((example.passage,), example.question)
        messages.append({"role": "user", "content": asked})
        messages.append({"role": "assistant", "content": f"{example.answer} [1]"})
    messages.append({"role": "user", "content": _numbered(prompt.passages, prompt.question)})
    return messages


def _numbered(passages: Sequence[str], question: str) -> str:
    blocks = [f"[{number}] {text}" for number, text in enumerate(passages, start=1)]
    return "\n\n".join([*blocks, f"Question: {question}"])
