"""Signed packs: what minisign signs is taken, and nothing else where a key is set."""

import os
from pathlib import Path

import pytest

from desktop_rag.adapters.minisign import Minisign
from desktop_rag.adapters.model_fetcher import HttpModelFetcher
from desktop_rag.errors import ModelError, WrongUsage
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.model_signatures import ModelSignatures, read_key
from tests.gguf import gguf, make_gguf
from tests.hostile.packs import zipped
from tests.minisigning import Signer
from tests.services.test_model_shelf import ENCODERS, RERANKER, RESOURCES
from tests.support import finish

# Made by minisign 0.11: `minisign -G -W`, then `minisign -S` and `minisign -S -l` of CONTENT.
CONTENT = b"content of a pack"
TOOLS_KEY = "RWQ/86yHDshrWKhU97FRWeUTo78/iXSBqFnyUzCV672MXcYDpUdDUjyv"
TOOLS_ID = "586BC80E87ACF33F"
HASHED = """untrusted comment: signature from minisign secret key
RUQ/86yHDshrWDyiLb+FiuSFlBPTMXksfpwGCcQMD+VbmFEpVY8tNtL6x8VFdHJL6HUQx4gErl/BYgGuef8Ch7EW8N3UWO6jEQM=
trusted comment: for the office
xwpsx/xc7lGIy/RdlCXgV0Q0ZTq51ywUjW9nrhkBCkoMv6Aq9XA3NCMwLLYP4nLKnKGue4C+641wFEoCMckfDw==
"""
PLAIN = """untrusted comment: signature from minisign secret key
RWQ/86yHDshrWCzcccZ3Qc3ZL22QwJ98Oy0ZOjryCVWTXvzL38/hv5IFETUUb7o6256GymKX9iiq0yXEJSvMpFksLRnbor4Uhw4=
trusted comment: older kind
8B4ip2hGZjeKgANCPop5I6P837itOodSbLsXgwLM8X232VKjtBzoQIFzzgDnI70ClRPMJbtLH+YJG9dS94iyBA==
"""


def checked(folder: Path, content: bytes, signature: str, key: str) -> str:
    file, beside = folder / "p.zip", folder / "p.zip.minisig"
    file.write_bytes(content)
    beside.write_bytes(signature.encode())
    return finish(Minisign().check(file, beside, key))


@pytest.mark.parametrize(
    ("signature", "comment"), [(HASHED, "for the office"), (PLAIN, "older kind")]
)
def test_what_the_tool_signed_is_known(tmp_path: Path, signature: str, comment: str) -> None:
    assert checked(tmp_path, CONTENT, signature, TOOLS_KEY) == comment
    windows = signature.replace("\n", "\r\n")
    assert checked(tmp_path, CONTENT, windows, TOOLS_KEY) == comment
    assert Minisign().key_id(TOOLS_KEY) == TOOLS_ID
    with pytest.raises(ModelError, match=r"p\.zip was not taken, .* it was altered"):
        checked(tmp_path, CONTENT + b"x", signature, TOOLS_KEY)
    with pytest.raises(ModelError, match="it was altered"):
        checked(tmp_path, CONTENT, signature.replace(comment, "another comment"), TOOLS_KEY)
    with pytest.raises(ModelError, match=rf"with another key \({TOOLS_ID}\)"):
        checked(tmp_path, CONTENT, signature, Signer().key)


@pytest.mark.parametrize("algorithm", [b"ED", b"Ed"])
@pytest.mark.parametrize("content", [b"", b"x" * 5_000_000])
def test_both_kinds_of_any_length_are_checked(
    tmp_path: Path, algorithm: bytes, content: bytes
) -> None:
    signer = Signer()
    signature = signer.text(content, "a comment", algorithm)
    assert checked(tmp_path, content, signature, signer.key) == "a comment"
    same_id = Signer()  # another key that claims to be the same
    with pytest.raises(ModelError, match="it was altered"):
        checked(tmp_path, content, signature, same_id.key)
    if content:
        with pytest.raises(ModelError, match="it was altered"):
            checked(tmp_path, content[:-1] + b"y", signature, signer.key)


def test_the_kind_that_a_signature_claims_is_not_believed(tmp_path: Path) -> None:
    """The signature of a hash is no signature of a file that consists of that hash's bytes."""
    signer = Signer()
    hashed, plain = signer.text(CONTENT), signer.text(CONTENT, algorithm=b"Ed")
    for text, other in ((hashed, "RWQ"), (plain, "RUQ")):
        head = text.split("\n")[1]
        with pytest.raises(ModelError, match="it was altered"):
            checked(tmp_path, CONTENT, text.replace(head, other + head[3:]), signer.key)


@pytest.mark.parametrize(
    "text",
    [
        "", "no signature", HASHED.replace("RUQ/", "XUQ/"), HASHED.replace("trusted", "other", 2),
        HASHED.replace("xwpsx/", "!"), HASHED.replace("xwpsx/xc", ""), HASHED + "more\n",
        "\n".join(HASHED.split("\n")[:2]), "x" * 20_000,
    ],
)  # fmt: skip
def test_what_is_no_signature_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(ModelError, match="is no signature of minisign"):
        checked(tmp_path, CONTENT, text, TOOLS_KEY)


@pytest.mark.parametrize(
    "key", ["", "RW", TOOLS_KEY[:-1], "XX" + TOOLS_KEY[2:], TOOLS_KEY + "AAAA"]
)
def test_what_is_no_key_is_refused_in_words(tmp_path: Path, key: str) -> None:
    with pytest.raises(WrongUsage, match="no public key of minisign"):
        checked(tmp_path, CONTENT, HASHED, key)


def shelf_with(folder: Path, key: str) -> ModelShelf:
    signatures = ModelSignatures(Minisign(), key)
    return ModelShelf(
        RESOURCES, folder / "own", HttpModelFetcher(), ENCODERS, signatures=signatures
    )


def packed(folder: Path) -> Path:
    pack = folder / "Tiny.zip"
    pack.write_bytes(zipped(("Tiny.gguf", gguf())))
    return pack


def test_with_a_key_only_packs_that_it_signed_are_taken(tmp_path: Path) -> None:
    signer, other = Signer(), Signer(id=b"87654321")
    shelf, pack = shelf_with(tmp_path, signer.key), packed(tmp_path)
    with pytest.raises(ModelError, match=r"it has no signature \(Tiny\.zip\.minisig is") as caught:
        finish(shelf.import_from(pack))
    assert "0807060504030201" in caught.value.message
    assert "administrator" in caught.value.hint
    for path in (make_gguf(tmp_path / "m.gguf"), RESOURCES / "models" / RERANKER):
        if path.is_file():
            signer.sign(path)
        with pytest.raises(ModelError, match="is no pack"):
            finish(shelf.import_from(path))
    other.sign(pack)
    with pytest.raises(ModelError, match="another key"):
        finish(shelf.import_from(pack))
    assert not list((tmp_path / "own").iterdir())
    signer.sign(pack, "May 2026")
    imported = finish(shelf.import_from(pack))
    assert (imported.model.name, imported.signed) == ("tiny", "May 2026")


def test_a_key_that_is_given_does_not_replace_the_one_of_the_settings(tmp_path: Path) -> None:
    signer, other = Signer(), Signer(id=b"87654321")
    pack = packed(tmp_path)
    other.sign(pack)
    with pytest.raises(ModelError, match="another key"):
        finish(shelf_with(tmp_path, signer.key).import_from(pack, key=other.key))
    imported = finish(shelf_with(tmp_path, "").import_from(pack, key=other.key))
    assert imported.signed == "for the office"
    with pytest.raises(ModelError, match="another key"):
        finish(shelf_with(tmp_path, "").import_from(pack, "again", key=signer.key))


def test_a_pack_that_is_another_when_it_is_read_is_not_taken(tmp_path: Path) -> None:
    signer = Signer()
    shelf, pack = shelf_with(tmp_path, signer.key), packed(tmp_path)
    signer.sign(pack)
    times = pack.stat()
    steps = shelf.import_from(pack)
    next(steps)  # the signature is being checked
    while not list((tmp_path / "own").glob(".unfolded-*/*")):
        next(steps)
    content = pack.read_bytes()
    pack.write_bytes(content[:40] + b"x" + content[41:])
    os.utime(pack, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(ModelError, match="was changed while it was read"):
        finish(steps)
    assert not list((tmp_path / "own").iterdir())


def test_a_key_is_a_line_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "minisign.pub"
    file.write_text(f"untrusted comment: minisign public key {TOOLS_ID}\n{TOOLS_KEY}\n\n")
    assert read_key(str(file)) == read_key(f" {TOOLS_KEY} ") == TOOLS_KEY
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(WrongUsage, match="cannot be read"):
        read_key(str(file))
