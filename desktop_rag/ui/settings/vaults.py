"""The vaults: which there are, and what can be done with them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QTreeWidgetItem

from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import label, quiet_label
from desktop_rag.ui.passphrase_sheet import Answered, PassphraseSheet
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.page import SettingsPage, governed, table
from desktop_rag.ui.vault_door import VaultDoor
from desktop_rag.ui.vault_tasks import VaultTasks

_MINUTES = (1, 5, 10, 15, 30, 60)
_ID = Qt.ItemDataRole.UserRole


class VaultsPage(SettingsPage):
    """All vaults by number: while one is locked, nothing of it is known, not even a name."""

    def __init__(self, engine: EngineLink, preferences: Preferences, door: VaultDoor) -> None:
        super().__init__(QCoreApplication.translate("VaultsPage", "Vaults and lock"))
        self._engine = engine
        self._preferences = preferences
        self._door = door
        self.tasks = VaultTasks(self, engine, door, self.load)
        self.body.addWidget(
            quiet_label(
                self.tr(
                    "A vault is a library of its own that lies encrypted on the disk. It is open "
                    "in memory alone, and is locked when you leave, when the computer sleeps, and "
                    "when you quit."
                )
            )
        )
        self.vaults = table(self.tr("Vaults"), [self.tr("Vault"), self.tr("State")])
        self.vaults.itemSelectionChanged.connect(self._selected)
        self.body.addWidget(self.vaults, 1)
        row = FlowLayout(spacing=8)
        self.new = self._button(row, self.tr("New vault …"), self.tasks.create)
        self.open = self._button(row, self.tr("Open …"), lambda: self.tasks.open(self._chosen()))
        self.lock = self._button(row, self.tr("Lock now"), door.lock)
        self.change_passphrase = self._button(
            row,
            self.tr("Change the passphrase …"),
            lambda: self.tasks.change_passphrase(self._chosen()),
        )
        self.recover = self._button(
            row, self.tr("Forgotten …"), lambda: self.tasks.recover(self._chosen())
        )
        self.renew = self._button(
            row,
            self.tr("New recovery key …"),
            lambda: self.tasks.renew_recovery_key(self._chosen()),
        )
        self.delete = self._button(row, self.tr("Delete …"), self._delete)
        self.body.addLayout(row)
        self._lay_out_lock()
        self.minutes = self._make_minutes()
        self._show([])

    def load(self) -> None:
        self._engine.request("vaults", then=self._show)

    def _button(self, row: FlowLayout, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        row.addWidget(button)
        return button

    def _make_minutes(self) -> QComboBox:
        chosen = self._preferences.settings.lock_after_minutes
        box = QComboBox()
        box.setAccessibleName(self.tr("Lock when unused for"))
        for minutes in sorted({*_MINUTES, chosen}):
            box.addItem(self.tr("{minutes} min").format(minutes=minutes), minutes)
        box.setCurrentIndex(box.findData(chosen))
        box.activated.connect(
            lambda row: self.change(self._preferences, "lock_after_minutes", box.itemData(row))
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(
            self.tr("Lock when unused for"), governed(self._preferences, "lock_after_minutes", box)
        )
        self.body.addLayout(form)
        return box

    def _lay_out_lock(self) -> None:
        self.body.addWidget(label(self.tr("The program itself"), "section"))
        self.body.addWidget(
            quiet_label(
                self.tr(
                    "A passphrase can be asked for before anything is shown. It keeps people out "
                    "of the window, not out of the files: for that there are vaults."
                )
            )
        )
        row = FlowLayout(spacing=8)
        self.put_on = self._button(row, self.tr("Ask for a passphrase …"), self._put_lock_on)
        self.take_off = self._button(row, self.tr("Ask no more"), self._take_lock_off)
        self.lock_program = self._button(row, self.tr("Lock the program"), self._door.leave)
        self.body.addLayout(row)
        self._show_lock()

    def _show_lock(self) -> None:
        is_on = self._door.app_lock.is_on
        self.take_off.setEnabled(is_on)
        self.lock_program.setEnabled(is_on)
        self._door.watch()

    def _put_lock_on(self) -> None:
        def submit(lines: list[str], answered: Answered) -> None:
            if lines[-2] != lines[-1]:
                answered(self.tr("The two passphrases are not the same."))
            elif len(lines) > 2 and not self._door.app_lock.opens(lines[0]):
                answered(self.tr("This is not the passphrase of the program."))
            else:
                answered(self._changed_lock(lambda: self._door.app_lock.put_on(lines[-1])))

        before = [self.tr("Passphrase until now")] if self._door.app_lock.is_on else []
        self.lock_sheet = PassphraseSheet(
            self,
            self.tr("Ask for a passphrase"),
            self.tr("If it is forgotten, delete the file “app-lock” in the program’s data folder."),
            [*before, self.tr("Passphrase"), self.tr("The same once more")],
            self.tr("Ask for it from now on"),
            submit,
        )
        self.lock_sheet.open()

    def _take_lock_off(self) -> None:
        def submit(lines: list[str], answered: Answered) -> None:
            if self._door.app_lock.opens(lines[0]):
                answered(self._changed_lock(self._door.app_lock.take_off))
            else:
                answered(self.tr("This is not the passphrase of the program."))

        self.lock_sheet = PassphraseSheet(
            self,
            self.tr("Ask for no passphrase any more"),
            "",
            [self.tr("Passphrase until now")],
            self.tr("Ask no more"),
            submit,
        )
        self.lock_sheet.open()

    def _changed_lock(self, change: Callable[[], None]) -> str:
        """Make a change; returns what went wrong, or ""."""
        try:
            change()
        except OSError as error:
            return self.tr("It cannot be kept: {reason}.").format(reason=error.strerror)
        self._show_lock()
        return ""

    def _show(self, ids: Sequence[str]) -> None:
        self.vaults.clear()
        for number, vault_id in enumerate(ids, start=1):
            is_open = vault_id == self._door.vault_id
            state = self.tr("open") if is_open else self.tr("locked")
            name = self.tr("Vault {number}").format(number=number)
            item = QTreeWidgetItem([name, state])
            item.setData(0, _ID, vault_id)
            self.vaults.addTopLevelItem(item)
        self.vaults.resizeColumnToContents(0)
        for button in (self.open, self.change_passphrase, self.recover, self.renew):
            button.setEnabled(bool(ids))
        self.lock.setEnabled(self._door.is_open)
        self._selected()

    def _chosen(self) -> str | None:
        """The vault that is selected; without one the passphrase tells which is meant."""
        chosen = self.vaults.selectedItems()
        return str(chosen[0].data(0, _ID)) if chosen else None

    def _selected(self) -> None:
        chosen = self.vaults.selectedItems()
        is_open = bool(chosen) and chosen[0].data(0, _ID) == self._door.vault_id
        self.delete.setEnabled(bool(chosen) and not is_open)

    def _delete(self) -> None:
        for item in self.vaults.selectedItems():
            number = self.vaults.indexOfTopLevelItem(item) + 1
            self.tasks.delete(item.data(0, _ID), number)
