"""What the folder of an encoder says of how it is to be used; read from its JSON files alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.domain import Prefixes
from desktop_rag.errors import ModelError

_MOST_JSON = 1 << 20  # bytes of one settings file
MAX_PAIR_TOKENS = 512  # that are given to a cross-encoder at once, also if it reads more
MAX_PASSAGE_TOKENS = 256  # longer passages are of no use: a cross-encoder reads them in parts
# The mean and the sum over the root of the length have the same direction, and thus unit vector.
_POOLINGS = {"mean": "mean", "mean_sqrt_len_tokens": "mean", "cls": "cls", "max": "max"}
_FLAGS = {  # as sentence-transformers wrote them before its version 6
    "pooling_mode_cls_token": "cls",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens": "weightedmean",
    "pooling_mode_lasttoken": "lasttoken",
}
_PLAIN_MODULES = frozenset({"Transformer", "Pooling", "Normalize"})


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """How a bi-encoder makes a vector of a text.

    Attributes:
        pooling: "mean", "cls" or "max" over the states of the tokens; then to unit length.
        question_prefix: what stands before every question; "" for most models.
        passage_prefix: the same before every passage.
        max_tokens: wordpieces that it reads, special tokens and prefix included.
        is_plain: whether nothing but pooling and normalising follows the transformer.
    """

    pooling: str
    question_prefix: str
    passage_prefix: str
    max_tokens: int
    is_plain: bool


def embedder_settings(folder: Path, prefixes: Prefixes | None = None) -> EmbedderSettings:
    """What the folder says; `prefixes`, if there are any, stand in for those that it names.

    Raises ModelError for a pooling that is not known, or settings that cannot be read.
    """
    try:
        return _embedder_settings(folder, prefixes)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"The settings in {folder.name} are not those of a bi-encoder: {error}.",
            "Copy the folder again.",
        ) from error


def names_prefixes(folder: Path) -> bool:
    """Whether the folder's own files say what stands before questions or passages."""
    said = _prefixes(read_json(folder / "config_sentence_transformers.json", {}))
    return bool(said.question or said.passage)


def _embedder_settings(folder: Path, prefixes: Prefixes | None) -> EmbedderSettings:
    modules = read_json(folder / "modules.json", [])
    kinds = {str(module["type"]).rsplit(".", 1)[-1]: module["path"] for module in modules}
    pooling_file = folder / str(kinds.get("Pooling", "1_Pooling")) / "config.json"
    pooling = read_json(pooling_file, {"pooling_mode": "mean"})
    prompts = read_json(folder / "config_sentence_transformers.json", {})
    said = prefixes or _prefixes(prompts)
    question, passage = said.question, said.passage
    if pooling.get("include_prompt") is False and (question or passage):
        raise ModelError(
            "This bi-encoder leaves its instruction out of the vector, which is not known here.",
            "Choose a bi-encoder that includes it.",
        )
    return EmbedderSettings(
        pooling=_pooling(pooling),
        question_prefix=question,
        passage_prefix=passage,
        max_tokens=_max_tokens(folder),
        is_plain=set(kinds) <= _PLAIN_MODULES,
    )


def pair_tokens(folder: Path) -> int:
    """Wordpieces of question and passage together that the cross-encoder in `folder` reads."""
    return min(MAX_PAIR_TOKENS, _positions(folder))


def require_one_score(folder: Path) -> None:
    """Raises ModelError unless the cross-encoder gives one score for a pair."""
    config = read_json(folder / "config.json", {})
    labels = config.get("num_labels") or len(config.get("id2label") or (0, 1))
    if labels != 1:
        raise ModelError(
            f"This model gives {labels} scores for a passage, not one.",
            "Take a cross-encoder that was trained for ranking.",
        )


def read_json(file: Path, otherwise: Any) -> Any:
    """What the file holds; `otherwise` if there is none. Raises ModelError for a damaged one."""
    if not file.is_file():
        return otherwise
    try:
        if file.stat().st_size > _MOST_JSON:
            raise ValueError("it is too large")
        content = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(content, type(otherwise)):
            raise TypeError(f"it holds a {type(content).__name__}")
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ModelError(
            f"{file.name} cannot be read: {error}.", "Copy the folder again."
        ) from error
    return content


def _pooling(config: Mapping[str, Any]) -> str:
    modes = config.get("pooling_mode") or [
        name for flag, name in _FLAGS.items() if config.get(flag)
    ]
    names = [modes] if isinstance(modes, str) else list(modes)
    if len(names) != 1 or names[0] not in _POOLINGS:
        raise ModelError(
            f"This bi-encoder pools its tokens by {' and '.join(names) or 'nothing'}, "
            "which is not known here.",
            f"Known are {', '.join(sorted(_POOLINGS))}.",
        )
    return _POOLINGS[names[0]]


def _prefixes(config: Mapping[str, Any]) -> Prefixes:
    """The prefixes of questions and of passages, as sentence-transformers chooses them."""
    prompts = {name: text or "" for name, text in (config.get("prompts") or {}).items()}
    default = prompts.get(config.get("default_prompt_name"), "")
    passages = (prompts[name] for name in ("document", "passage", "corpus") if name in prompts)
    return Prefixes(prompts.get("query", default), next(passages, default))


def _max_tokens(folder: Path) -> int:
    settings = read_json(folder / "sentence_bert_config.json", {})
    tokenizer = read_json(folder / "tokenizer_config.json", {})
    stated = settings.get("max_seq_length") or tokenizer.get("model_max_length")
    return min(int(stated or MAX_PASSAGE_TOKENS), _positions(folder))


def _positions(folder: Path) -> int:
    """Tokens that the model has positions for; the RoBERTas begin to count after the padding."""
    config = read_json(folder / "config.json", {})
    positions = int(config.get("max_position_embeddings") or MAX_PAIR_TOKENS)
    if "roberta" in str(config.get("model_type")):
        positions -= int(config.get("pad_token_id", 1)) + 1
    return positions
