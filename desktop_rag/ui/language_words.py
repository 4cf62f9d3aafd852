"""Languages by their names, and what is said where a model does not know one."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop_rag.domain import LanguageGap


def language_name(code: str) -> str:
    """The name of the language of a two-letter code; the code itself if it is another one."""
    names = {
        "ar": QCoreApplication.translate("language_words", "Arabic"),
        "bg": QCoreApplication.translate("language_words", "Bulgarian"),
        "ca": QCoreApplication.translate("language_words", "Catalan"),
        "cs": QCoreApplication.translate("language_words", "Czech"),
        "da": QCoreApplication.translate("language_words", "Danish"),
        "de": QCoreApplication.translate("language_words", "German"),
        "el": QCoreApplication.translate("language_words", "Greek"),
        "en": QCoreApplication.translate("language_words", "English"),
        "es": QCoreApplication.translate("language_words", "Spanish"),
        "fa": QCoreApplication.translate("language_words", "Persian"),
        "fi": QCoreApplication.translate("language_words", "Finnish"),
        "fr": QCoreApplication.translate("language_words", "French"),
        "he": QCoreApplication.translate("language_words", "Hebrew"),
        "hi": QCoreApplication.translate("language_words", "Hindi"),
        "hu": QCoreApplication.translate("language_words", "Hungarian"),
        "id": QCoreApplication.translate("language_words", "Indonesian"),
        "it": QCoreApplication.translate("language_words", "Italian"),
        "ja": QCoreApplication.translate("language_words", "Japanese"),
        "ko": QCoreApplication.translate("language_words", "Korean"),
        "nl": QCoreApplication.translate("language_words", "Dutch"),
        "no": QCoreApplication.translate("language_words", "Norwegian"),
        "pl": QCoreApplication.translate("language_words", "Polish"),
        "pt": QCoreApplication.translate("language_words", "Portuguese"),
        "ro": QCoreApplication.translate("language_words", "Romanian"),
        "ru": QCoreApplication.translate("language_words", "Russian"),
        "sk": QCoreApplication.translate("language_words", "Slovak"),
        "sv": QCoreApplication.translate("language_words", "Swedish"),
        "th": QCoreApplication.translate("language_words", "Thai"),
        "tr": QCoreApplication.translate("language_words", "Turkish"),
        "uk": QCoreApplication.translate("language_words", "Ukrainian"),
        "ur": QCoreApplication.translate("language_words", "Urdu"),
        "vi": QCoreApplication.translate("language_words", "Vietnamese"),
        "zh": QCoreApplication.translate("language_words", "Chinese"),
    }
    return names.get(code, code)


def languages(codes: Sequence[str]) -> str:
    """The names, one after the other."""
    return ", ".join(language_name(code) for code in codes)


def gap_words(gaps: Sequence[LanguageGap]) -> str:
    """That documents are in languages which the model that finds places does not know."""
    names = languages([gap.language for gap in gaps])
    said = QCoreApplication.translate(
        "language_words",
        "There are documents in {languages}, which the model that finds places does not know: "
        "there it goes by words more than by meaning.",
    )
    knowing = next((gap for gap in gaps if gap.knowing), None)
    if knowing is None:
        return said.format(languages=names)
    remedy = (
        QCoreApplication.translate(
            "language_words", "{model} knows {languages}: Settings, Models, “Finds places”."
        )
        if knowing.is_here
        else QCoreApplication.translate(
            "language_words", "{model} knows {languages}; the guide says how to bring it in."
        )
    )
    known = languages([gap.language for gap in gaps if gap.knowing == knowing.knowing])
    return f"{said.format(languages=names)} {remedy.format(model=knowing.knowing, languages=known)}"
