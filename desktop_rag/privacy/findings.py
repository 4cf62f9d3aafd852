"""What the privacy check found, in one value: it crosses from the engine to the window."""

from dataclasses import dataclass

from desktop_rag.privacy.places import PlaceWarning
from desktop_rag.privacy.processes import SeenProcess
from desktop_rag.privacy.trials import Attempt


@dataclass(frozen=True, slots=True)
class PrivacyFindings:
    """Every way out that was tried, and what else matters.

    Attributes:
        processes: those of this program; none where the system does not tell.
        warnings: ways in which the library's folder leaves this computer.
        exposed: files and folders of the library that other users may read, with full paths.
    """

    attempts: tuple[Attempt, ...]
    processes: tuple[SeenProcess, ...]
    warnings: tuple[PlaceWarning, ...]
    exposed: tuple[str, ...]
