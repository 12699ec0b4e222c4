"""The words in other languages: every text is in the catalogues, and a German member reads German."""

import importlib.util
import re
from datetime import timedelta

import pytest
from django.conf import settings as held
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext, trans_real
from lxml import html

from alongside.conversations.tests.conftest import folder, writes
from alongside.desk.joining.invitations import write_to
from alongside.lib.home import CHECKOUT
from alongside.members.models import Organisation
from alongside.notifications.jobs import mail_due
from alongside.notifications.tests.conftest import everyone_hears

__all__ = ["folder"]

_spec = importlib.util.spec_from_file_location("messages_of_bin", CHECKOUT / "bin" / "messages.py")
messages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(messages)

PAGES = {
    "inbox": "/inbox/all", "my inbox, empty": "/inbox/mine", "conversation": "conversation", "people": "/people",
    "person": "person", "a new letter": "/conversations/new", "search": "/search", "notifications": "/notifications",
    "settings": "/settings/you", "notification settings": "/settings/notifications",
    "sessions": "/settings/sessions", "organisation": "/settings/organisation", "members": "/settings/members",
    "teams": "/settings/teams", "keys": "/settings/api-keys", "mail addresses": "/settings/mail",
}  # fmt: skip
SHOWN = ("aria-label", "title", "placeholder", "alt", "data-shortcut-label", "data-shortcut-group")
# What reads the same in German: names of the cast, of places and languages, and words that both have.
ALIKE = re.compile(
    r"Alongside|Cc|Bcc|Spam|Mail|Teams?|Name|Port|Organisation|Code|API|IP|Enter|Esc|g [a-z]|UTC"
    r"|English|Deutsch|Français|Café|Counter|Marta( Owner)?|Lena|Ryan( Kessler)?|Austin's folder"
    r"|Did Austin leave his folder with you\?|\S+@\S+|https?://\S+|from:\S+"
)


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """The catalogues as they are now, also where the tests were not started by ./test."""
    if messages.compile_all():
        trans_real._translations.clear()


def test_the_catalogues_are_in_step_with_the_code():
    behind = messages.differences(messages.TEMPLATE, messages.extract(), messages.load(messages.TEMPLATE))
    assert behind == [], "run bin/messages update"


def test_every_language_on_offer_has_a_catalogue():
    there = {messages.language(path) for path in messages.catalogues()}
    assert there == {code for code, _name in held.LANGUAGES} - {"en"}


@pytest.mark.parametrize("path", messages.catalogues(), ids=messages.language)
def test_a_language_is_complete_and_keeps_what_is_put_in(path):
    catalogue = messages.load(path)
    found = messages.differences(path, messages.load(messages.TEMPLATE), catalogue)
    found += [fault for text in messages.texts(catalogue) for fault in messages.faults(text, catalogue.num_plurals)]
    assert found == [], "run bin/messages update, and translate"


@pytest.mark.parametrize(
    ("theirs", "fault"),
    [
        ("", "not translated"),
        ("Von %(nam)s", "other placeholders"),
        ("Von", "other placeholders"),
        ("Von %(name)s ", "other blanks"),
    ],
)
def test_a_fault_of_a_translation_is_found(theirs, fault):
    text = messages.Message("From %(name)s", theirs)
    assert [fault in line for line in messages.faults(text, 2)] == [True]


def test_missing_plurals_and_doubtful_texts_are_found():
    one = messages.Message(("%(n)d thing", "%(n)d things"), ("%(n)d Ding",))
    doubtful = messages.Message("From", "Von", flags=["fuzzy"])
    assert ["1 forms" in line for line in messages.faults(one, 2)] == [True]
    assert ["uncertain" in line for line in messages.faults(doubtful, 2)] == [True]


def test_texts_of_pages_in_djangos_own_language_are_extracted():
    places = messages.extract().get("Skip to the page").locations
    assert ("alongside/look/dj/look/allauth_base.html", None) in places


@pytest.mark.parametrize(("language", "one", "many"), [
    ("de", "1 Sache wartet auf Sie", "3 Dinge warten auf Sie"),
    ("fr", "1 chose vous attend", "3 choses vous attendent"),
])  # fmt: skip
def test_plurals_follow_the_language(language, one, many):
    with translation.override(language):
        for count, words in ((1, one), (3, many)):
            told = translation.ngettext("%(n)d thing waits for you", "%(n)d things wait for you", count)
            assert told % {"n": count} == words


@pytest.fixture
def place_of(folder, ryan):
    """A function that gives the address of one of PAGES."""
    special = {"conversation": f"/conversations/{folder.id}", "person": f"/people/{ryan.id}"}
    return lambda name: special.get(PAGES[name], PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_a_german_members_page_is_german(name, place_of, owner, signed_in):
    place = place_of(name)
    english = texts_of(read(signed_in(owner), place))
    owner.prefer(by=owner.person, language="de")
    answer = read(signed_in(owner), place)
    assert 'lang="de"' in answer
    same = {text for text in texts_of(answer) & english if not ALIKE.fullmatch(text)}
    assert same == set()


def read(client, place: str) -> str:
    """The page as an English browser would ask for it."""
    answer = client.get(place, headers={"accept-language": "en"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def texts_of(page: str) -> set[str]:
    """What a page shows or says aloud, piece by piece, without the long lists of zones and languages."""
    tree = html.fromstring(page)
    for list_ in tree.xpath("//select | //script | //style | //code | //time | //fieldset[.//*[@name='languages']]"):
        list_.drop_tree()
    said = [*tree.itertext(), *(value for name in SHOWN for value in tree.xpath(f"//@{name}"))]
    pieces = (" ".join(piece.split()).strip(" ,()") for text in said for piece in re.split(r"·|: ", text))
    return {piece for piece in pieces if len(re.sub(r"[\W\d_]", "", piece)) > 1}


def test_the_invitation_is_in_the_language_of_the_house(owner):
    Organisation.ours().describe(by=owner.person, name="Café", language="de")
    write_to("neu@cafe.example", "token", by=owner)
    [letter] = mail.outbox
    assert letter.subject == "Marta lädt Sie zu Café ein"
    assert letter.body.startswith("Guten Tag,\n\nMarta möchte")


def test_the_letter_about_a_new_password_is_in_the_language_of_whoever_gets_it(lena):
    lena.prefer(by=lena.person, language="de")
    Client().post("/accounts/password/reset", {"email": lena.email}, headers={"accept-language": "en"})
    [letter] = mail.outbox
    assert letter.subject == "Ein neues Passwort"
    assert letter.body.startswith("Guten Tag, Lena,")


@pytest.mark.parametrize(("own", "houses"), [("de", "en"), ("", "de")])
def test_the_letter_with_what_waits_is_in_ones_own_language_or_the_houses(own, houses, folder, lena, owner, ryan):
    Organisation.ours().describe(by=owner.person, name="Café", language=houses)
    lena.prefer(by=lena.person, language=own)
    folder.assign(lena, by=owner.person)
    writes(folder, ryan, text="A secret between us")
    everyone_hears()
    mail_due(timezone.now() + timedelta(minutes=6))
    [letter] = [letter for letter in mail.outbox if letter.to == [lena.email]]
    assert "Dinge warten auf Sie" in letter.subject
    assert "hat Ihnen geschrieben" in letter.body and "in Ihren Einstellungen" in letter.body


def test_english_needs_no_catalogue():
    with translation.override("en"):
        assert gettext("Everyone has an answer") == "Everyone has an answer"
