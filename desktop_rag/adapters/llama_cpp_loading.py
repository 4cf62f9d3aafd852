"""A GGUF model, opened by llama.cpp: with as many layers on a GPU as it takes, or none."""

from contextlib import suppress
from pathlib import Path

import llama_cpp
import numpy as np

from desktop_rag.adapters.llama_cpp_fit import (
    MOST_STEP_TOKENS,
    Shape,
    fewer_layers,
    read_shape,
    step_tokens,
)
from desktop_rag.adapters.llama_cpp_library import found_gpus, load_variant
from desktop_rag.domain import ModelSettings

SEED = 0
REPEAT_PENALTY = 1.1  # small models fall into loops without one
_GPU_STEP = 512
_NO_GPU = -1
_TRIED_TOKENS = 32  # from here on llama.cpp computes differently than for one
_TEMPLATE = "tokenizer.chat_template"


class QuietLlama(llama_cpp.Llama):  # type: ignore[misc]  # the wrapper has no types
    """llama.cpp's wrapper, which would compile a file's chat templates in this very process.

    It takes what the header says from `metadata`: the templates are kept from it there.

    Attributes:
        template: the chat template; "" if there is none.
    """

    @property
    def metadata(self) -> dict[str, str]:
        return self._said

    @metadata.setter
    def metadata(self, untrusted_said: dict[str, str]) -> None:
        self.template = untrusted_said.get(_TEMPLATE, "")
        self._said = {
            key: text for key, text in untrusted_said.items() if not key.startswith(_TEMPLATE)
        }


def load_model(
    file: Path, threads: int, free_bytes: int | None, gpu_layers: int
) -> tuple[QuietLlama, ModelSettings]:
    """The model with as large a context as fits, and with the most layers that the GPU takes."""
    load_variant()
    shape = read_shape(file)
    context = shape.context_tokens(free_bytes)
    for layers in fewer_layers(gpu_layers):
        with suppress(ValueError, OSError, RuntimeError, MemoryError):
            return _opened(file, threads, context or _usual_context(shape), layers)
    if context is None:
        raise MemoryError
    return _opened(file, threads, context, 0)


def _usual_context(shape: Shape) -> int:
    """Tokens of context where the GPU's memory counts and not the computer's."""
    return shape.context_tokens(None) or 0


def _opened(
    file: Path, threads: int, context: int, layers: int
) -> tuple[QuietLlama, ModelSettings]:
    """Raises ValueError, RuntimeError if it does not load, or cannot evaluate a first token."""
    batch = _GPU_STEP if layers else MOST_STEP_TOKENS
    model = QuietLlama(
        str(file),
        n_ctx=context,
        n_batch=batch,
        n_ubatch=batch,
        n_threads=threads,
        n_threads_batch=threads,
        n_gpu_layers=layers,
        # Without this it would read long prompts on a GPU although no layer lies there.
        split_mode=llama_cpp.LLAMA_SPLIT_MODE_LAYER if layers else llama_cpp.LLAMA_SPLIT_MODE_NONE,
        main_gpu=0 if layers else _NO_GPU,
        seed=SEED,
        verbose=False,
    )
    if layers:
        _evaluate(model)
    all_layers = int(llama_cpp.llama_model_n_layer(model.model)) + 1
    return model, ModelSettings(
        context_tokens=int(model.n_ctx()),
        step_tokens=batch if layers else step_tokens(llama_cpp.llama_model_n_params(model.model)),
        threads=threads,
        gpu_layers=min(layers, all_layers),
        all_layers=all_layers,
        gpu=next((gpu.kind for gpu in found_gpus()), "") if layers else "",
        seed=SEED,
        repeat_penalty=REPEAT_PENALTY,
        runtime=" ".join(filter(None, ("llama-cpp-python", llama_cpp.__version__, load_variant()))),
    )


def _evaluate(model: QuietLlama) -> None:
    """Use the layers where they are. Raises RuntimeError if what comes out are no numbers."""
    try:
        for count in (_TRIED_TOKENS, 1):  # a prompt, and a word after it
            model.eval([max(0, model.token_bos())] * count)
        logits = llama_cpp.llama_get_logits_ith(model.ctx, -1)
        if not np.isfinite(np.ctypeslib.as_array(logits, (model.n_vocab(),))).all():
            raise RuntimeError("what it computed are no numbers")
    except BaseException:
        model.close()
        raise
    model.reset()
