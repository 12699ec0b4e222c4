"""Outgoing mail says what the member wrote, in any script, and nobody can smuggle a header into it."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.lib.mail import composing
from alongside.lib.mail.composing import Enclosed, Outgoing, Unsafe, compose
from alongside.lib.mail.parsing import parse


def letter(**changes) -> Outgoing:
    values = {
        "sender": ("Joe's café", "cafe@example.org"),
        "to": [("Ryan", "ryan@example.com")],
        "text": "Hello\nRyan",
        "message_id": "c.1.abcdefgh.abcdefghijklmnop@example.org",
        "subject": "Your order",
    }
    return Outgoing(**{**values, **changes})


def read(mail: Outgoing) -> dict:
    return parse(compose(mail).raw)["mail"]


def stdlib(mail: Outgoing):
    return email.message_from_bytes(compose(mail).raw, policy=email.policy.default)


def test_the_headers_of_an_answer():
    mail = read(
        letter(
            cc=[("", "a@example.com")],
            in_reply_to="1@example.com",
            references=["0@example.com", "1@example.com"],
            reply_to=("Café", "cafe+c.1.abcdefgh.abcdefghijklmnop@example.org"),
            date=datetime(2025, 7, 1, 8, 0, tzinfo=UTC),
        )
    )
    assert mail["from"] == {"name": "Joe's café", "address": "cafe@example.org"}
    assert mail["to"] == [{"name": "Ryan", "address": "ryan@example.com"}]
    assert mail["cc"] == [{"name": "", "address": "a@example.com"}]
    assert mail["reply_to"][0]["address"].startswith("cafe+c.1.")
    assert (mail["in_reply_to"], mail["references"]) == (["1@example.com"], ["0@example.com", "1@example.com"])
    assert (mail["subject"], mail["date"]) == ("Your order", "2025-07-01T08:00:00+00:00")
    assert mail["machine"]["kind"] == "human"


def test_automatic_mail_says_so_and_other_mail_does_not():
    assert read(letter(automatic=True))["machine"]["auto_submitted"] == "auto-generated"
    assert b"Auto-Submitted" not in compose(letter()).raw


def test_lines_are_short_and_end_in_crlf_and_ids_are_whole():
    long_id = "x" * 200 + "@example.com"
    raw = compose(letter(references=[long_id, "b@example.com"], subject="ü" * 300, text="é" * 5000)).raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert parse(raw)["mail"]["references"] == [long_id, "b@example.com"]
    assert parse(raw)["mail"]["text"].rstrip("\n") == "é" * 5000


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Grüße, José",
        "日本語のテキスト",
        "שלום עולם",
        "😀 tea?",
        "a\n.\nFrom me\n.",
        "x" * 3000,
        "trailing  \nspace",
    ],
)
def test_any_script_comes_through(text):
    mail = read(
        letter(text=text, subject=text.split("\n")[0][:200], sender=(text[:20].split("\n")[0], "cafe@example.org"))
    )
    assert mail["text"].rstrip("\n") == text
    assert mail["subject"] == text.split("\n")[0][:200].strip()
    assert mail["from"]["name"] == text[:20].split("\n")[0].strip()


@given(st.text(max_size=120))
def test_a_subject_comes_through_or_is_refused(subject):
    try:
        mail = read(letter(subject=subject))
    except Unsafe:
        return
    assert " ".join(mail["subject"].split()) == " ".join(subject.split())[:1000] or any(ord(c) < 32 for c in subject)


@given(name=st.text(max_size=60), subject=st.text(max_size=60), file=st.text(max_size=60))
def test_no_value_makes_a_header(name, subject, file):
    wanted = {"date", "from", "to", "subject", "message-id", "mime-version", "content-type"}
    try:
        raw = compose(
            letter(to=[(name, "ryan@example.com")], subject=subject, files=[Enclosed(file, "text/plain", b"x")])
        ).raw
    except Unsafe:
        return
    assert {name.lower() for name, _ in email.message_from_bytes(raw).items()} == wanted


@pytest.mark.parametrize("changes", [
    {"subject": "a\r\nBcc: x@example.com"}, {"to": [("a\nb", "a@example.com")]},
    {"to": [("", "a@example.com\r\nRCPT TO:<x@y.z>")]},
    {"to": [("", "a b@example.com")]}, {"to": [("", "nobody")]}, {"message_id": "a>\r\nX: y"}, {"in_reply_to": "a b"},
    {"reply_to": ("", "<x@example.com>")}, {"subject": "a\u2028b"},
])  # fmt: skip
def test_injection_is_refused(changes):
    with pytest.raises(Unsafe):
        compose(letter(**changes))


def test_pictures_in_the_text_travel_within_and_files_beside():
    mail = letter(
        text="Look:\n\n![the cup](file:7)\n\nhttps://example.com/a?b=1&c=2.",
        files=[
            Enclosed("cup.png", "image/png", b"\x89PNG", 7),
            Enclosed("menü äöü " + "long " * 30 + ".pdf", "application/pdf", b"%PDF", 8),
        ],
    )
    whole = stdlib(mail)
    assert whole.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in whole.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    parsed = parse(compose(mail).raw)
    assert parsed["mail"]["text"].startswith("Look:\n\n[the cup]\n\nhttps://example.com/a?b=1&c=2.")
    assert '<img data-attachment="0" alt="the cup">' in parsed["mail"]["html"]
    assert 'href="https://example.com/a?b=1&amp;c=2"' in parsed["mail"]["html"]
    assert [(item["name"][:8], item["inline"]) for item in parsed["mail"]["attachments"]] == [
        ("cup.png", True),
        ("menü äöü", False),
    ]
    assert parsed["files"] == [b"\x89PNG", b"%PDF"]
    assert parsed["mail"]["attachments"][1]["name"] == [p.get_filename() for p in whole.walk()][-1].strip()[:200]


def test_markup_in_the_text_stays_text():
    assert "<script>" in read(letter(text="<script>alert(1)</script>"))["text"]
    assert b"<script>" not in compose(letter(text="<script>alert(1)</script>")).raw.split(b"text/html")[1]


def test_signature_and_history_are_folded_by_the_reader():
    from alongside.lib.mail import replies

    mail = read(
        letter(
            signature="Lena\nJoe's café",
            quoted=("On 1 July 2025 at 10:00, Ryan <ryan@example.com> wrote:", "Hi\n> older"),
        )
    )
    assert replies.written(mail["text"]) == "Hello\nRyan"
    assert mail["text"].rstrip().endswith("> Hi\n>> older")


def test_foreign_domains_are_sent_in_ascii_and_foreign_local_parts_ask_for_smtputf8():
    composed = compose(letter(to=[("", "jo@bücher.example")]))
    assert b"jo@xn--bcher-kva.example" in composed.raw
    assert not composed.smtputf8
    assert compose(letter(to=[("", "jörg@example.com")])).smtputf8


def test_an_attached_mail_is_not_called_a_message():
    part = list(stdlib(letter(files=[Enclosed("old.eml", "message/rfc822", b"Subject: x\r\n\r\ny")])).walk())[-1]
    assert part.get_content_type() == "application/octet-stream"


def test_no_hidden_copy_in_any_header():
    assert "bcc" not in Outgoing.__dataclass_fields__
    assert composing.compose(letter()).raw.lower().count(b"bcc") == 0
