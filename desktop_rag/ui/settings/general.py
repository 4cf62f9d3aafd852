"""How the window looks and speaks."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QPushButton

from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.page import SettingsPage, governed

_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class GeneralPage(SettingsPage):
    """Appearance, size of text, language, whether scans are read, and quiet work on battery.

    Signals:
        about_wanted(): show what this program is.
    """

    about_wanted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(QCoreApplication.translate("GeneralPage", "General"))
        self._preferences = preferences
        settings = self._preferences.settings
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.appearance = self._choice(
            "appearance",
            settings.appearance,
            (
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
            ),
            self.tr("Appearance"),
        )
        self.text_size = self._choice(
            "text_size",
            settings.text_size,
            tuple((f"{size} %", size) for size in sorted({*_SIZES, settings.text_size})),
            self.tr("Size of text"),
        )
        self.language = self._choice(
            "language",
            settings.language,
            (
                (self.tr("As the system"), "system"),
                ("English", "en"),
                ("Deutsch", "de"),
                ("Français", "fr"),
            ),
            self.tr("Language"),
        )
        for key, box in (
            ("appearance", self.appearance),
            ("text_size", self.text_size),
            ("language", self.language),
        ):
            form.addRow(box.accessibleName(), governed(preferences, key, box))
        self.body.addLayout(form)
        self.ocr = QCheckBox(self.tr("Read scanned pages (slower)"))
        self.ocr.setChecked(settings.ocr)
        self.ocr.toggled.connect(lambda on: self.change(self._preferences, "ocr", on))
        self.body.addWidget(governed(preferences, "ocr", self.ocr))
        self.quiet = QCheckBox(self.tr("Quieter on battery"))
        self.quiet.setToolTip(
            self.tr("Reading documents then takes longer. Answers come as fast as always.")
        )
        self.quiet.setChecked(settings.quiet_on_battery)
        self.quiet.toggled.connect(
            lambda on: self.change(self._preferences, "quiet_on_battery", on)
        )
        self.body.addWidget(governed(preferences, "quiet_on_battery", self.quiet))
        self.body.addStretch()
        about = QPushButton(self.tr("About Desktop RAG …"))
        about.clicked.connect(self.about_wanted)
        self.body.addWidget(about, alignment=Qt.AlignmentFlag.AlignLeft)

    def _choice(
        self,
        key: str,
        value: str | int,
        choices: Sequence[tuple[str, str | int]],
        name: str,
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for text, data in choices:
            box.addItem(text, data)
        box.setCurrentIndex([data for _, data in choices].index(value))
        box.activated.connect(lambda row: self.change(self._preferences, key, box.itemData(row)))
        return box
