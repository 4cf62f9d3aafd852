"""Whether the models in use know the languages of the documents, and which one would."""

from collections import Counter
from collections.abc import Sequence

from desktop_rag.domain import LanguageGap, LibraryEntry, ModelRole
from desktop_rag.errors import ModelMissing
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.model_shelf import ModelState

_ENGLISH_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def english_name(language: str) -> str:
    """The name of a language in English; its code if it is another one."""
    return _ENGLISH_NAMES.get(language, language)


def language_gaps(
    assistant: Assistant,
    entries: Sequence[LibraryEntry],
    role: ModelRole = ModelRole.EMBEDDER,
) -> tuple[LanguageGap, ...]:
    """Languages of these documents that the encoder in use was not trained for, frequent first.

    Empty where nobody says which languages it knows. The bi-encoder in use is the one that the
    library was made with.
    """
    states = assistant.shelf.states()
    model = _in_use(assistant, role)
    known = next((one.model.languages for one in states if one.model.name == model), ())
    if not known:
        return ()
    counts = Counter(code for entry in entries for code in entry.document.languages)
    return tuple(
        _gap(code, count, model, [one for one in states if one.model.role is role])
        for code, count in counts.most_common()
        if code not in known
    )


def gap_sentence(gap: LanguageGap) -> str:
    """A gap of the bi-encoder as the terminal says it."""
    name = english_name(gap.language)
    documents = "document is" if gap.documents == 1 else "documents are"
    said = (
        f"{gap.documents} {documents} in {name}, which the model {gap.model} does not know: places "
        "in it are found by their words more than by their meaning."
    )
    return f"{said} {_remedy(gap)}" if gap.knowing else said


def _remedy(gap: LanguageGap) -> str:
    fetched = "" if gap.is_here else f"“desktop-rag models fetch {gap.knowing}” brings it; "
    return (
        f'A model that knows it: {gap.knowing} ({fetched}embedder = "{gap.knowing}" in '
        "settings.toml puts it in force)."
    )


def _gap(language: str, documents: int, model: str, states: Sequence[ModelState]) -> LanguageGap:
    """With the model that would know: one that is here before one that is to be fetched."""
    knowing = [one for one in states if language in one.model.languages]
    knowing.sort(key=lambda one: not one.installed)
    if not knowing:
        return LanguageGap(language, documents, model)
    return LanguageGap(language, documents, model, knowing[0].model.name, knowing[0].installed)


def _in_use(assistant: Assistant, role: ModelRole) -> str:
    if role is ModelRole.EMBEDDER:
        try:
            change = assistant.library.model_change()
        except ModelMissing:
            return ""
        if change is not None:
            return change.made_with
    return assistant.models_in_use[role]
