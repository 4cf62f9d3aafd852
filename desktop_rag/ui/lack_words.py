"""What the machine lacks, and what of the models, in the words of the window."""

from PySide6.QtCore import QCoreApplication

from desktop_rag.domain import ModelRole, ModelTrouble
from desktop_rag.needs.lack import Lack, Need


def lack_words(lack: Lack) -> tuple[str, str]:
    """What is lacking, and what to do about it."""
    message, hint = (_stopping() | _limiting())[lack.need]
    values = {"had": lack.had, "needed": lack.needed}
    return message.format(**values), hint.format(**values)


def model_trouble(trouble: ModelTrouble) -> tuple[str, str]:
    """What is wrong with a model in use and what that means, and what to do about it."""
    translate = QCoreApplication.translate
    message = (
        translate("lacks", "The model {name} is not there, or not all of it.")
        if trouble.is_missing
        else translate("lacks", "The model {name} is damaged, or was altered.")
    )
    means = (
        translate("lacks", "Until it is there again, answers are quotations from the documents.")
        if trouble.role is ModelRole.LANGUAGE_MODEL
        else translate("lacks", "Without it nothing can be read or searched.")
    )
    hint = (
        translate("lacks", "Import it again in the settings, or choose another one there.")
        if trouble.is_own
        else translate("lacks", "It comes with the program: install the program anew.")
    )
    return f"{message.format(name=trouble.name)} {means}", hint


def _stopping() -> dict[Need, tuple[str, str]]:
    return _of_the_machine() | _of_the_folders()


def _of_the_machine() -> dict[Need, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        Need.PROCESSOR: (
            translate(
                "lacks",
                "The processor of this computer is too old: Desktop RAG needs {needed}, and it "
                "lacks {had}.",
            ),
            translate(
                "lacks",
                "Use a newer computer: most processors sold since 2015 will do. In a virtual "
                "machine, let it see the processor as it is.",
            ),
        ),
        Need.BITS: (
            translate("lacks", "Desktop RAG needs a 64-bit system; this one has {had} bits."),
            translate("lacks", "Install the 64-bit edition of your system."),
        ),
        Need.SYSTEM: (
            translate(
                "lacks",
                "This system is too old: its C library is {had}, and Desktop RAG needs {needed}.",
            ),
            translate("lacks", "Use Debian 12, Ubuntu 22.04 or another system from 2022 on."),
        ),
        Need.MEMORY: (
            translate(
                "lacks",
                "This computer has too little memory: {had}, and Desktop RAG needs {needed}.",
            ),
            translate(
                "lacks",
                "Use a computer with at least 4 GB, or let the program have more of it.",
            ),
        ),
        Need.ADDRESS_SPACE: (
            translate(
                "lacks",
                "The program may use {had} of address space at most, and needs {needed}.",
            ),
            translate(
                "lacks", "Raise the limit with “ulimit -v unlimited”, or ask whoever set it."
            ),
        ),
    }


def _of_the_folders() -> dict[Need, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        Need.LIBRARY_FOLDER: (
            translate("lacks", "The library cannot be kept in {had}: {needed}."),
            translate(
                "lacks",
                "See to the rights of this folder, or start the program with --library and the "
                "name of a folder that you may write to.",
            ),
        ),
        Need.DISK: (
            translate("lacks", "The disk of {had} is full."),
            translate("lacks", "Make room on it, at least {needed}, and start the program again."),
        ),
        Need.DATA_FOLDER: (
            translate("lacks", "There is no home folder to keep the library in: {had}: {needed}."),
            translate(
                "lacks",
                "Sign in as a user with a home folder of their own, or start the program with "
                "--library and the name of a folder that you may write to.",
            ),
        ),
    }


def _limiting() -> dict[Need, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        Need.LITTLE_MEMORY: (
            translate(
                "lacks",
                "Little memory is free: {had}. Reading and answering may be slow or fail; "
                "{needed} are good to have.",
            ),
            translate("lacks", "Close other programs."),
        ),
        Need.LITTLE_DISK: (
            translate("lacks", "The disk of {had} is nearly full: reading documents may fail."),
            translate("lacks", "Make room on it: {needed} are good to have."),
        ),
        Need.SETTINGS_FOLDER: (
            translate("lacks", "Settings cannot be kept in {had}: {needed}."),
            translate(
                "lacks",
                "See to the rights of this folder; what you change now is forgotten when you quit.",
            ),
        ),
    }
