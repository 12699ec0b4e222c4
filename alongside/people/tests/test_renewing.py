"""By what somebody is recognised is made once for a whole transaction, and only when something telling changed."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.people.merging import merge, unmerge
from alongside.people.models import Address, Identity, KnownWord, Person, RecognitionKeys
from alongside.people.renewing import once, settle


def keys(person: Person) -> str:
    """The keys as they are written down."""
    return RecognitionKeys.objects.get(person=person).keys


@pytest.fixture
def counted():
    """The queries of some work that speak of a table, by their first word."""

    def count(work, table="people_recognitionkeys") -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            work()
        return [query["sql"].split()[0] for query in captured if f"INTO {table}" in query["sql"]
                or f"FROM {table}" in query["sql"] or f"{table} SET" in query["sql"]]

    return count


@pytest.mark.django_db
def test_meeting_somebody_makes_their_keys_once(counted):
    def meet():
        Person.meet(called="Bo", full_name="Bolette Quistgaard", email="bolette.q@post.example", phone="030 123456")

    assert counted(meet) == ["SELECT", "INSERT"]
    assert counted(meet, "people_knownword") == ["SELECT"]


@pytest.mark.django_db
def test_however_much_a_transaction_changes_it_makes_keys_once(counted, joe, ryan):
    def change():
        with once():
            for person in (joe, ryan):
                person.rename(called="", full_name=f"{person.called} Quistgaard", by=None)
                person.reach_at("phone", "030 123456")
                Address.objects.create(person=person, street="Lindenstraße 4", city="Berlin")

    assert counted(change).count("INSERT") == 1
    assert all("quistgaard" in keys(person) and "n:hallam" not in keys(person) for person in (joe, ryan))


@pytest.mark.django_db
def test_a_merging_makes_keys_once(counted, joe, ryan, owner):
    def both():
        unmerge(merge(joe, ryan, by=owner.person), by=owner.person)

    assert counted(both).count("INSERT") == 2
    assert "kessler" in keys(ryan) and "kessler" not in keys(joe)


@pytest.mark.django_db
def test_whoever_reads_within_asks_for_true_keys(joe):
    with once():
        joe.rename(called="", full_name="Ottokar Grünwald", by=None)
        assert "ottokar" not in keys(joe)
        settle()
        assert "ottokar" in keys(joe)
        joe.reach_at("phone", "030 123456")
    assert "p:1234" in keys(joe)


@pytest.mark.django_db
def test_what_was_taken_back_leaves_no_keys(joe, ryan):
    with pytest.raises(ZeroDivisionError), once():
        joe.rename(called="", full_name="Ottokar Grünwald", by=None)
        raise ZeroDivisionError
    with once():
        ryan.rename(called="", full_name="Ryan Sandmann", by=None)
        with pytest.raises(ZeroDivisionError), once():
            Person.meet(full_name="Hubertus Nobody")
            raise ZeroDivisionError
    assert "n:hallam" in keys(joe) and "n:sandmann" in keys(ryan)
    assert not KnownWord.objects.filter(word__in=["ottokar", "hubertus"]).exists()


@pytest.mark.django_db
def test_nothing_telling_makes_nothing(counted, joe):
    def change():
        joe.describe(by=None, what_matters="Shade.", zone="Europe/Berlin")
        joe.reach_at("card", "LC-0042")
        identity = joe.identities.get(kind="email")
        identity.verified_at = timezone.now()
        identity.save(update_fields=["verified_at"])
        Person.objects.get(pk=joe.pk).save(update_fields=["language"])

    assert counted(change) == []


@pytest.mark.django_db
def test_what_is_saved_as_it_was_writes_nothing_and_looks_up_no_word(counted, joe):
    def save():
        Person.objects.get(pk=joe.pk).save()
        joe.identities.get().save()

    assert set(counted(save)) == {"SELECT"} and counted(save, "people_knownword") == []


@pytest.mark.django_db
def test_a_number_more_looks_up_no_word(counted, joe):
    assert counted(lambda: joe.reach_at("phone", "030 123456"), "people_knownword") == []


@pytest.mark.django_db
def test_a_name_that_sounds_longer_than_it_is_can_be_written_down():
    assert "x" * 60 in keys(Person.meet(full_name="x" * 80))


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_person_at_once_make_keys_of_both_changes():
    joe = Person.meet(full_name="Joe Hallam")
    began = threading.Event()

    def other():
        began.set()
        joe.reach_at("email", "quistgaard@post.example")
        connection.close()

    beside = threading.Thread(target=other)
    with transaction.atomic():
        joe.reach_at("phone", "030 123456")
        beside.start()
        began.wait(5)
        beside.join(0.3)  # it waits for us to be done
        assert Identity.objects.filter(kind="email").count() == 0
    beside.join(10)
    assert "a:quistgaard" in keys(joe) and "p:1234" in keys(joe)
