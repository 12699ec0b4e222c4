"""The same POST sent again changes nothing and is answered as the first time."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.api import idempotency
from alongside.api.jobs import forget_answers
from alongside.api.models import IdempotentAnswer
from alongside.booths.models import BoothLink
from alongside.people import belongings
from alongside.people.belongings import DELETE
from alongside.people.models import Person


def test_sent_again_it_is_answered_as_the_first_time(program, owner):
    mine = program(owner)
    first = mine("post", "/people", {"called": "Ida"}, Idempotency_Key="a")
    again = mine("post", "/people", {"called": "Ida"}, Idempotency_Key="a")
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert Person.objects.filter(called="Ida").count() == 1
    mine("post", "/people", {"called": "Ida"}, Idempotency_Key="b")
    assert Person.objects.filter(called="Ida").count() == 2


def test_what_is_shown_once_is_kept_sealed_with_the_name(program, owner, settings):
    """A link is told again to who asks by the same name; in the database nobody can read it."""
    mine = program(owner)
    links = f"/booths/{mine('post', '/booths', {}).data['id']}/links"
    first = mine("post", links, {"role": "edit"}, Idempotency_Key="a")
    token = first.data["url"].partition("#")[2].encode()
    assert first.status_code == 201 and token and token not in bytes(IdempotentAnswer.objects.get().body)
    again = mine("post", links, {"role": "edit"}, Idempotency_Key="a")
    assert again.data == first.data and BoothLink.objects.count() == 1
    settings.SECRET_KEY = "another installation's secret"
    lost = mine("post", links, {"role": "edit"}, Idempotency_Key="a")
    assert lost.status_code == 409 and BoothLink.objects.count() == 1


def test_another_request_under_the_same_name_is_refused(program, owner, joe):
    mine = program(owner)
    mine("post", "/people", {"called": "Ida"}, Idempotency_Key="a")
    assert mine("post", "/people", {"called": "Idi"}, Idempotency_Key="a").status_code == 422
    other = mine("post", f"/people/{joe.id}/identities", {"called": "Ida"}, Idempotency_Key="a")
    assert other.status_code == 422 and other.data["type"].endswith("idempotency-mismatch")
    assert not Person.objects.filter(called="Idi").exists()


def test_names_belong_to_one_key(program, owner):
    for _ in range(2):
        program(owner)("post", "/people", {"called": "Ida"}, Idempotency_Key="a")
    assert Person.objects.filter(called="Ida").count() == 2


def test_a_refusal_is_kept_too_but_a_breakdown_is_not(program, owner, monkeypatch):
    mine = program(owner)
    assert mine("post", "/people", {"x": 1}, Idempotency_Key="a").status_code == 400
    assert mine("post", "/people", {"x": 1}, Idempotency_Key="a")["Idempotency-Replayed"] == "true"

    def breaks(*args, **kwargs):
        raise RuntimeError("out of beans")

    with monkeypatch.context() as patched:
        patched.setattr(Person, "reach_at", breaks)
        body = {"called": "Ida", "identities": [{"kind": "email", "value": "i@x.example"}]}
        broken = mine("post", "/people", body, Idempotency_Key="b")
    assert broken.status_code == 500 and "beans" not in broken.content.decode()
    assert not Person.objects.filter(called="Ida").exists()
    assert mine("post", "/people", body, Idempotency_Key="b").status_code == 201


@pytest.mark.parametrize("name", ["", "x" * 256])
def test_a_name_of_no_or_too_great_length(program, owner, name):
    assert program(owner)("post", "/people", {}, Idempotency_Key=name).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_being_worked_on(program, owner):
    mine = program(owner)
    began, may_end, answers = threading.Event(), threading.Event(), []
    original = idempotency._keep

    def slow(*args):
        began.set()
        may_end.wait(10)
        original(*args)

    def first():
        try:
            answers.append(mine("post", "/people", {"called": "Ida"}, Idempotency_Key="a").status_code)
        finally:
            connection.close()

    idempotency._keep = slow
    thread = threading.Thread(target=first)
    try:
        thread.start()
        assert began.wait(10)
        second = mine("post", "/people", {"called": "Ida"}, Idempotency_Key="a")
    finally:
        idempotency._keep = original
        may_end.set()
        thread.join(10)
    assert second.status_code == 409 and second.data["type"].endswith("in-flight")
    assert answers == [201] and Person.objects.filter(called="Ida").count() == 1


def test_answers_are_forgotten_after_a_day(program, owner):
    mine = program(owner)
    mine("post", "/people", {"called": "Ida"}, Idempotency_Key="a")
    assert forget_answers() == 0
    IdempotentAnswer.objects.update(at=timezone.now() - timedelta(hours=25))
    assert forget_answers() == 1


def test_an_answer_that_told_of_somebody_who_is_forgotten_says_nothing_and_still_changes_nothing(program, owner):
    mine = program(owner)
    asked = {"called": "Ida", "identities": [{"kind": "email", "value": "ida@okafor.example"}]}
    made = mine("post", "/people", asked, Idempotency_Key="a")
    other = mine("post", "/people", {"called": "Per"}, Idempotency_Key="b")
    for room in reversed(belongings.every()):
        room.erase([made.data["id"]], DELETE)
    again = mine("post", "/people", asked, Idempotency_Key="a")
    assert again.status_code == 410 and again.data["type"].endswith("forgotten") and "Location" not in again
    assert b"Ida" not in again.bytes and not Person.objects.filter(called="Ida").exists()
    assert mine("post", "/people", {"called": "Per"}, Idempotency_Key="b").content == other.content
