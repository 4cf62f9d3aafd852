"""What is said of models: their languages, the state of their files, where they run."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_rag.domain import (
    FoundModel,
    InstalledModel,
    MemoryFit,
    ModelCondition,
    ModelRole,
    ModelTrial,
)
from desktop_rag.ui import words

_MOST_NAMED = 4
_MANY = "*"
_WHOLE_SECONDS = 9.5  # from here on tenths are not told
_UNKNOWN_LICENCE = "as its maker says"  # what an import writes where nothing says more


def languages(codes: Sequence[str]) -> str:
    """“English, German”, “many languages”, or "" if none is known; unknown codes stay codes."""
    if _MANY in codes or len(codes) > _MOST_NAMED:
        return QCoreApplication.translate("words", "many languages")
    names = _language_names()
    return ", ".join(names.get(code, code) for code in codes)


def condition(found: ModelCondition | None) -> str:
    """The state of a model's files; None: they are being read."""
    translate = QCoreApplication.translate
    said = {
        None: translate("words", "checking …"),
        ModelCondition.WHOLE: translate("words", "whole"),
        ModelCondition.ALTERED: translate("words", "altered: it is not used"),
        ModelCondition.NOT_HERE: translate("words", "not here"),
    }
    return said[found]


def device(engine_words: str) -> str:
    """Where a model runs, from the words of the engine: “cpu: no GPU was found”, “cuda”."""
    place, _, detail = engine_words.partition(": ")
    if not place or place.startswith("not tried"):
        return ""
    if place == "cpu":
        said = QCoreApplication.translate("words", "runs on the processor")
        detail = _why_processor(detail)
    else:
        said = QCoreApplication.translate("words", "runs on the graphics card")
    return f"{said} ({detail})" if detail else said


def _why_processor(reason: str) -> str:
    """The usual reasons in the window's language, others as the engine has them."""
    known = {
        "no GPU was found": QCoreApplication.translate("words", "no graphics card was found"),
        "the settings say so": QCoreApplication.translate("words", "as the settings want it"),
        "this edition of the program computes on the processor alone": QCoreApplication.translate(
            "words", "this edition uses no graphics card"
        ),
        "this build of llama.cpp computes on the processor alone": QCoreApplication.translate(
            "words", "this edition uses no graphics card"
        ),
        "the model's weights are not here, only its graph for a CPU": QCoreApplication.translate(
            "words", "what a graphics card needs of it is not here"
        ),
    }
    return known.get(reason, reason)


def facts(item: InstalledModel, found: ModelCondition | None, engine_words: str = "") -> str:
    """Size, licence, languages, state and place of a model, in a line."""
    model = item.model
    parts = (
        QCoreApplication.translate("words", "in use") if item.in_use else "",
        words.size(model.bytes),
        _licence(model.licence),
        languages(model.languages),
        condition(found),
        device(engine_words),
    )
    return " · ".join(part for part in parts if part)


def found_model(found: FoundModel) -> str:
    """“Language model “X”, 1.1 GB”."""
    kinds = {
        ModelRole.LANGUAGE_MODEL: QCoreApplication.translate("words", "Language model"),
        ModelRole.RERANKER: QCoreApplication.translate("words", "Model that orders places"),
        ModelRole.EMBEDDER: QCoreApplication.translate("words", "Model that finds places"),
        None: QCoreApplication.translate("words", "Model"),
    }
    return f"{kinds[found.role]} {words.quoted(found.title)}, {words.size(found.bytes)}"


def verdict(role: ModelRole, trial: ModelTrial) -> str:
    """How fast it was when it was tried out, what memory it took, and where it ran."""
    if role is ModelRole.LANGUAGE_MODEL:
        said = QCoreApplication.translate(
            "words", "An answer of 100 words takes about {seconds} s on this computer."
        )
        seconds = trial.answer_seconds(100)
    elif role is ModelRole.RERANKER:
        said = QCoreApplication.translate("words", "50 places are ordered in about {seconds} s.")
        seconds = trial.passages_seconds(50)
    else:
        said = QCoreApplication.translate("words", "50 places are prepared in about {seconds} s.")
        seconds = trial.passages_seconds(50)
    memory = QCoreApplication.translate("words", "{size} of memory").format(
        size=words.size(trial.memory_bytes)
    )
    on_processor = QCoreApplication.translate("words", "on the processor")
    on_card = QCoreApplication.translate("words", "on the graphics card")
    where = on_processor if trial.device.startswith("cpu") else on_card
    parts = (memory if trial.memory_bytes else "", where)
    return " ".join((said.format(seconds=_seconds(seconds)), _sentence(parts))).rstrip()


def lack_of_memory(fit: MemoryFit) -> str:
    """Why a model does not fit."""
    return QCoreApplication.translate(
        "words", "Needs about {needed} of memory, {free} are free: it does not fit."
    ).format(needed=words.size(fit.needed_bytes), free=words.size(fit.free_bytes))


def _sentence(parts: Sequence[str]) -> str:
    """The parts that are there, in brackets."""
    said = ", ".join(part for part in parts if part)
    return f"({said})" if said else ""


def _seconds(seconds: float) -> str:
    return QLocale().toString(max(seconds, 0.1), "f", 0 if seconds >= _WHOLE_SECONDS else 1)


def _licence(licence: str) -> str:
    if licence == _UNKNOWN_LICENCE:
        return QCoreApplication.translate("words", "licence: as its maker says")
    return licence


def _language_names() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "ar": translate("languages", "Arabic"),
        "bg": translate("languages", "Bulgarian"),
        "ca": translate("languages", "Catalan"),
        "cs": translate("languages", "Czech"),
        "da": translate("languages", "Danish"),
        "de": translate("languages", "German"),
        "el": translate("languages", "Greek"),
        "en": translate("languages", "English"),
        "es": translate("languages", "Spanish"),
        "et": translate("languages", "Estonian"),
        "fa": translate("languages", "Persian"),
        "fi": translate("languages", "Finnish"),
        "fr": translate("languages", "French"),
        "he": translate("languages", "Hebrew"),
        "hi": translate("languages", "Hindi"),
        "hr": translate("languages", "Croatian"),
        "hu": translate("languages", "Hungarian"),
        "id": translate("languages", "Indonesian"),
        "it": translate("languages", "Italian"),
        "ja": translate("languages", "Japanese"),
        "ko": translate("languages", "Korean"),
        "lt": translate("languages", "Lithuanian"),
        "lv": translate("languages", "Latvian"),
        "nb": translate("languages", "Norwegian"),
        "nl": translate("languages", "Dutch"),
        "no": translate("languages", "Norwegian"),
        "pl": translate("languages", "Polish"),
        "pt": translate("languages", "Portuguese"),
        "ro": translate("languages", "Romanian"),
        "ru": translate("languages", "Russian"),
        "sk": translate("languages", "Slovak"),
        "sl": translate("languages", "Slovenian"),
        "sv": translate("languages", "Swedish"),
        "th": translate("languages", "Thai"),
        "tr": translate("languages", "Turkish"),
        "uk": translate("languages", "Ukrainian"),
        "vi": translate("languages", "Vietnamese"),
        "zh": translate("languages", "Chinese"),
    }
