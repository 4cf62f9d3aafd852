from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_rag.ui.handed_files import HandedFiles


@pytest.mark.usefixtures("qtbot")
def test_files_that_the_system_hands_over_are_offered_also_early_ones() -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    handed, offered = HandedFiles(application), list[Path]()

    def offer(paths: Sequence[Path]) -> None:
        offered.extend(paths)

    def hand(name: str) -> None:
        QApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile(f"/files/{name}")))

    hand("early.pdf")
    assert offered == []
    handed.give_to(offer)
    hand("later, ä.pdf")
    assert offered == [Path("/files/early.pdf"), Path("/files/later, ä.pdf")]
    application.removeEventFilter(handed)


def test_what_is_no_file_goes_on(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    handed = HandedFiles(application)
    handed.give_to(lambda paths: pytest.fail(f"{paths}"))
    assert not handed.eventFilter(application, QEvent(QEvent.Type.User))
    application.removeEventFilter(handed)
