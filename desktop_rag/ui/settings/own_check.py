"""The reader's own quality check."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop_rag.domain import OwnCheck
from desktop_rag.ui import words
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import label
from desktop_rag.ui.settings.page import SettingsPage

_MOST_MISSED = 10


class OwnCheckPage(SettingsPage):
    """Asks what was answered rightly once more, and counts how often the page comes first."""

    def __init__(self, engine: EngineLink) -> None:
        super().__init__(QCoreApplication.translate("OwnCheckPage", "Your own check"))
        self._engine = engine
        self.body.addWidget(
            label(
                self.tr(
                    "Answers that you marked right are questions whose page is known. The check "
                    "asks them again and counts how often that page comes first: run it after a "
                    "change of models."
                ),
                "text",
            )
        )
        run = QPushButton(self.tr("Run the check"))
        run.clicked.connect(self._run_check)
        save = QPushButton(self.tr("Save the questions …"))
        save.clicked.connect(self._save_questions)
        row = FlowLayout(spacing=8)
        row.addWidget(run)
        row.addWidget(save)
        self.body.addLayout(row)
        self.check_state = label("", "text")
        self.body.addWidget(self.check_state)
        self.body.addStretch()

    def _run_check(self) -> None:
        self.check_state.setText(self.tr("Asking …"))
        self._engine.request(
            "own_check",
            each=lambda step: self.check_state.setText(
                self.tr("Question {done} of {total}").format(done=step.done, total=step.total)
            ),
            then=self._show_check,
        )

    def _show_check(self, check: OwnCheck) -> None:
        if not check.questions:
            self.check_state.setText(self.tr("No answer is marked right yet."))
            return
        lines = [
            self.tr("%n question(s) with a known page.", "", check.questions),
            self.tr("The page comes first for {share} %.").format(
                share=round(100 * check.hit_at_1)
            ),
            self.tr("It is among the first five for {share} %.").format(
                share=round(100 * check.hit_at_5)
            ),
            self.tr("%n answer(s) marked wrong.", "", check.wrong),
        ]
        if check.missed:
            lines.append(self.tr("Not found among the first five:"))
            lines += [f"  • {words.quoted(question)}" for question in check.missed[:_MOST_MISSED]]
        if len(check.missed) > _MOST_MISSED:
            lines.append("  …")
        self.check_state.setText("\n".join(lines))

    def _save_questions(self) -> None:
        title = self.tr("Save the questions")
        name, _ = QFileDialog.getSaveFileName(self, title, "questions.jsonl")
        if name:
            self._engine.request(
                "export_own_questions",
                Path(name),
                then=lambda count: self.check_state.setText(
                    self.tr("%n question(s) saved.", "", count)
                ),
            )
