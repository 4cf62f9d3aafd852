"""models list | try | use | pack | fetch | import | verify."""

import argparse
import sys
from pathlib import Path

from desktop_rag.cli.language_names import language_words
from desktop_rag.cli.output import Output
from desktop_rag.cli.trial_words import (
    fit_json,
    fit_words,
    trial_details,
    trial_json,
    trial_words,
)
from desktop_rag.domain import (
    CheckedModel,
    DownloadProgress,
    EncoderGraph,
    ImportProgress,
    Model,
    ModelCondition,
    ModelRole,
    ModelTrial,
    PreparedEncoder,
    ScoreScale,
)
from desktop_rag.errors import WrongUsage
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.manifest import sha256_of
from desktop_rag.services.model_check import check_models
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.model_signatures import read_key

_MEGABYTE = 1_000_000
_INDENT = " " * 38


def models(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Run the action that was chosen."""
    if chosen.action == "list":
        return _list(assistant, output)
    if chosen.action == "verify":
        return _verify(assistant, output)
    if chosen.action == "try":
        return _try(assistant, chosen.name, output)
    if chosen.action == "use":
        return _use(assistant, chosen.name, output)
    if chosen.action == "pack":
        return _pack(assistant.shelf, chosen, output)
    if chosen.action == "import":
        return _import(assistant.shelf, chosen, output)
    return _fetch(assistant, chosen, output)


def _list(assistant: Assistant, output: Output) -> int:
    shelf, used = assistant.shelf, assistant.models_in_use
    found = _checked(assistant, output)
    rows = []
    for state in shelf.states():
        model, checked = state.model, found[state.model.name]
        in_use = used.get(model.role) == model.name
        trial = assistant.trials.kept(model)
        rows.append(
            {
                "name": model.name,
                "role": model.role.value,
                "title": model.title,
                "licence": model.licence,
                "languages": list(model.languages),
                "bytes": model.bytes,
                "installed": state.installed,
                "in_use": in_use,
                "state": checked.condition.value,
                "memory": fit_json(checked.fit),
                "trial": trial_json(trial),
                "folder": str(state.folder) if state.folder else None,
            }
        )
        words = "in use" if in_use else "installed" if state.installed else "not here"
        _print_model(model, words, checked, trial, output)
    output.result({"models": rows})
    return 0


def _checked(assistant: Assistant, output: Output) -> dict[str, CheckedModel]:
    """The state of each model's files, all of which are read."""
    found: dict[str, CheckedModel] = {}

    def note(step: CheckedModel) -> tuple[str, float, float]:
        found[step.name] = step
        return f"checking {step.name}", len(found), 0

    output.follow(check_models(assistant.shelf, assistant.trials), note)
    return found


def _print_model(
    model: Model, words: str, checked: CheckedModel, trial: ModelTrial | None, output: Output
) -> None:
    role = model.role.value.replace("_", " ")
    output.line(f"{words:<10} {role:<15} {model.bytes / _MEGABYTE:>7.0f} MB  {model.name}")
    output.line(f"{_INDENT}{model.title}")
    state = "" if checked.condition is ModelCondition.NOT_HERE else checked.condition.value
    facts = (model.licence, language_words(model.languages), state)
    output.line(_INDENT + " · ".join(filter(None, facts)))
    if checked.fit is not None and not checked.fit.fits:
        output.line(f"{_INDENT}It {fit_words(checked.fit)}.")
    elif trial is not None:
        output.line(_INDENT + trial_words(model.role, trial))


def _verify(assistant: Assistant, output: Output) -> int:
    problems = assistant.shelf.verify(_in_use(assistant))
    output.result(
        {
            "ok": not problems,
            "problems": [{"model": name, "problem": text} for name, text in problems],
        }
    )
    for name, text in problems:
        output.line(f"{name}: {text}")
    if not problems:
        output.line("Every installed model is what its manifest says.")
    return 1 if problems else 0


def _try(assistant: Assistant, name: str, output: Output) -> int:
    model = assistant.shelf.model(name)
    trial = output.follow(
        assistant.trials.run(name), lambda step: (f"{step.step.value} {name}", step.seconds, 0)
    )
    output.result({"name": name, "role": model.role.value, **trial_json(trial)})
    output.line(trial_words(model.role, trial))
    output.line(trial_details(trial))
    return 0


def _use(assistant: Assistant, name: str, output: Output) -> int:
    """Every file of it is checked first: what is not whole would leave the program without."""
    shelf = assistant.shelf
    model = shelf.model(name)
    before = assistant.models_in_use[model.role]
    shelf.folder(name, model.role)
    assistant.choose_model(model.role, name)
    is_other_finder = model.role is ModelRole.EMBEDDER and before != name
    output.result(
        {"name": name, "role": model.role.value, "before": before, "reembed": is_other_finder}
    )
    role = model.role.value.replace("_", " ")
    output.line(f"{name} is the {role} from now on; a window that is open takes it when it starts.")
    if is_other_finder:
        output.line(
            "All documents are to be prepared anew for it: run “desktop-rag reembed”, or open the "
            "window, which does it by itself. In a large library this takes hours; until it is "
            f"done, searches go on with {before}."
        )
    return 0


def _pack(shelf: ModelShelf, chosen: argparse.Namespace, output: Output) -> int:
    target = chosen.to or Path(f"{chosen.name}.zip")
    steps = shelf.pack(chosen.name, target)
    written = output.follow(steps, lambda step: (step.step.value, step.done, step.total))
    size, digest = written.stat().st_size, sha256_of(written)
    output.result({"name": chosen.name, "path": str(written), "bytes": size, "sha256": digest})
    output.line(f"{written} holds {chosen.name}: {size / _MEGABYTE:.0f} MB, SHA-256 {digest}")
    output.line(f"Its licence travels with it: {shelf.model(chosen.name).licence}.")
    return 0


def _import(shelf: ModelShelf, chosen: argparse.Namespace, output: Output) -> int:
    key = read_key(chosen.key) if chosen.key is not None else ""
    if chosen.key is not None and not key:
        raise WrongUsage("The key is empty.", "Give minisign.pub, or the line “RW…” in it.")
    steps = shelf.import_from(chosen.path, chosen.name, for_all_users=chosen.for_all_users, key=key)
    imported = output.follow(steps, _describe_import)
    model, encoder = imported.model, imported.encoder
    result: dict[str, object] = {
        "name": model.name,
        "role": model.role.value,
        "bytes": model.bytes,
        "signed": imported.signed or None,
    }
    if encoder is not None:
        result |= {"agreement": _agreement(encoder), "scale": encoder.scale.value}
        result["remarks"] = list(encoder.remarks)
    output.result(result)
    for line in [] if encoder is None else _encoder_lines(encoder):
        output.line(line)
    if imported.signed:
        output.line(f"Its signature is valid: {imported.signed}")
    output.line(f"Imported {model.name}. To use it: desktop-rag models use {model.name}")
    return 0


def _agreement(encoder: PreparedEncoder) -> dict[str, object]:
    """As docs/terminal.md has it; without a comparison measure and value are null."""
    found = encoder.agreement
    return {
        "measure": found.measure if found else None,
        "value": round(found.value, 4) if found else None,
        "least": round(found.least, 4) if found else None,
        "pairs": found.pairs if found else 0,
        "graph": encoder.graph.value,
    }


def _encoder_lines(encoder: PreparedEncoder) -> list[str]:
    graph = {
        EncoderGraph.INT8: "an int8 graph that was written for it",
        EncoderGraph.AS_GIVEN: "the graph that came with it",
        EncoderGraph.NONE: "its weights, through torch (slower)",
    }[encoder.graph]
    lines = [*encoder.remarks, f"On a CPU it runs {graph}."]
    found = encoder.agreement
    if found is not None:
        what = "pairs" if found.measure == "spearman" else "texts"
        lines.append(
            f"Agreement with its weights: {found.measure} {found.value:.4f}, "
            f"least {found.least:.4f}, {found.pairs} {what}."
        )
    if encoder.scale is ScoreScale.PROBABILITY:
        lines.append("Its graph gives probabilities; they are turned back into logits.")
    return lines


def _describe_import(step: ImportProgress) -> tuple[str, float, float]:
    return step.step.value, step.done, step.total


def _fetch(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    shelf = assistant.shelf
    names = [chosen.name] if chosen.name else _in_use(assistant)
    for model in [shelf.model(name) for name in names]:
        wanted = shelf.wanted(model.name, into=chosen.to)
        if not wanted:
            output.remark(f"{model.name} is here already.")
            continue
        _announce(model, sum(file.bytes for file in wanted), output)
        if not (chosen.yes or _agreed(output)):
            output.result({"fetched": []})
            return 1
        output.follow(shelf.fetch(model.name, into=chosen.to), _describe)
        output.remark(f"{model.name} is here and its files are what they should be.")
    output.result({"fetched": names})
    return 0


def _announce(model: Model, size: int, output: Output) -> None:
    places = " or ".join(f"{source.name} ({source.kind})" for source in model.sources)
    origin = places or "nowhere: it has no source"
    output.remark(f"Will fetch {size / _MEGABYTE:.0f} MB of {model.name} from {origin}.")


def _agreed(output: Output) -> bool:
    if not sys.stdin.isatty():
        raise WrongUsage("Nobody is there to agree to the download.", "Add --yes to agree.")
    output.remark("Fetch it? [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _describe(step: DownloadProgress) -> tuple[str, float, float]:
    return step.name, step.done, step.total


def _in_use(assistant: Assistant) -> list[str]:
    return list(assistant.models_in_use.values())
