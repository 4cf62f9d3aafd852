"""Hostile folders of encoders; none of them gets as far as to be computed with."""

import json
import pickle
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.hostile import Case
from tests.hostile.packs import Payload

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
RERANKER, EMBEDDER = MODELS / "minilm-l6-reranker", MODELS / "all-MiniLM-L6-v2"
ST = "sentence_transformers"
FIRST = {"idx": 0, "name": "0", "path": "", "type": f"{ST}.models.Transformer"}
MODULES = {
    "os": "os.system", "subprocess": "subprocess.run", "itself": f"{ST}.util.misc.os",
    "a router": f"{ST}.models.Router", "pickle": "pickle.load", "nothing": "",
    "a path": "../../evil", "escape codes": "\x1b[2J.x",
}  # fmt: skip
TEXTS = {
    "deep": b"[" * 100_000, "no UTF-8": b"\xff\xfe", "a map of maps": b'{"a":' * 50_000,
    "empty": b"", "a huge number": b'{"architectures": ' + b"9" * 10_000 + b"}",
    "2 MB": b" " * 2_000_000, "null": b"null", "a number": b"7", "a text": b'"x"',
    "architectures of numbers": b'{"architectures": [1]}',
    "an architecture in a map": b'{"architectures": {"a": 1}}',
}  # fmt: skip


def copied(source: Path, change: Callable[[Path], Any], folder: Path) -> Path:
    """The settings of a sound model with weights of no tensor, changed."""
    target = folder / "model"
    ignored = shutil.ignore_patterns("*.safetensors", "*.onnx", "README.md")
    shutil.copytree(source, target, ignore=ignored)
    (target / "model.safetensors").write_bytes(b"\x02" + bytes(7) + b"{}")
    change(target)
    return target


def module(kind: str, path: str = "") -> Callable[[Path], Any]:
    """A second building block of this class."""
    two = json.dumps([FIRST, {"idx": 1, "name": "1", "path": path, "type": kind}])
    return lambda folder: (folder / "modules.json").write_text(two)


def config(**more: Any) -> Callable[[Path], Any]:
    """Other settings."""

    def change(folder: Path) -> None:
        file = folder / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **more}))

    return change


def written(file: str, content: bytes, folder: Path) -> None:
    """A file with this content."""
    (folder / file).write_bytes(content)


def code(marker: Path, folder: Path) -> None:
    """Code beside the model, named in two ways."""
    (folder / "evil.py").write_text(f"open({str(marker)!r}, 'w')\nclass Evil: pass\n")
    config(auto_map={"AutoModel": "evil.Evil", "AutoConfig": "evil.Evil"})(folder)
    module("evil.Evil")(folder)


def only_pickle(marker: Path, folder: Path) -> None:
    """No weights but those that run code."""
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Payload(marker)))


def link(folder: Path) -> None:
    """Settings that are another file of the machine."""
    (folder / "config.json").unlink()
    (folder / "config.json").symlink_to("/etc/passwd")


def many(folder: Path) -> None:
    """More files than any model has."""
    for number in range(1100):
        (folder / f"{number}.json").write_text("{}")


def _changes(marker: Path) -> Iterator[tuple[str, Path, Callable[[Path], Any]]]:
    for name, kind in MODULES.items():
        yield f"modules.json names {name}", EMBEDDER, module(kind)
    for path in ("../..", "/etc", "..\\..", "C:\\"):
        yield f"a module in {path}", EMBEDDER, module(f"{ST}.models.Pooling", path)
    yield "code beside the model", EMBEDDER, partial(code, marker)
    for name in ("torch.utils.collect_env.main", "os.abort", "torch.hub.load", "torch.nn.os"):
        inner = config(sentence_transformers={"activation_fn": name})
        yield f"activation {name}", RERANKER, inner
    older = config(sbert_ce_default_activation_function="builtins.breakpoint")
    yield "an activation of older times", RERANKER, older
    yield "nothing but a pickle", RERANKER, partial(only_pickle, marker)
    yield "config.json is a link", RERANKER, link
    yield "1,100 files", RERANKER, many
    for name, content in TEXTS.items():
        yield f"config.json: {name}", RERANKER, partial(written, "config.json", content)
        yield f"modules.json: {name}", EMBEDDER, partial(written, "modules.json", content)
    yield "a thousand scores", RERANKER, config(num_labels=1000)
    yield "a list for labels", RERANKER, config(num_labels=[1, 2])


def folders(marker: Path) -> Iterator[Case]:
    """All hostile folders."""
    for name, source, change in _changes(marker):
        yield Case(name, partial(copied, source, change))
