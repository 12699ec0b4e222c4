"""Saved replies: words to start from, with a closed list of places."""

from datetime import datetime

import pytest
from django.utils import timezone

from alongside.conversations.merge_fields import FIELDS, UnknownField, check, fill
from alongside.conversations.models import SavedReply
from alongside.conversations.replies import forget, keep
from alongside.members.models import Organisation, Team


def filled(text, folder, lena, **more):
    return fill(text, conversation=folder, member=lena, **more)


def test_every_place_is_filled(folder, lena):
    Organisation.objects.update_or_create(id=1, defaults={"name": "The Café"})
    text = "{person}|{full_name}|{member}|{organisation}|{inbox}|{subject}"
    assert filled(text, folder, lena).text == "Ryan|Ryan Kessler|Lena|The Café|Café|Austin's folder"
    assert filled(" ".join(f"{{{name}}}" for name in FIELDS), folder, lena).missing == []


def test_an_unknown_place_is_named(folder, lena):
    with pytest.raises(UnknownField) as unknown:
        filled("Dear {person}, {password}", folder, lena)
    assert unknown.value.name == "password"


@pytest.mark.parametrize(
    "text", ["{ person }", "{}", "{{", "{1}", "{% if %}", "a { color: red }", "{person.email}", "$person"]
)
def test_what_is_no_place_stays_as_it_is(folder, lena, text):
    assert filled(text, folder, lena).text == text


def test_what_is_put_in_is_never_a_place(folder, lena, ryan):
    ryan.rename(called="{member}", full_name="{{person}}", by=lena.person)
    folder.refresh_from_db()
    assert filled("{person} {full_name}", folder, lena).text == "{member} {{person}}"


def test_what_we_do_not_know_is_said(folder, lena, ryan):
    ryan.rename(called="", full_name="", by=lena.person)
    folder.refresh_from_db()
    done = filled("Dear {person},", folder, lena)
    assert (done.text, done.missing) == ("Dear ,", ["person"])


@pytest.mark.parametrize(
    ("zone", "hour", "greeting"),
    [("UTC", 4, "Good evening"), ("UTC", 5, "Good morning"), ("UTC", 12, "Good afternoon"), ("UTC", 18, "Good evening"),
     ("Australia/Sydney", 0, "Good morning"), ("no/zone", 8, "Good morning")],
)
def test_the_greeting_is_by_the_persons_own_clock(folder, lena, ryan, zone, hour, greeting):
    ryan.describe(by=lena.person, zone=zone)
    folder.refresh_from_db()
    now = datetime(2026, 1, 15, hour, tzinfo=timezone.get_fixed_timezone(0))
    assert filled("{greeting}", folder, lena, now=now).text == greeting


def test_one_with_an_unknown_place_is_not_saved(lena):
    with pytest.raises(UnknownField):
        keep("Folder", "Dear {customer}", by=lena.person)
    with pytest.raises(ValueError, match="empty"):
        keep(" ", "x", by=lena.person)
    assert not SavedReply.objects.exists()
    check("Dear {person}")


def test_who_may_use_which(lena, teller, owner, counter_team):
    everyone = keep("Hello", "{greeting} {person}", by=owner.person)
    ours = keep("Folder", "We have it.", by=lena.person, team=counter_team)
    night = keep("Night", "We are closed.", by=owner.person, team=Team.objects.create(name="Night"))

    def visible(member):
        return set(SavedReply.objects.visible_to(member.principal()))

    assert visible(lena) == {everyone, ours}
    assert visible(teller) == {everyone}
    assert visible(owner) == {everyone, ours, night}
    keep("Folder", "It is here.", by=lena.person, team=counter_team, reply=ours)
    assert SavedReply.objects.get(pk=ours.pk).text == "It is here."
    forget(ours, by=lena.person)
    assert visible(lena) == {everyone}
