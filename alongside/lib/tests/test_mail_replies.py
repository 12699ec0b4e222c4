"""What a person wrote stands apart from quote and signature, and nothing of a mail is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.lib.mail import layout, replies
from alongside.lib.mail.parsing import parse
from alongside.lib.tests.mail_cases import CASES, mails, needs_cases, values

CRISP = values("mail_replies", "crisp", "expected.json") if CASES.is_dir() else []


def tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@needs_cases
@pytest.mark.parametrize("case", CRISP, ids=lambda case: f"{case['fixture']}-{case['part']}")
def test_crisp(case):
    text = (CASES / "mail_replies/crisp" / case["fixture"]).read_text("utf-8")
    own = [span.of(text) for span in replies.split(text) if span.kind == replies.OWN]
    assert tidy(own[0] if case["part"] == "first fragment" else replies.written(text)) == tidy(case["expected"])


@needs_cases
@pytest.mark.parametrize("path", mails("mail_replies", "talon", "standard_replies"), ids=lambda path: path.stem)
def test_replies_of_real_programs(path):
    assert replies.written(parse(path.read_bytes())["mail"]["text"]) == "Hello"


@needs_cases
@pytest.mark.parametrize(
    "path", sorted((CASES / "mail_replies/talon/html_replies").glob("*")), ids=lambda path: path.stem
)
def test_html_replies_of_real_programs(path):
    text = layout.to_text(path.read_text("utf-8", errors="replace"))
    assert replies.written(text) == "Hi. I am fine."
    assert "Alex" in text


@needs_cases
@pytest.mark.parametrize(
    "path", sorted((CASES / "mail_replies/talon/signatures").glob("*_body")), ids=lambda path: path.stem
)
def test_signatures(path):
    text = path.read_text("utf-8")
    expected = path.with_name(path.name.replace("_body", "_signature")).read_text("utf-8").strip()
    assert "".join(span.of(text) for span in replies.split(text) if span.kind == replies.SIGNATURE).strip() == expected


@given(st.text(alphabet=st.sampled_from("ab>-_ \n\r:@<.19On wrote"), max_size=400))
def test_nothing_is_lost(text):
    spans = replies.split(text)
    assert "".join(span.of(text) for span in spans) == text
    assert "".join(piece["text"] for piece in replies.as_pieces(text)) == text


def test_answers_between_quotes_stay_in_sight():
    text = "On 1 Dec 2025, at 14:00, Jo <jo@example.com> wrote:\n> At nine?\n\nYes.\n\n> With milk?\n\nNo."
    assert replies.written(text) == "Yes.\n\nNo."


def test_a_mail_that_only_quotes_is_shown_whole():
    assert replies.written("> nothing of my own") == "> nothing of my own"


def test_thanks_without_a_name_is_what_they_wrote():
    assert replies.written("It works now.\n\nThank you!") == "It works now.\n\nThank you!"


def test_a_sentence_with_an_address_is_no_signature():
    text = "Please write to\njoe@example.com\nor call 555 123 4567\n\nwhich is better?"
    assert replies.written(text) == text
