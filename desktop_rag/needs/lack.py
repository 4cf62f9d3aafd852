"""One thing that this machine lacks, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """What may be lacking. The first eight keep the program from starting."""

    PROCESSOR = "processor"
    BITS = "bits"
    SYSTEM = "system"
    MEMORY = "memory"
    ADDRESS_SPACE = "address_space"
    LIBRARY_FOLDER = "library_folder"
    DISK = "disk"
    DATA_FOLDER = "data_folder"
    LITTLE_MEMORY = "little_memory"
    LITTLE_DISK = "little_disk"
    SETTINGS_FOLDER = "settings_folder"


# What happened, and what to do; {had} and {needed} are filled in.
_WORDS = {
    Need.PROCESSOR: (
        "The processor of this computer is too old: Desktop RAG needs {needed}, and it lacks "
        "{had}.",
        "Use a newer computer: most processors sold since 2015 will do. In a "
        "virtual machine, let it see the processor as it is.",
    ),
    Need.BITS: (
        "Desktop RAG needs a 64-bit system; this one has {had} bits.",
        "Install the 64-bit edition of your system.",
    ),
    Need.SYSTEM: (
        "This system is too old: its C library is {had}, and Desktop RAG needs {needed}.",
        "Use Debian 12, Ubuntu 22.04 or another system from 2022 on.",
    ),
    Need.MEMORY: (
        "This computer has too little memory: {had}, and Desktop RAG needs {needed}.",
        "Use a computer with at least 4 GB, or let the program have more of it.",
    ),
    Need.ADDRESS_SPACE: (
        "The program may use {had} of address space at most, and needs {needed}.",
        "Raise the limit with “ulimit -v unlimited”, or ask whoever set it.",
    ),
    Need.LIBRARY_FOLDER: (
        "The library cannot be kept in {had}: {needed}.",
        "See to the rights of this folder, or start the program with --library and the name of a "
        "folder that you may write to.",
    ),
    Need.DISK: (
        "The disk of {had} is full.",
        "Make room on it, at least {needed}, and start the program again.",
    ),
    Need.DATA_FOLDER: (
        "There is no home folder to keep the library in: {had}: {needed}.",
        "Sign in as a user with a home folder of their own, or start the program with --library "
        "and the name of a folder that you may write to.",
    ),
    Need.LITTLE_MEMORY: (
        "Little memory is free: {had}. Reading and answering may be slow or fail; {needed} are "
        "good to have.",
        "Close other programs.",
    ),
    Need.LITTLE_DISK: (
        "The disk of {had} is nearly full: reading documents may fail.",
        "Make room on it: {needed} are good to have.",
    ),
    Need.SETTINGS_FOLDER: (
        "Settings cannot be kept in {had}: {needed}.",
        "See to the rights of this folder; what you change now is forgotten when you quit.",
    ),
}
_LIMITS = frozenset({Need.LITTLE_MEMORY, Need.LITTLE_DISK, Need.SETTINGS_FOLDER})


@dataclass(frozen=True, slots=True)
class Lack:
    """What is there of it, and what is needed or why it is not there; as words put it."""

    need: Need
    had: str
    needed: str

    @property
    def stops(self) -> bool:
        """Whether the program cannot start; else it starts, and something may fail."""
        return self.need not in _LIMITS

    @property
    def message(self) -> str:
        """What is lacking, as a sentence for the terminal and for reports."""
        return _WORDS[self.need][0].format(had=self.had, needed=self.needed)

    @property
    def hint(self) -> str:
        """What to do about it."""
        return _WORDS[self.need][1].format(had=self.had, needed=self.needed)


def size_words(bytes_: int) -> str:
    """A size as people read it: “512 MB”, “3.7 GB”."""
    if bytes_ < 1_000_000_000:
        return f"{bytes_ // 1_000_000} MB"
    return f"{bytes_ / 1_000_000_000:.1f} GB"
