"""Programs are told from people, and a bounce says whom it could not reach."""

import pytest

from alongside.lib.mail import tokens
from alongside.lib.mail.parsing import parse
from alongside.lib.tests.mail_cases import mails, needs_cases


def machine_of(head: str, body: str = "hello") -> dict:
    return parse((head + "\n\n" + body).encode())["mail"]["machine"]


@needs_cases
@pytest.mark.parametrize("path", mails("mail_machines", "machine"), ids=lambda path: path.stem)
def test_machines_are_never_people(path):
    machine = parse(path.read_bytes())["mail"]["machine"]
    assert machine["machine"]
    assert machine["no_auto_answer"]
    assert machine["why"]


@needs_cases
@pytest.mark.parametrize("path", mails("mail_machines", "human"), ids=lambda path: path.stem)
def test_people_are_never_machines(path):
    assert parse(path.read_bytes())["mail"]["machine"]["kind"] == "human"


@needs_cases
def test_bounces_name_the_address_and_the_message():
    bounces = [
        m["bounce"] for path in mails("mail_machines", "machine") if (m := parse(path.read_bytes())["mail"])["bounce"]
    ]
    assert len(bounces) >= 475
    assert sum(bool(bounce["recipients"]) for bounce in bounces) >= 474
    assert sum(bool(bounce["message_ids"]) for bounce in bounces) >= 425


@pytest.mark.parametrize("head, kind", [
    ("From: a@example.com\nAuto-Submitted: auto-replied (vacation)", "auto_reply"),
    ("From: a@example.com\nAuto-Submitted: no", "human"),
    ("From: a@example.com\nSubject: Out of office: back on Monday", "auto_reply"),
    ("From: a@example.com\nSubject: Automatische Antwort: Hallo", "auto_reply"),
    ("From: a@example.com\nX-Autoreply: yes", "auto_reply"),
    ("From: a@example.com\nPrecedence: bulk", "list"),
    ("From: a@example.com\nList-Id: <news.example.com>", "list"),
    ("From: no-reply@example.com", "notice"),
    ("From: a@example.com\nReturn-Path: <>", "notice"),
    ("From: MAILER-DAEMON@example.com\nSubject: Undelivered Mail Returned to Sender", "bounce"),
    ("From: Administrator <administrator@example.com>\nSubject: The printer on the third floor", "human"),
    ("From: Delivery desk <delivery@pizza.example>\nSubject: Your order", "human"),
    ("From: joe@example.com\nSubject: My parcel was rejected at the door, what now?", "human"),
    ("From: joe@example.com\nSubject: Fwd: Returned mail: see transcript", "human"),
])  # fmt: skip
def test_kinds(head, kind):
    assert machine_of(head)["kind"] == kind


def test_who_suppresses_answers_is_human_but_not_answered_automatically():
    machine = machine_of("From: a@example.com\nX-Auto-Response-Suppress: All")
    assert machine["kind"] == "human"
    assert machine["no_auto_answer"]


KEY = b"0123456789abcdef"


def test_a_token_names_its_conversation_and_only_with_the_key():
    token = tokens.sign(42, KEY)
    assert tokens.verify(token, KEY) == 42
    assert tokens.verify(token.upper(), KEY) == 42
    assert tokens.verify(token, b"another-key-0123") is None
    assert tokens.verify(token.replace("c.42.", "c.43."), KEY) is None
    assert tokens.sign(42, KEY) != token


def test_a_token_fits_a_local_part_even_for_the_largest_id():
    local = tokens.plus_address("service-desk@example.org", tokens.sign(2**63 - 1, KEY)).partition("@")[0]
    assert len(local) <= 64


def test_threading_trusts_the_signed_address_then_what_is_answered():
    mail = {
        "to": [{"name": "", "address": tokens.plus_address("cafe@example.org", tokens.sign(7, KEY))}],
        "cc": [],
        "delivered_to": [],
        "in_reply_to": [tokens.message_id(8, KEY, "example.org")],
        "references": [],
    }
    assert tokens.conversation_of(mail, KEY) == 7
    assert tokens.conversation_of({**mail, "to": []}, KEY) == 8
    assert tokens.conversation_of({**mail, "to": []}, b"another-key-0123") is None


def test_the_nearest_ancestor_comes_first():
    mail = {"in_reply_to": ["c@x"], "references": ["a@x", "b@x", "c@x"]}
    assert tokens.ancestors(mail) == ["c@x", "b@x", "a@x"]
    assert tokens.without_plus("cafe+c.1.x@example.org") == "cafe@example.org"
