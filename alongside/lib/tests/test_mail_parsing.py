"""Mail is read as its writer meant it, whatever is wrong with it, and never takes the reader down."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.lib import child
from alongside.lib.mail import addresses, charsets, dates, mime, parameters, words
from alongside.lib.mail.flowed import unflow
from alongside.lib.mail.parsing import Body, decoded, parse
from alongside.lib.tests.mail_cases import mails, needs_cases, values


def mail_of(text: str | bytes) -> dict:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return parse(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))["mail"]


def alike(ours: str, expected: str) -> bool:
    """Equal, or equal where the expectation gave a letter up (U+FFFD) that we could read."""
    if ours == expected:
        return True
    return len(ours) == len(expected) and all(a == b or b == "\ufffd" for a, b in zip(ours, expected, strict=True))


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n")


def header_of(expected: dict, name: str):
    return next((h["value"] for h in expected["parts"][0]["headers"] if h["name"] == name), None)


def body_of(expected: dict, place: int) -> tuple[str, object]:
    return next(iter(expected["parts"][place]["body"].items()))


EXPECTED = [
    path for folder in ("rfc", "legacy") for path in mails("mail_parsing", folder) if path.with_suffix(".json").exists()
]


@needs_cases
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("suffix", [".json", ".crlf.json"])
def test_public_cases_agree(path, suffix):
    if not path.with_suffix(suffix).exists():
        pytest.skip("no expectation with these line ends")
    expected, raw = json.loads(path.with_suffix(suffix).read_text("utf-8")), path.read_bytes()
    if suffix == ".crlf.json":
        raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    mail, body = parse(raw)["mail"], Body(mime.read(raw))
    subject = header_of(expected, "subject")
    assert alike(mail["subject"], subject["Text"] if subject else "")
    sender = ((header_of(expected, "from") or {}).get("Address") or {}).get("List") or [{"name": "", "address": ""}]
    ours = mail["from"] or {"name": "", "address": ""}
    assert alike(ours["name"], sender[0]["name"] or "")
    assert ours["address"] == (sender[0]["address"] or "")
    for kind, parts, places in (
        ("Text", body.text_parts, expected["text_body"]),
        ("Html", body.html_parts, expected["html_body"]),
    ):
        wanted = [one_line_end(body_of(expected, place)[1]) for place in places if body_of(expected, place)[0] == kind]
        read = [part for part in parts if part.kind == ("text/plain" if kind == "Text" else "text/html")]
        assert len(read) == len(wanted)
        for part, text in zip(read, wanted, strict=True):
            assert alike(decoded(part).rstrip("\r\n"), text.rstrip("\r\n"))
    assert len(mail["attachments"]) == len(expected["attachments"])


@needs_cases
def test_binary_attachments_of_public_cases_come_out_byte_for_byte():
    compared = 0
    for path in EXPECTED:
        expected, files = json.loads(path.with_suffix(".json").read_text("utf-8")), parse(path.read_bytes())["files"]
        for place, data in zip(expected["attachments"], files, strict=True):
            kind, content = body_of(expected, place)
            if kind == "Binary" and bytes(content[:4]) == b"\x89PNG":
                assert data == bytes(content)
                compared += 1
    assert compared > 20


@needs_cases
def test_header_lists_of_public_cases():
    """Nearly all; where ours differs, the expectation keeps what no member would want to see (see the counts)."""

    def value(header: str) -> bytes:
        lines = header.lstrip("\n").split("\n")
        kept = [lines[0]]
        for line in lines[1:]:
            if not line.startswith((" ", "\t")):
                break
            kept.append(line)
        return "\n".join(kept).encode()

    cases = values("mail_parsing", "unstructured.json")
    assert sum(words.text_of(value(c["header"])) == c["expected"] for c in cases) >= len(cases) - 1
    cases = values("mail_parsing", "date.json")
    read = [(dates.read(c["header"]), c["expected"]) for c in cases]
    assert (
        sum(
            (a is None) == (b is None)
            and (
                a is None
                or (a.year, a.month, a.day, a.hour, a.minute)
                == tuple(b[k] for k in ("year", "month", "day", "hour", "minute"))
            )
            for a, b in read
        )
        >= len(cases) - 1
    )
    cases = values("mail_parsing", "address.json")
    agree = 0
    for case in cases:
        wanted = case["expected"] or {}
        flat = wanted.get("List") or [a for group in wanted.get("Group", []) for a in group["addresses"]]
        agree += addresses.read(value(case["header"])) == [
            {"name": a["name"] or "", "address": a["address"] or ""} for a in flat
        ]
    assert agree >= len(cases) - 5


@needs_cases
def test_every_public_mail_is_read_without_a_fault_and_quickly():
    paths = [
        *mails("mail_parsing", "malformed"),
        *mails("mail_parsing", "rfc"),
        *mails("mail_parsing", "legacy"),
        *mails("mail_machines", "machine"),
        *mails("mail_machines", "human"),
    ]
    assert len(paths) > 500
    for path in paths:
        json.dumps(parse(path.read_bytes())["mail"])


def test_a_whole_mail():
    mail = mail_of("""From: =?utf-8?q?Jos=C3=A9_Caf=C3=A9?= <Jose@Example.com>
To: "Joe's, the café" <cafe@example.org>, bar@example.org
Cc: Team: a@example.org, b@example.org;
Reply-To: jose+x@example.com
Subject: =?utf-8?b?RmzDoXNjaGU=?= and more
Date: Tue, 1 Jul 2025 10:52:37 +0200
Message-ID: <1@example.com>
In-Reply-To: <0@example.org>
References: <a@example.org> <0@example.org>
Authentication-Results: mx.example.org; spf=pass
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=utf-8

Héllo
--c
Content-Type: text/html; charset=utf-8

<p onclick="x()">H&eacute;llo <img src="cid:Pic@1"><img src="https://tracker.example/x.gif"></p>
--c--
--b
Content-Type: image/png; name="../../etc/p.png"
Content-ID: <pic@1>
Content-Transfer-Encoding: base64

iVBORw==
--b--
""")
    assert mail["from"] == {"name": "José Café", "address": "Jose@Example.com"}
    assert [a["address"] for a in mail["to"] + mail["cc"]] == [
        "cafe@example.org",
        "bar@example.org",
        "a@example.org",
        "b@example.org",
    ]
    assert mail["subject"] == "Flásche and more"
    assert mail["date"] == "2025-07-01T08:52:37+00:00"
    assert (mail["message_id"], mail["in_reply_to"]) == ("1@example.com", ["0@example.org"])
    assert mail["references"] == ["a@example.org", "0@example.org"]
    assert mail["text"] == "Héllo"
    assert mail["html"] == '<p>Héllo <img data-attachment="0"><img data-remote="https://tracker.example/x.gif"></p>'
    assert mail["attachments"] == [{"name": "p.png", "type": "image/png", "size": 4, "cid": "pic@1", "inline": True}]
    assert mail["authentication_results"] == ["mx.example.org; spf=pass"]
    assert mail["machine"]["kind"] == "human"


def test_html_alone_becomes_text_with_its_quotes_marked():
    mail = mail_of("Content-Type: text/html\n\n<p>Yes, at nine.</p><blockquote><p>When?</p></blockquote>")
    assert mail["text"] == "Yes, at nine.\n\n> When?"


@pytest.mark.parametrize("declared, data, expected", [
    ("iso-8859-1", "don\x92t".encode("latin-1"), "don’t"),
    ("us-ascii", "Grüße".encode(), "Grüße"),
    ("no-such-charset", "Grüße".encode("cp1252"), "Grüße"),
    ("utf-8", "Grüße, Müller, schöne Größe".encode("cp1252"), "Grüße, Müller, schöne Größe"),
    ("gb2312", "镕".encode("gb18030"), "镕"),
    ("punycode", b"abc", "abc"),
    ("hex", b"zz", "zz"),
    ("\x00", b"a\x00b", "a\ufffdb"),
])  # fmt: skip
def test_character_sets_as_they_are_meant(declared, data, expected):
    assert charsets.decode(data, declared) == expected


def test_raw_letters_in_headers_are_read_by_the_mails_own_character_set():
    assert (
        mail_of("Subject: Fr\xf6sche\nContent-Type: text/plain; charset=iso-8859-1\n\nx".encode("latin-1"))["subject"]
        == "Frösche"
    )


@pytest.mark.parametrize("raw", [
    b"", b"\n", b"\r\n\r\n", b"no header at all", b"Subject", b"Subject:", b":\n:\n", b"\xff\xfe\x00",
    b"Content-Type: multipart/mixed\n\nno boundary", b"Content-Type: multipart/mixed; boundary=b\n\n--b",
    b"Content-Type: multipart/mixed; boundary=\"\"\n\n----\n\nx", b"Content-Type: text/plain; charset=\n\nx",
    b"Content-Transfer-Encoding: base64\n\n!!!!", b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\nMxx\nend",
    b"Date: Thu, 99 Foo 99999 99:99:99 +9999\nFrom: <<<>>>\nTo: (((\n\nx", b"From: \"\n\n", b"Content-Type: /\n\nx",
    b"Content-Type: message/rfc822\n\n" * 50, b"Subject: =?utf-8?b?////?= =?x?q?=ZZ?=\n\n",
])  # fmt: skip
def test_what_is_hardly_a_mail_is_still_read(raw):
    mail = parse(raw)["mail"]
    json.dumps(mail)
    assert isinstance(mail["text"], str)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read(noise):
    parse(
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        + noise
        + b"\n--b\nContent-Type: text/html\n\n"
        + noise
        + b"\n--b--"
    )
    json.dumps(parse(noise)["mail"]).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_header_values_are_read(value):
    data = value.encode("utf-8", "surrogatepass")
    for text in (words.text_of(data), *parameters.read(data)[1].values(), *(a["name"] for a in addresses.read(data))):
        text.encode("utf-8")
        assert "\x00" not in text
    dates.read(value)


def hostile() -> dict[str, bytes]:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000))
    return {
        "nested parts": nested,
        "many parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
        "many headers": b"X: y\n" * 200_000 + b"\nx",
        "one long header": b"Subject: " + b"a" * 5_000_000 + b"\n\nx",
        "long folded header": b"To: " + b" a@b.c,\n" * 200_000 + b"\nx",
        "comments": b"From: " + b"(" * 16_000 + b"\n\nx",
        "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 1000 + b"\n\nx",
        "parameters": b"Content-Type: text/plain" + b"; a*0*=x" * 100_000 + b"\n\nx",
        "tags": b"Content-Type: text/html\n\n" + b"<div>" * 40_000,
        "hidden tags": b"Content-Type: text/html\n\n" + b"<b x='</b>'>" * 4_000,
        "open tags": b"Content-Type: text/html\n\n" + b"<a " * 300_000,
        "open comments": b"Content-Type: text/html\n\n" + b"<!--" * 300_000,
        "quotes": b"\n" + b"> " * 200_000 + b"\n> x" * 10_000,
        "boundaries": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--c\n" * 300_000,
        "uuencode": b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n" + b"M\n" * 200_000,
        "bad base64": b"Content-Transfer-Encoding: base64\n\n" + b"A=" * 500_000,
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_mail_is_read_within_the_childs_limits(name):
    answer = child.call("alongside.lib.mail.parsing.parse", hostile()[name], limits=child.Limits(seconds=5))
    assert answer["mail"]["attachments"].__len__() <= mime.MAX_PARTS


def test_caps_are_told():
    assert mail_of("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 1000)["cut"]


def test_attachment_names_are_labels():
    mail = mail_of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment;"
        " filename*=utf-8''%E2%80%AEgpj.exe%00\n\nx\n--b\nContent-Type: application/pdf\n\ny\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: a/b\n\nz\n--b--"
    )
    assert [item["name"] for item in mail["attachments"]] == ["gpj.exe\ufffd", "attachment-2.pdf", "a b.eml"]


def test_flowed_text_is_joined_again():
    assert unflow("one \ntwo\n\n> a \n> b\nthree\n-- \nme") == "one two\n\n> a b\nthree\n-- \nme"
    assert unflow("日本 \n語", delsp=True) == "日本語"
