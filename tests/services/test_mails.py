"""PDFs that come with mails, and what a drop holds."""

import stat
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from desktop_rag.domain import AddReport, AddStatus, FoundFiles
from desktop_rag.errors import NothingToAdd, UnreadableDocument
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.looking import look
from desktop_rag.services.mail import attached_pdfs, safe_name
from tests.support import finish, make_pdf


def pdf_bytes(tmp_path: Path, text: str) -> bytes:
    return make_pdf(tmp_path / "made.tmp", [text]).read_bytes()


def mail(*attached: tuple[str, bytes], forwarded: EmailMessage | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "doe@example.invalid", "Lease"
    message.set_content("Please find the lease attached.")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    if forwarded is not None:
        message.add_attachment(forwarded)
    return message


def save(message: EmailMessage, path: Path) -> Path:
    path.write_bytes(message.as_bytes(policy=SMTP))
    return path


def add(assistant: Assistant, *paths: Path) -> AddReport:
    return finish(assistant.library.add(list(paths)))


def kept(assistant: Assistant) -> list[Path]:
    return sorted((assistant.library_folder / "attachments").rglob("*"))


def test_attached_pdfs_are_added_from_a_private_folder(
    assistant: Assistant, tmp_path: Path
) -> None:
    inner = mail(("Rider.pdf", pdf_bytes(tmp_path, "The rider on roofs.")))
    content = pdf_bytes(tmp_path, "The Zanzibar clause.")
    file = save(mail(("../../Lease.pdf", content), forwarded=inner), tmp_path / "mail.eml")
    report = add(assistant, file)
    assert [added.status for added in report.files] == [AddStatus.READY] * 2
    assert [added.path.name for added in report.files] == ["Lease.pdf", "Rider.pdf"]
    folder, *files = kept(assistant)
    assert sorted(added.path for added in report.files) == files
    assert len(folder.name) == 16
    assert (
        stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    )
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert files[0].read_bytes() == content
    again = add(assistant, file)
    assert [added.status for added in again.files] == [AddStatus.UNCHANGED] * 2


def test_what_a_mail_brought_is_deleted_with_its_document(
    assistant: Assistant, tmp_path: Path
) -> None:
    first, second = (pdf_bytes(tmp_path, f"Clause {n}.") for n in (1, 2))
    file = save(mail(("a.pdf", first), ("b.pdf", second)), tmp_path / "mail.eml")
    report = add(assistant, file)
    assistant.library.remove([report.files[0].document_id])
    assert [path.name for path in kept(assistant)][1:] == ["b.pdf"]
    assistant.library.remove([report.files[1].document_id])
    assert kept(assistant) == []
    assert file.exists()


@pytest.mark.usefixtures("one_by_one")
def test_a_stopped_order_leaves_nothing_of_its_mails(assistant: Assistant, tmp_path: Path) -> None:
    attached = [(f"{n}.pdf", pdf_bytes(tmp_path, f"Clause {n}.")) for n in range(3)]
    steps = assistant.library.add([save(mail(*attached), tmp_path / "mail.eml")])
    for step in steps:
        if step.finished is not None:
            break
    assert len(kept(assistant)) == 4
    steps.close()
    assert [path.name for path in kept(assistant)][1:] == ["0.pdf"]
    assert assistant.library.verify() == []


def test_what_a_crash_left_of_a_mail_is_deleted_by_the_next_writer(
    assistant: Assistant, tmp_path: Path
) -> None:
    left = assistant.library_folder / "attachments" / ("0" * 16) / "Lease.pdf.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"%PDF-")
    add(assistant, make_pdf(tmp_path / "a.pdf", ["The boiler."]))
    assert kept(assistant) == []


def no_pdf(path: Path) -> None:
    save(mail(), path)


def damaged(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def deep(path: Path) -> None:
    path.write_bytes(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 20_000)


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (no_pdf, "m.eml", "holds no PDF"),
        (damaged, "m.eml", "damaged or is no mail"),
        (deep, "m.eml", "more than 300"),
        (damaged, "m.msg", "Save it as .eml"),
    ],
)
def test_a_mail_of_no_use_is_a_plain_problem(
    assistant: Assistant, tmp_path: Path, make: object, name: str, words: str
) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    make_pdf(tmp_path / "good.pdf", ["The boiler."])
    report = add(assistant, tmp_path / name, tmp_path / "good.pdf")
    assert [file.status for file in report.files] == [AddStatus.UNREADABLE, AddStatus.READY]
    assert words in report.files[0].message
    (problem,) = finish(look([tmp_path / name])).problems
    assert problem.reason == report.files[0].message
    with pytest.raises(NothingToAdd, match=words):
        add(assistant, tmp_path / name)
    assert [entry.path.name for entry in assistant.library.documents()] == ["good.pdf"]


def test_in_a_folder_mails_without_pdfs_are_passed_over(
    assistant: Assistant, tmp_path: Path
) -> None:
    folder = tmp_path / "matter"
    folder.mkdir()
    no_pdf(folder / "1.eml")
    with pytest.raises(NothingToAdd, match="holds no PDF"):
        add(assistant, folder)
    save(mail(("a.pdf", pdf_bytes(tmp_path, "Clause."))), folder / "2.eml")
    assert [file.path.name for file in add(assistant, folder).files] == ["a.pdf"]
    assert finish(look([folder])).problems == ()


@pytest.mark.parametrize(
    ("untrusted", "safe"),
    [
        ("Lease 2021.PDF", "Lease 2021.pdf"),
        ("..\\..\\x/..", "attachment.pdf"),
        ("con.pdf", "attachment con.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("\udcff\x00 .hidden.pdf", "hidden.pdf"),
        ("", "attachment.pdf"),
        ("ä" * 300 + ".pdf", "ä" * 60 + ".pdf"),
    ],
)
def test_a_name_from_a_mail_is_made_safe(untrusted: str, safe: str) -> None:
    assert safe_name(untrusted) == safe


def test_equal_names_are_told_apart_and_odd_kinds_are_found(tmp_path: Path) -> None:
    message = mail(("a.pdf", b"1"), ("A.pdf", b"2"))
    message.add_attachment(b"3", maintype="application", subtype="octet-stream", filename="c.PDF")
    inner = mail(("d.pdf", b"4")).as_bytes()
    message.add_attachment(inner, maintype="application", subtype="octet-stream", filename="m.eml")
    message.add_attachment(b"5", maintype="image", subtype="png", filename="logo.png")
    found = attached_pdfs(message.as_bytes(), "m.eml")
    assert [(item.name, item.content) for item in found] == [
        ("a.pdf", b"1"),
        ("A (2).pdf", b"2"),
        ("c.pdf", b"3"),
        ("d.pdf", b"4"),
    ]


def test_mails_within_mails_without_end_are_refused() -> None:
    content = mail(("d.pdf", b"4")).as_bytes()
    for _ in range(9):
        outer = mail()
        outer.add_attachment(
            content, maintype="application", subtype="octet-stream", filename="m.eml"
        )
        content = outer.as_bytes()
    with pytest.raises(UnreadableDocument, match="deep"):
        attached_pdfs(content, "m.eml")


def test_an_endless_header_is_not_taken_to_pieces() -> None:
    header = b"Content-Type: application/pdf; " + b'a*0="; ' * 400_000
    assert attached_pdfs(b"From: a@b.invalid\n" + header + b"\n\nJVBERi0=\n", "m.eml") == ()


def test_looking_counts_what_adding_would_take(tmp_path: Path) -> None:
    folder = tmp_path / "matter"
    (folder / "inner").mkdir(parents=True)
    sizes = []
    for n in range(3):
        sizes.append(make_pdf(folder / "inner" / f"{n}.pdf", [f"Page {n}."]).stat().st_size)
    attached = pdf_bytes(tmp_path, "Attached.")
    save(mail(("a.pdf", attached)), folder / "m.eml")
    (folder / "notes.txt").write_text("nothing")
    unnamed = make_pdf(tmp_path / "scan", ["A PDF without its ending."])
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "empty").mkdir()
    paths = [folder, folder / "m.eml", unnamed, tmp_path / "letter.docx", tmp_path / "empty"]
    found = finish(look([*paths, tmp_path / "gone.pdf"]))
    assert found.pdfs == 5
    assert found.attached == 1
    assert found.bytes == sum(sizes) + len(attached) + unnamed.stat().st_size
    reasons = [problem.reason for problem in found.problems]
    for words, reason in zip(("not a PDF", "holds no PDF", "no file"), reasons, strict=True):
        assert words in reason


def test_looking_at_many_files_tells_the_count_so_far(tmp_path: Path) -> None:
    for n in range(450):
        (tmp_path / f"{n}.{'pdf' if n % 2 else 'txt'}").write_bytes(b"x")
    steps = list(look([tmp_path]))
    assert len(steps) == 2
    assert 0 < steps[0].pdfs < steps[1].pdfs < 225
    assert finish(look([tmp_path])) == FoundFiles(225, 225, 0, ())
