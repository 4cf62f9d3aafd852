"""The live proof that nothing leaves the machine."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QTreeWidgetItem

from desktop_rag.engine.messages import Failed
from desktop_rag.privacy.findings import PrivacyFindings
from desktop_rag.privacy.processes import SeenProcess, look_at
from desktop_rag.privacy.trials import Attempt, Verdict
from desktop_rag.ui import words
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import as_tooltip, label
from desktop_rag.ui.settings.page import SettingsPage, table


class PrivacyPage(SettingsPage):
    """Every way out, tried now in the engine process; what runs; and a report of it."""

    def __init__(self, engine: EngineLink) -> None:
        super().__init__(QCoreApplication.translate("PrivacyPage", "Privacy"))
        self._engine = engine
        self.body.addWidget(
            label(
                self.tr(
                    "Nothing leaves this computer. The operating system refuses this program "
                    "every way to a network, from its first moment on. You need not believe it: "
                    "let the program try every way out, now."
                ),
                "text",
            )
        )
        self.check_now = QPushButton(self.tr("Try every way out now"))
        self.check_now.clicked.connect(self.check)
        self.save_report = QPushButton(self.tr("Save a report …"))
        self.save_report.clicked.connect(self._save_report)
        row = FlowLayout(spacing=8)
        row.addWidget(self.check_now)
        row.addWidget(self.save_report)
        self.body.addLayout(row)
        self.privacy_state = label("", "section")
        self.body.addWidget(self.privacy_state)
        self.place = label("", "attention")
        self.place.setVisible(False)
        self.body.addWidget(self.place)
        self.attempts = table(
            self.tr("Ways out that were tried"), [self.tr("Way out"), self.tr("Result")]
        )
        self.body.addWidget(self.attempts, 2)
        self.processes = table(
            self.tr("Running parts of the program"),
            [
                self.tr("Running part"),
                self.tr("Kept in"),
                self.tr("Network connections"),
            ],
        )
        self.body.addWidget(self.processes, 1)

    def check(self) -> None:
        """Try every way out in the engine process, and list what stopped each."""
        self.privacy_state.setText(self.tr("Trying …"))
        self._engine.request("privacy_check", then=self._show)

    def _show(self, found: PrivacyFindings) -> None:
        self._show_attempts(found.attempts)
        self._show_processes(found.processes)
        self.place.setText("\n".join(words.place_warning(one) for one in found.warnings))
        self.place.setVisible(bool(found.warnings))

    def _show_attempts(self, attempts: Sequence[Attempt]) -> None:
        said = {
            Verdict.BLOCKED: self.tr("blocked by the operating system"),
            Verdict.BEST_EFFORT: self.tr("blocked by the program itself"),
            Verdict.NOT_TRIED: self.tr("could not be tried"),
            Verdict.OPEN: self.tr("OPEN"),
        }
        names = self._names()
        self.attempts.clear()
        for attempt in attempts:
            name = names.get(attempt.name, attempt.name)
            result = said[attempt.verdict]
            item = QTreeWidgetItem([name, result])
            item.setToolTip(1, as_tooltip(f"{result} ({attempt.detail})"))
            self.attempts.addTopLevelItem(item)
        self.attempts.resizeColumnToContents(0)
        self.privacy_state.setText(self._summary({attempt.verdict for attempt in attempts}))

    def _names(self) -> Mapping[str, str]:
        """Those of the ways out that are words."""
        return {
            "raw socket": self.tr("raw socket"),
            "packet socket": self.tr("packet socket"),
            "child process": self.tr("child process"),
            "Qt's socket": self.tr("window’s sockets"),
            "LanceDB in a cloud": self.tr("index in a cloud"),
            "model download": self.tr("model download"),
        }

    def _summary(self, verdicts: set[Verdict]) -> str:
        if Verdict.OPEN in verdicts:
            return self.tr("A way out is OPEN. Do not use privileged files until it is closed.")
        if Verdict.NOT_TRIED in verdicts:
            return self.tr("No way out was found open; some could not be tried.")
        return self.tr("Every way out is blocked.")

    def _show_processes(self, processes: Sequence[SeenProcess]) -> None:
        roles = {
            "window": self.tr("window"),
            "engine": self.tr("search and answers"),
            "reader": self.tr("reader of documents"),
            "helper": self.tr("helper"),
        }
        filtered = {
            True: self.tr("yes"),
            False: self.tr("NO"),
            None: self.tr("not visible"),
        }
        self.processes.clear()
        for seen in processes:
            # A process sees its own connections alone: the window looks at itself.
            one = (look_at(seen.pid) if seen.pid == os.getpid() else None) or seen
            cells = [roles.get(one.role, one.role), filtered[one.filtered], self._sockets(one)]
            item = QTreeWidgetItem(cells)
            item.setToolTip(0, as_tooltip(str(one.pid)))
            self.processes.addTopLevelItem(item)
        for column in (0, 1):
            self.processes.resizeColumnToContents(column)

    def _sockets(self, one: SeenProcess) -> str:
        if one.sockets is None:
            return self.tr("not visible")
        others = sum(one.sockets.values()) - one.sockets.get("local", 0)
        return str(others) if others else self.tr("none")

    def _save_report(self) -> None:
        self._engine.request("privacy_report", then=self._write_report)

    def _write_report(self, report: str) -> None:
        title = self.tr("Save the privacy report")
        name, _ = QFileDialog.getSaveFileName(self, title, self.tr("privacy report") + ".txt")
        if not name:
            return
        try:
            Path(name).write_text(report, encoding="utf-8")
        except OSError as error:
            message = self.tr("The report could not be saved.")
            self.problem.emit(Failed(0, message, str(error.strerror)))
