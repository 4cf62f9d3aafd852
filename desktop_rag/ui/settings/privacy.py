"""The live proof that nothing leaves the machine."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QTreeWidgetItem

from desktop_rag.engine.messages import Failed
from desktop_rag.privacy.self_test import Attempt, Verdict
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import label
from desktop_rag.ui.settings.page import SettingsPage, table


class PrivacyPage(SettingsPage):
    """Every way out, tried now in the engine process; and a report of it."""

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
        self.attempts = table(
            self.tr("Ways out that were tried"), [self.tr("Way out"), self.tr("Result")]
        )
        self.body.addWidget(self.attempts, 1)

    def check(self) -> None:
        """Try every way out in the engine process, and list what stopped each."""
        self.privacy_state.setText(self.tr("Trying …"))
        self._engine.request("privacy_check", then=self._show_attempts)

    def _show_attempts(self, attempts: Sequence[Attempt]) -> None:
        said = {
            Verdict.BLOCKED: self.tr("blocked by the operating system"),
            Verdict.BEST_EFFORT: self.tr("blocked by the program itself"),
            Verdict.OPEN: self.tr("OPEN"),
        }
        self.attempts.clear()
        for attempt in attempts:
            self.attempts.addTopLevelItem(QTreeWidgetItem([attempt.name, said[attempt.verdict]]))
        self.attempts.resizeColumnToContents(0)
        is_open = any(attempt.verdict is Verdict.OPEN for attempt in attempts)
        self.privacy_state.setText(
            self.tr("A way out is OPEN. Do not use privileged files until it is closed.")
            if is_open
            else self.tr("Every way out is blocked.")
        )

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
