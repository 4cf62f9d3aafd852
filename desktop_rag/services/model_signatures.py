"""Whether a model may be taken: where a key is set, only packs that are signed with it are."""

from collections.abc import Callable, Generator
from pathlib import Path

from desktop_rag.domain import ImportProgress, ImportStep
from desktop_rag.errors import ModelError, WrongUsage
from desktop_rag.ports import SignatureVerifier
from desktop_rag.services.model_files import stamp
from desktop_rag.services.model_pack import is_pack

_SUFFIX = ".minisig"
_MOST_KEY_BYTES = 4096

Unchanged = Callable[[], None]


class ModelSignatures:
    """`key` is the public key of the settings, "" for none: then everything may be taken."""

    def __init__(self, verifier: SignatureVerifier, key: str) -> None:
        self._verifier = verifier
        self._key = key

    def require(
        self, path: Path, key: str = ""
    ) -> Generator[ImportProgress, None, tuple[str, Unchanged]]:
        """The trusted comment of the signature, "" if none is wanted, and a check for later.

        `key`: one more that must have signed it. The check, to be called when all of the pack was
        read, raises ModelError if it is another file by then. Raises ModelError, WrongUsage.
        """
        keys = sorted({self._key, key} - {""})
        if not keys:
            return "", lambda: None
        signature = path.with_name(path.name + _SUFFIX)
        ids = ", ".join(map(self._verifier.key_id, keys))
        if not path.exists():
            raise ModelError(f"There is no file or folder {path}.", "Check the name.")
        if not is_pack(path):
            raise _unsigned(f"{path.name} is no pack (.zip), and only packs can be signed", ids)
        if not signature.is_file():
            raise _unsigned(f"it has no signature ({signature.name} is not beside it)", ids)
        before, comment = stamp(path), ""
        for one in keys:
            comment = yield from self._checked(path, signature, one)

        def require_unchanged() -> None:
            if stamp(path) != before:
                raise ModelError(f"{path.name} was changed while it was read.", "Try again.")

        return comment, require_unchanged

    def _checked(
        self, path: Path, signature: Path, key: str
    ) -> Generator[ImportProgress, None, str]:
        steps, total = self._verifier.check(path, signature, key), path.stat().st_size
        try:
            while True:
                yield ImportProgress(ImportStep.COPYING, next(steps), total)
        except StopIteration as end:
            comment: str = end.value
            return comment
        finally:
            steps.close()


def read_key(text: str) -> str:
    """A public key: the line itself, or the last line of the file of this name.

    Raises WrongUsage if the file cannot be read.
    """
    file = Path(text)
    try:
        if not file.is_file():
            return text.strip()
        with file.open("rb") as stream:
            lines = stream.read(_MOST_KEY_BYTES).decode("utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise WrongUsage(f"The key {text} cannot be read.", "Give minisign.pub.") from error
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _unsigned(reason: str, ids: str) -> ModelError:
    return ModelError(
        f"It was not taken, because {reason}. On this computer only models are taken that are "
        f"signed with the key {ids}.",
        "Ask the administrator of this computer for a signed pack.",
    )
