"""What the reader does with vaults: make, open, change, delete."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from desktop_rag.domain import NewVault, VaultKey
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.dialogs import Sheet, confirm
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.parts import label
from desktop_rag.ui.passphrase_sheet import Answered, PassphraseSheet
from desktop_rag.ui.vault_door import VaultDoor


class VaultTasks(QObject):
    """Asks, has the engine do it, and says what came of it.

    `changed` is called when a vault was made or deleted.
    """

    def __init__(
        self, parent: QWidget, engine: EngineLink, door: VaultDoor, changed: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._engine = engine
        self._door = door
        self._changed = changed

    def create(self) -> PassphraseSheet:
        """Make a vault, show its recovery key, and go into it."""

        def submit(lines: list[str], answered: Answered) -> None:
            def made(new: NewVault) -> None:
                answered("")
                self._changed()
                self._show_recovery_key(new)

            if self._differ(lines, answered):
                return
            self._engine.request(
                "create_vault",
                lines[0],
                then=made,
                failed=_say(answered),
                lost=lambda: answered(self._interrupted()),
            )

        return self._ask(
            self.tr("New vault"),
            self.tr(
                "What is put into a vault lies encrypted on the disk: text, search index, "
                "conversations and names. Without the passphrase or the recovery key nobody can "
                "open it, and nobody can help. Your PDFs themselves stay as they are."
            ),
            [self.tr("Passphrase (four random words are good)"), self.tr("The same once more")],
            self.tr("Make the vault"),
            submit,
        )

    def open(self, vault_id: str | None = None) -> PassphraseSheet:
        """Open this vault, or the first that a passphrase opens."""

        def submit(lines: list[str], answered: Answered) -> None:
            def opened(key: VaultKey) -> None:
                answered("")
                self._enter(key)

            def failed(failure: Failed) -> None:
                if failure.kind in ("VaultOlder", "VaultDamaged"):
                    answered("")
                    self._offer(failure, lines[0], vault_id)
                else:
                    _say(answered)(failure)

            self._engine.request("unlock_vault", lines[0], vault_id, then=opened, failed=failed)

        return self._ask(
            self.tr("Open a vault"),
            self.tr("A locked vault has no name: the passphrase tells which one is meant."),
            [self.tr("Passphrase")],
            self.tr("Open"),
            submit,
        )

    def change_passphrase(self, vault_id: str | None = None) -> PassphraseSheet:
        """Let another passphrase open a vault."""
        return self._change(
            vault_id,
            "change_passphrase",
            self.tr("Change the passphrase"),
            self.tr("The recovery key stays as it is."),
            self.tr("Passphrase until now"),
        )

    def recover(self, vault_id: str | None = None) -> PassphraseSheet:
        """Let a new passphrase open a vault whose old one is forgotten."""
        return self._change(
            vault_id,
            "recover_vault",
            self.tr("Forgotten passphrase"),
            self.tr("The recovery key was shown when the vault was made: ten groups of letters."),
            self.tr("Recovery key"),
        )

    def renew_recovery_key(self, vault_id: str | None = None) -> PassphraseSheet:
        """Show a new recovery key of a vault; the one before opens it no more."""

        def submit(lines: list[str], answered: Answered) -> None:
            def renewed(recovery_key: str) -> None:
                answered("")
                RecoveryKeySheet(self._parent, recovery_key).open()

            self._engine.request(
                "renew_recovery_key",
                lines[0],
                vault_id,
                then=renewed,
                failed=_say(answered),
                lost=lambda: answered(self._interrupted()),
            )

        return self._ask(
            self.tr("New recovery key"),
            self.tr("The recovery key that you have does not open the vault any more after this."),
            [self.tr("Passphrase")],
            self.tr("Make a new one"),
            submit,
        )

    def delete(self, vault_id: str, number: int) -> None:
        """Ask, then delete a vault."""
        title = self.tr("Delete vault {number}?").format(number=number)
        text = self.tr(
            "The text, the search index and the conversations in it are lost for good. Your PDFs "
            "stay where they are."
        )
        if confirm(self._parent, title, text, self.tr("Delete the vault")):
            self._engine.request("delete_vault", vault_id, then=lambda _: self._changed())

    def _interrupted(self) -> str:
        return self.tr("It was interrupted. Look whether it was done before you try again.")

    def _change(
        self, vault_id: str | None, method: str, title: str, text: str, first: str
    ) -> PassphraseSheet:
        def submit(lines: list[str], answered: Answered) -> None:
            if self._differ(lines[1:], answered):
                return
            self._engine.request(
                method,
                vault_id,
                *lines[:2],
                then=lambda _: answered(""),
                failed=_say(answered),
                lost=lambda: answered(self._interrupted()),
            )

        names = [first, self.tr("New passphrase"), self.tr("The new one once more")]
        return self._ask(title, text, names, self.tr("Change"), submit)

    def _ask(
        self,
        title: str,
        text: str,
        names: Sequence[str],
        act: str,
        submit: Callable[[list[str], Answered], None],
    ) -> PassphraseSheet:
        sheet = PassphraseSheet(self._parent, title, text, names, act, submit)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()
        return sheet

    def _differ(self, lines: Sequence[str], answered: Answered) -> bool:
        differ = lines[0] != lines[1]
        if differ:
            answered(self.tr("The two passphrases are not the same."))
        return differ

    def _offer(self, failure: Failed, passphrase: str, vault_id: str | None) -> None:
        """Say what is wrong with a vault, and do what can be done about it, if it is wanted."""
        is_older = failure.kind == "VaultOlder"
        act = self.tr("Take it as it is") if is_older else self.tr("Repair it")
        remedy = (
            self.tr(
                "If you restored a backup yourself, take it as it is. If not, somebody else may "
                "have put an old copy in its place."
            )
            if is_older
            else self.tr(
                "Restore the folder of the vault from a backup. Repairing drops what cannot be "
                "trusted; those documents are then read again from their files."
            )
        )
        if confirm(self._parent, failure.message, remedy, act):
            method = "accept_vault" if is_older else "repair_vault"
            self._engine.request(method, passphrase, vault_id, then=self._open_again)

    def _open_again(self, _: object) -> None:
        self.open()

    def _show_recovery_key(self, new: NewVault) -> None:
        sheet = RecoveryKeySheet(self._parent, new.recovery_key)
        sheet.accepted.connect(lambda: self._enter(new.key))
        sheet.open()

    def _enter(self, key: VaultKey) -> None:
        self._engine.request(
            "vaults", then=lambda ids: self._door.enter(key, ids.index(key.vault_id) + 1)
        )


class RecoveryKeySheet(Sheet):
    """The recovery key, shown once, to be printed."""

    def __init__(self, parent: QWidget, recovery_key: str) -> None:
        super().__init__(parent, self.tr("The recovery key of this vault"))
        self.set_text(
            self.tr(
                "It opens the vault if the passphrase is forgotten, and it is shown only now. "
                "Print it and lock it away; do not keep it on this computer."
            )
        )
        groups = recovery_key.split("-")
        lines = (" ".join(groups[:5]), " ".join(groups[5:]))
        self.key = label("\n".join(lines), "recoveryKey")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setAccessibleName(recovery_key)
        self.body.addWidget(self.key)
        self.print = QPushButton(self.tr("Print …"))
        self.print.clicked.connect(self._print)
        self.buttons.addButton(self.print, QDialogButtonBox.ButtonRole.ActionRole)
        self.add_accept(self.tr("I have it on paper"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def reject(self) -> None:
        """Esc is no way to say that it is on paper."""

    def _print(self) -> None:
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            document = QTextDocument()
            document.setPlainText(f"{self.title.text()}\n\n{self.key.text()}")
            document.print_(printer)


def _say(answered: Answered) -> Callable[[Failed], None]:
    """Show a failure in the sheet that asked."""
    return lambda failure: answered(f"{failure.message} {failure.hint}".strip())
