"""A name is a label, and a kind is what the bytes say."""

import pytest

from alongside.files.names import LONGEST, clean_name, disposition
from alongside.files.sniffing import shown_as, sniff

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("menu.pdf", "menu.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ryan\\homework.docx", "homework.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two\r\nlines.txt", "two lines.txt"),
        ("nul\0l.txt", "null.txt"),
        ("Füße 日本.png", "Füße 日本.png"),
        ("..", "file"),
        ("", "file"),
        ('a<b>"c".txt', "a_b__c_.txt"),
        ("x" * 400 + ".jpeg", "x" * (LONGEST - 5) + ".jpeg"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert clean_name(given) == kept


def test_the_header_holds_both_forms_of_the_name():
    header = disposition("attachment", 'Füße "fein".png')
    assert header == "attachment; filename=\"F__e _fein_.png\"; filename*=UTF-8''F%C3%BC%C3%9Fe%20_fein_.png"


@pytest.mark.parametrize(
    ("head", "name", "declared", "kind"),
    [
        (PNG, "x.txt", "text/html", "image/png"),
        (b"\xff\xd8\xff\xe0", "", "", "image/jpeg"),
        (b"GIF89a..", "", "", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "", "", "image/webp"),
        (b"%PDF-1.7", "", "", "application/pdf"),
        (b"<script>alert(1)</script>", "cat.png", "image/png", "application/octet-stream"),
        (b"hello", "notes", "", "text/plain"),
        (b"a;b", "list.csv", "", "text/csv"),
        (b"\0\1\2", "", "", "application/octet-stream"),
        (b"PK\3\4", "letter.docx", "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"x", "", "bad type\r\nSet-Cookie: a=b", "text/plain"),
    ],
)
def test_the_bytes_decide_what_a_file_is(head, name, declared, kind):
    assert sniff(head, name, declared) == kind


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/pdf", "text/javascript", "text/xml"])
def test_what_a_browser_would_run_is_only_downloaded(kind):
    assert shown_as(kind) is None


def test_pictures_and_plain_text_can_be_shown():
    assert shown_as("image/webp") == "image/webp"
    assert shown_as("text/csv") == "text/plain; charset=utf-8"
