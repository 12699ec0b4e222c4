"""Filters narrow what is found, and a wrong one answers in words what is known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.tagging import tag
from alongside.conversations.writing import Address, Letter, answer, note
from alongside.files.models import File
from alongside.search.finding import find


@pytest.fixture
def said(speaks, says, joe, ryan, branch, owner):
    """Joe asks for beans at the café, Ryan at the bank; the owner answers Joe with a note and a file."""
    speaks("en")
    first = says(joe, "beans for Joe", subject="Beans")
    says(ryan, "beans for Ryan", inbox=branch, at=timezone.now() - timedelta(days=400))
    conversation = first.conversation
    answer(conversation, Letter(text="beans are on their way", to=[Address("joe@hallam.example", "Joe")],
                                files=[File.keep(b"%PDF", name="Beans invoice.pdf", by=owner.person)]),
           by=owner.person, seen_id=first.id)  # fmt: skip
    note(conversation, "beans: he likes them dark", by=owner.person)
    conversation.refresh_from_db()
    return conversation


ALL = {"beans for Joe", "beans for Ryan", "beans are on their way", "beans: he likes them dark"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("beans is:message", {"beans for Joe", "beans for Ryan", "beans are on their way"}),
        ("beans from:joe", {"beans for Joe"}),
        ("beans from:joe@hallam.example", {"beans for Joe"}),
        ("beans -from:joe is:message", {"beans for Ryan", "beans are on their way"}),
        ("from:me is:message", {"beans are on their way"}),
        ("beans to:joe", {"beans are on their way"}),
        ("beans to:hello@cafe", {"beans for Joe", "beans for Ryan"}),
        ("with:ryan", {"beans for Ryan"}),
        ("person:ryan beans", {"beans for Ryan"}),
        ("in:bridge beans", {"beans for Ryan"}),
        ('in:"Bridge Street branch"', {"beans for Ryan"}),
        ("is:note", {"beans: he likes them dark"}),
        ("has:file is:message", {"beans are on their way"}),
        ("is:file invoice", {"beans are on their way"}),
        ("before:7d beans", {"beans for Ryan"}),
        ("after:yesterday is:message beans", {"beans for Joe", "beans are on their way"}),
        ("on:today is:note", {"beans: he likes them dark"}),
        ("assigned:nobody from:ryan", {"beans for Ryan"}),
        ("is:open in:unassigned from:joe", {"beans for Joe"}),
    ],
)
def test_each_filter(said, texts, owner, asked, expected):
    assert set(texts(owner, asked)) == expected


def test_conversation_filters_follow_what_happens_to_it(said, texts, owner, lena):
    tag(said, "wholesale", by=owner.person)
    said.assign(lena, by=owner.person)
    assert set(texts(owner, "tag:wholesale")) == set(texts(owner, "assigned:lena")) == ALL - {"beans for Ryan"}
    assert texts(owner, "-tag:wholesale beans") == ["beans for Ryan"]
    said.close(by=owner.person)
    assert set(texts(owner, "is:done")) == ALL - {"beans for Ryan"}
    assert texts(owner, "is:open") == ["beans for Ryan"]
    assert set(texts(lena, "assigned:me is:unread")) == ALL - {"beans for Ryan"}


def test_spam_and_trash_are_found_only_when_asked_for(said, texts, owner):
    said.mark_spam(by=owner.person)
    assert texts(owner, "beans") == ["beans for Ryan"]
    assert set(texts(owner, "beans is:spam")) == set(texts(owner, "in:spam")) == ALL - {"beans for Ryan"}


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("in:basement", "Café"), ("tag:nonesuch", "wholesale"), ("is:blue", "is:unread"), ("has:legs", "has:file"),
        ("assigned:zebedee", "Marta"), ("from:zebedee", "zebedee"), ("before:tuesdayish", "2026-11-22"),
        ("to:austin", "austin"), ("before:2026-13", "2026-11"), ("after:99999999d", "yesterday"),
    ],
)  # fmt: skip
def test_a_wrong_filter_says_what_is_known(said, owner, austin, asked, known):
    tag(said, "wholesale", by=owner.person)
    found = find(owner.principal(), f"beans {asked}")
    assert found.hits == [] and len(found.problems) == 1
    assert known in found.problems[0]


def test_a_filter_never_names_an_inbox_that_is_not_the_readers(said, teller):
    assert "Café" not in find(teller.principal(), "in:nowhere").problems[0]
