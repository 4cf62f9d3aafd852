"""Hostile packs: zips that would write elsewhere, fill the disk, or bring what is not asked for."""

import functools
import hashlib
import io
import itertools
import pickle
import stat
import struct
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.gguf import gguf
from tests.hostile import Case

NAMES = {
    "absolute": "/tmp/evil.gguf", "up": "../evil.gguf", "up twice": "../../evil.gguf",
    "up within": "a/../../evil.gguf", "up at last": "a/..", "here": "./evil.gguf",
    "empty part": "a//evil.gguf", "drive": "C:/evil.gguf", "drive without slash": "C:evil.gguf",
    "backslashes": "..\\..\\evil.gguf", "one backslash": "a\\evil.gguf",
    "network share": "//host/share/evil.gguf", "a stream of a file": "model.gguf:hidden.gguf",
    "a device": "NUL.gguf", "another device": "a/com1.gguf", "trailing dot": "a./evil.gguf",
    "trailing space": "a /evil.gguf", "dots": ".../evil.gguf", "wildcard": "e*l.gguf",
    "escape codes": "\x1b[2J\x1b[31mevil.gguf", "right to left": "evil\u202efugg.gguf",
    "line break": "evil\nname.gguf", "nul": "evil\0.gguf", "long": "e" * 201 + ".gguf",
    "very long": "e" * 60_000 + ".gguf", "deep": "a/" * 30 + "evil.gguf", "tab": "evil\t.gguf",
    "quotes": 'evil".gguf', "pipe": "evil|x.gguf", "invisible": "ev\u200bil.gguf",
    "delete": "evil\x7f.gguf", "only dots": "../../..", "home": "../~/evil.gguf",
    "into the settings": "../../settings.toml", "into a model": "../minilm-l6-reranker/config.json",
}  # fmt: skip
KINDS = {
    "link": stat.S_IFLNK, "pipe": stat.S_IFIFO, "device": stat.S_IFCHR, "disk": stat.S_IFBLK,
    "socket": stat.S_IFSOCK, "folder with content": stat.S_IFDIR,
}  # fmt: skip


class Payload:
    """Unpickled, it would create the marker."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.marker,)


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    """A zip with these members, whatever their names."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in members:
            member = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo("x")
            if not isinstance(name, zipfile.ZipInfo):
                member.filename = name
            member.compress_type = method
            archive.writestr(member, data)
    return content.getvalue()


def _special(name: str, kind: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (kind | 0o777) << 16
    return member


def _with(content: bytes, signature: bytes, offset: int, form: str, value: int) -> bytes:
    """The zip with a number changed in each record that begins with the signature."""
    changed, place = bytearray(content), content.find(signature)
    while place >= 0:
        struct.pack_into(form, changed, place + offset, value)
        place = content.find(signature, place + 4)
    return bytes(changed)


def _size(content: bytes, size: int) -> bytes:
    """What unfolds to `size` bytes, by its own words, in both lists."""
    content = _with(content, b"PK\x01\x02", 24, "<I", size)
    return _with(content, b"PK\x03\x04", 22, "<I", size)


def _manifest(content: bytes, path: str = "model.gguf", digest: str = "", more: str = "") -> bytes:
    digest = digest or hashlib.sha256(content).hexdigest()
    return (
        '[[model]]\nname = "m"\nrole = "language_model"\nlicence = "MIT"\ntitle = "M"\n'
        f'[[model.files]]\npath = "{path}"\nsha256 = "{digest}"\nbytes = {len(content)}\n{more}'
    ).encode()


def _bomb(size: int) -> bytes:
    return zipped(("model.gguf", bytes(size)))


def _overlapping() -> bytes:
    """A thousand entries in the list of contents that are all the same member (after Fifield)."""
    one = zipped(("model.gguf", bytes(1_000_000)))
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry = one[start:end]
    entries = b"".join(entry.replace(b"model.gguf", b"m%04d.gguf" % n) for n in range(900))
    return one[:start] + entries + _end(900, len(entries), start)


def _end(count: int, size: int, start: int) -> bytes:
    return struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, size, start, 0)


def _long_list() -> bytes:
    """A list of contents of 200,000 entries that is larger than any model needs."""
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0,
                        0, 0, 0, 0) + b"a"  # fmt: skip
    entries = entry * 200_000
    return entries + _end(65_535, len(entries), 0)


def _wrong_utf8() -> bytes:
    content = zipped(("éé.gguf", gguf()))
    return content.replace("éé".encode(), b"\xff\xfe\xff\xfe")


def _in_another_code_page() -> bytes:
    content = zipped(("éé.gguf", gguf()))
    content = content.replace("éé".encode(), b"\x82\x82\xff\xa0")
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content = _with(content, signature, offset, "<H", 0)
    return content


def _nested(depth: int) -> bytes:
    content = gguf()
    for _ in range(depth):
        content = zipped(("inner.zip", content))
    return content


def _packs(marker: Path) -> Iterator[tuple[str, bytes]]:
    sound = zipped(("model.gguf", gguf()))
    for name, member in NAMES.items():
        yield f"name: {name}", zipped(("model.gguf", gguf()), (member, b"evil"))
    for name, kind in KINDS.items():
        special = _special("config.json", kind)
        yield f"kind: {name}", zipped((special, str(marker).encode()), ("model.gguf", gguf()))
    through = (_special("out", stat.S_IFLNK), str(marker.parent).encode())
    yield "kind: a file through a link", zipped(through, (f"out/{marker.name}", b"evil"))
    for first, second in (
        ("model.gguf", "model.gguf"), ("model.gguf", "MODEL.gguf"), ("a", "a/model.gguf"),
        ("stra\u00dfe.json", "strasse.json"), ("e\u0301.json", "\u00e9.json"),
        ("\ufb01.json", "fi.json"),
    ):  # fmt: skip
        yield f"twice: {first} {second}", zipped((first, gguf()), (second, gguf()))
    yield "encrypted", _with(_with(sound, b"PK\x01\x02", 8, "<H", 1), b"PK\x03\x04", 6, "<H", 1)
    yield "packed by bzip2", zipped(("model.gguf", gguf()), method=zipfile.ZIP_BZIP2)
    yield "packed by lzma", zipped(("model.gguf", gguf()), method=zipfile.ZIP_LZMA)
    yield "packed in no way known", _with(sound, b"PK\x01\x02", 10, "<H", 99)
    yield "larger than it says", _size(zipped(("model.gguf", gguf())), 1000)
    yield "smaller than it says", _size(zipped(("model.gguf", gguf())), len(gguf()) + 1000)
    yield "says that it has 4 GB", _size(sound, 0xFFFF_FFF0)
    yield "a bomb of 300 MB", _bomb(300_000_000)
    yield "overlapping members", _overlapping()
    yield "a long list of contents", _long_list()
    many = [(f"f{number}.json", b"{}") for number in range(1001)]
    yield "1,001 files", zipped(*many, ("model.gguf", gguf()))
    for depth in (1, 2, 50):
        yield f"a pack in a pack, {depth}", _nested(depth)
    for ending in (".tar.gz", ".7z", ".ZIP", ".whl"):
        yield f"a {ending} in a pack", zipped(("model.gguf", gguf()), (f"a{ending}", b"x"))
    yield "a name that is no UTF-8", _wrong_utf8()
    yield "a name in another code page", _in_another_code_page()
    yield "cut in the middle", sound[: len(sound) // 2]
    yield "cut at its end", sound[:-10]
    yield "a wrong check sum", _with(sound, b"PK\x01\x02", 16, "<I", 1)
    yield "damaged data", sound[:200] + bytes(100) + sound[300:]
    yield "its list points elsewhere", _with(sound, b"PK\x05\x06", 16, "<I", 0x7FFF_FFFF)
    yield "its member points elsewhere", _with(sound, b"PK\x01\x02", 42, "<I", 0x7FFF_FFFF)
    yield "empty file", b""
    yield "empty zip", zipped()
    yield "no zip", b"PK\x03\x04" + b"\xff" * 1000
    yield "a wall of PK", b"PK\x05\x06" * 100_000
    yield "two models", zipped(("a.gguf", gguf()), ("b.gguf", gguf()))
    yield "nothing of use", zipped(("readme.html", b"<script>"), ("setup.exe", b"MZ"))
    yield "a GGUF that is none", zipped(("model.gguf", b"MZ" + bytes(1000)))
    yield "a GGUF that is a pickle", zipped(("model.gguf", pickle.dumps(Payload(marker))))
    pickled = ("pytorch_model.bin", pickle.dumps(Payload(marker)))
    yield "a pickle", zipped(("config.json", b"{}"), pickled)
    for name, text in (
        ("another hash", _manifest(gguf(), digest="0" * 64)),
        ("no hash", _manifest(gguf(), digest="x")),
        ("a path outside", _manifest(gguf(), path="../model.gguf")),
        ("another file", _manifest(gguf(), path="other.gguf")),
        ("no TOML", b"= = ="),
        ("no UTF-8", b"\xff\xfe"),
        ("deep", b"a = " + b"[" * 50_000),
        ("two models", _manifest(gguf()) * 2),
        ("a wrong role", _manifest(gguf()).replace(b"language_model", b"root")),
        ("a number for a title", _manifest(gguf()).replace(b'"M"', b"7")),
        ("an endless number", b"model = " + b"9" * 5000),
        ("a stranger beside it", _manifest(gguf())),
    ):
        more = [("extra.json", b"{}")] if name == "a stranger beside it" else []
        yield f"manifest: {name}", zipped(("model.gguf", gguf()), ("manifest.toml", text), *more)
    yield "crossed check sum", _crossed(sound)


def _crossed(sound: bytes) -> bytes:
    """A member whose own head names another file than the list of contents does."""
    return sound.replace(b"model.gguf", b"evil1.gguf", 1)


@functools.cache
def _all(marker: Path) -> dict[str, bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile finds a name that is there twice odd
        return dict(_packs(marker))


def packs(marker: Path) -> Iterator[Case]:
    """All hostile packs."""

    def case(name: str, content: bytes) -> Case:
        def make(folder: Path) -> Path:
            (folder / "pack.zip").write_bytes(content)
            return folder / "pack.zip"

        return Case(name, make)

    return itertools.starmap(case, _all(marker).items())
