"""The errors that a person may meet. Each says what happened and, as its hint, what to do.

    DesktopRagError
    ├── WrongUsage            the request itself makes no sense            (exit code 2)
    ├── NothingToAdd          no PDF where one was promised
    ├── UnknownDocument       no document has this id
    ├── UnknownCollection     no collection has this name
    ├── NotSaved              a file cannot be written where the reader wants it
    ├── UnknownConversation   the history does not hold it, or a question of it, any more
    ├── MachineUnfit          this computer lacks what the program needs
    ├── SettingsError         the settings file asks for something unknown, or cannot be written
    ├── LibraryError          the library cannot be opened or written
    │   ├── LibraryBusy       another program is writing it
    │   ├── EmbedderMismatch  its vectors come from another model
    │   ├── VaultDamaged      a file of a vault is not what was written, or not there
    │   └── VaultOlder        a vault is older than it was when last seen here
    ├── WrongPassphrase       it does not open this vault
    ├── UnknownVault          no vault has this id
    ├── ReadingStopped        reading was ended from outside; no document is to blame
    ├── DocumentError         one file cannot be read; the others go on
    │   ├── NeedsPassword
    │   ├── UnreadableDocument
    │   └── ReaderDied        the reader process ended or was killed at its time-out
    └── ModelError            a model is missing, altered or does not load
        ├── ModelMissing
        ├── ModelAltered
        ├── ModelTooLarge     the memory does not suffice for it
        ├── ModelFailed       it ended in the middle of its work
        └── DownloadFailed

An error outside this tree is a bug and is shown with its traceback.
"""


class DesktopRagError(Exception):
    """Base of the tree. `message`: what happened. `hint`: what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[type["DesktopRagError"], tuple[str, str]]:
        return type(self), (self.message, self.hint)


class WrongUsage(DesktopRagError):
    """The request itself makes no sense."""


class NothingToAdd(DesktopRagError):
    """No PDF where one was promised."""


class UnknownDocument(DesktopRagError):
    """No document has this id."""


class UnknownCollection(DesktopRagError):
    """No collection has this name."""


class NotSaved(DesktopRagError):
    """A file cannot be written where the reader wants it."""


class UnknownConversation(DesktopRagError):
    """The history does not hold this conversation, or this question of one."""


class MachineUnfit(DesktopRagError):
    """This computer lacks what the program needs: no engine can be loaded."""


class SettingsError(DesktopRagError):
    """The settings file asks for something unknown, or cannot be written."""


class LibraryError(DesktopRagError):
    """The library cannot be opened or written."""


class LibraryBusy(LibraryError):
    """Another program is writing this library."""


class EmbedderMismatch(LibraryError):
    """The library's vectors come from another model."""


class VaultDamaged(LibraryError):
    """A file of a vault is not what was written, or not there."""


class VaultOlder(LibraryError):
    """A vault is older than it was when this computer last saw it."""


class WrongPassphrase(DesktopRagError):
    """The passphrase, or the recovery key, does not open this vault."""


class UnknownVault(DesktopRagError):
    """No vault has this id."""


class ReadingStopped(DesktopRagError):
    """A `PageReader` was closed while it read. Nothing is known of the document by that."""


class DocumentError(DesktopRagError):
    """One file cannot be read; the others go on."""


class NeedsPassword(DocumentError):
    """The file is encrypted and no password given opens it."""


class UnreadableDocument(DocumentError):
    """The file is damaged or is no PDF."""


class ReaderDied(DocumentError):
    """The reader process ended or was killed at its time-out."""


class ModelError(DesktopRagError):
    """A model is missing, altered or does not load."""


class ModelMissing(ModelError):
    """A file of the model is not there."""


class ModelAltered(ModelError):
    """A file of the model is not the one that its manifest names."""


class ModelTooLarge(ModelError):
    """The memory that is free does not suffice for the model."""


class ModelFailed(ModelError):
    """The model ended in the middle of its work; it may do better when it is loaded anew."""


class DownloadFailed(ModelError):
    """A model could not be fetched."""
