"""vault: encrypted libraries, each opened by a passphrase."""

import argparse

from desktop_rag.cli.output import Output
from desktop_rag.cli.passphrases import passphrase_of
from desktop_rag.domain import VaultKey
from desktop_rag.errors import WrongUsage
from desktop_rag.services.assistant import Assistant

_PROMPT = "Passphrase of the vault"


def key_of(assistant: Assistant, chosen: argparse.Namespace) -> VaultKey:
    """The key of the vault that `--vault` names. Raises UnknownVault, WrongPassphrase."""
    vault_id = assistant.vaults.named(chosen.vault)
    return assistant.vaults.unlock(passphrase_of(chosen.passphrase_file, _PROMPT), vault_id)


def vault(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Run the action that was chosen; exit code 0."""
    if chosen.action not in ("list", "create") and chosen.vault is None:
        raise WrongUsage("Which vault?", "Name it: --vault 1. “desktop-rag vault list” shows them.")
    _ACTIONS[chosen.action](assistant, chosen, output)
    return 0


def _list(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    ids = assistant.vaults.ids()
    output.result({"vaults": [{"number": n, "id": key} for n, key in enumerate(ids, start=1)]})
    for number, vault_id in enumerate(ids, start=1):
        output.line(f"{number:>3}  {vault_id}")
    if not ids:
        output.line("There is no vault. “desktop-rag vault create” makes one.")


def _create(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    passphrase = passphrase_of(chosen.passphrase_file, "Passphrase of the new vault", twice=True)
    made = assistant.vaults.create(passphrase)
    number = assistant.vaults.ids().index(made.key.vault_id) + 1
    output.result({"number": number, "id": made.key.vault_id, "recovery_key": made.recovery_key})
    output.line(f"Vault {number} was made. Its recovery key, which is shown only now:")
    output.line(f"\n    {made.recovery_key}\n")
    output.line("Print it and lock it away: it opens the vault if the passphrase is forgotten.")
    output.line(f"Add documents with: desktop-rag add PATH --vault {number}")


def _passphrase(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    if chosen.recovery_key_file is not None:
        typed = passphrase_of(chosen.recovery_key_file, "Recovery key")
        key = assistant.vaults.unlock_by_recovery_key(typed, chosen.vault)
    else:
        key = key_of(assistant, chosen)
    fresh = passphrase_of(chosen.new_passphrase_file, "New passphrase", twice=True)
    assistant.vaults.change_passphrase(key, fresh)
    output.result({"id": key.vault_id, "changed": True})
    output.line("The new passphrase opens the vault from now on. The recovery key stays.")


def _recovery_key(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    key = key_of(assistant, chosen)
    recovery_key = assistant.vaults.renew_recovery_key(key)
    output.result({"id": key.vault_id, "recovery_key": recovery_key})
    output.line(f"The new recovery key, which is shown only now:\n\n    {recovery_key}\n")
    output.line("The one before does not open the vault any more.")


def _check(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    key = key_of(assistant, chosen)
    assistant.vaults.check(key)
    output.result({"id": key.vault_id, "whole": True})
    output.line("Every file of the vault is what was written.")


def _repair(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    key = key_of(assistant, chosen)
    count = assistant.vaults.repair(key)
    output.result({"id": key.vault_id, "documents_to_read_again": count})
    output.line(
        f"The stored text of {count} documents could not be trusted and was dropped. They are read "
        "again from their files when documents are next added, or in the window."
        if count
        else "The vault is whole."
    )


def _accept(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    assistant.vaults.accept(chosen.vault)
    output.result({"id": assistant.vaults.named(chosen.vault), "accepted": True})
    output.line("The vault is taken as it is.")


def _delete(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> None:
    if not chosen.yes:
        raise WrongUsage(
            "This deletes all that the vault holds: stored text, answers and names. "
            "Your PDFs are not touched.",
            "Say --yes if you mean it.",
        )
    vault_id = assistant.vaults.named(chosen.vault)
    assistant.vaults.delete(vault_id)
    output.result({"id": vault_id, "deleted": True})
    output.line("The vault is deleted.")


_ACTIONS = {
    "list": _list,
    "create": _create,
    "passphrase": _passphrase,
    "recovery-key": _recovery_key,
    "check": _check,
    "repair": _repair,
    "accept": _accept,
    "delete": _delete,
}
