"""Being forgotten: by oneself after a letter, by a lead; nothing is left anywhere, and a restore forgets again."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from alongside.channels.email.models import RawMail
from alongside.conversations.models import Message
from alongside.events.models import Event
from alongside.files.models import Blob
from alongside.keys.models import Key
from alongside.people import belongings
from alongside.people.belongings import Belonging
from alongside.people.models import Identity, Person
from alongside.portal import erasing, ledger
from alongside.portal.models import Erasure
from alongside.portal.tests.conftest import path_in
from alongside.portal.tests.planting import PLANTED, WORD
from alongside.search.models import SearchDocument
from alongside.visits.models import Visit

TEXTS = ("text", "character varying", "json", "jsonb", "bytea", "ARRAY", "tsvector", "USER-DEFINED")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    """The ledger of each test lies in a folder of its own."""
    settings.ALONGSIDE_HOME = tmp_path
    return tmp_path


def where_it_stands() -> list[str]:
    """Every column of every table in which the word stands, whatever its kind, and the files by their content."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns"
                       " WHERE table_schema = 'public' AND data_type = ANY(%s) ORDER BY 1, 2", [list(TEXTS)])
        for table, column, kind in cursor.fetchall():
            text = SQL("encode({}, 'escape')" if kind == "bytea" else "{}::text").format(Identifier(column))
            asked = SQL("SELECT count(*) FROM {} WHERE {} ILIKE %s").format(Identifier(table), text)
            cursor.execute(asked, [f"%{WORD[:8]}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    packed = [blob for blob in Blob.objects.all() if WORD.encode() in _unpacked(b"".join(blob.chunks()))]
    return found + [f"blob {blob.id}" for blob in packed]


def _unpacked(content: bytes) -> bytes:
    if content[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(content))
        return b"".join(packed.read(name) for name in packed.namelist())
    return content


@pytest.mark.parametrize("how", ["delete", "anonymise"])
def test_nothing_of_them_is_left_in_any_column_index_or_file(marked, lena, ryan, how, data_folder):
    before = where_it_stands()
    for column in ("people_person.called", "conversations_message.text", "search_searchdocument.vector",
                   f"{RawMail._meta.db_table}.raw", "files_file.name", "portal_objection.words", "people_merging.why"):
        assert column in before
    assert any(each.startswith("blob") for each in before)
    ids = marked.cluster_ids
    receipt = erasing.erase(marked, how, by=lena.person)
    assert where_it_stands() == []
    assert not SearchDocument.objects.filter(person__in=ids).exists()
    assert not Key.objects.filter(subject__in=ids).exists() and not Identity.objects.filter(person__in=ids).exists()
    assert WORD not in "".join(path.read_text() for path in data_folder.iterdir())
    assert WORD not in json.dumps(receipt.counts)
    assert Message.objects.filter(text="For ten.", author=ryan).exists()


def test_every_room_that_holds_something_of_people_is_planted():
    assert {each.name for each in belongings.every()} == PLANTED, "Plant the word in it, in `planting.py`."


def test_the_receipt_says_how_much_and_of_nobody(marked, lena):
    receipt = erasing.erase(marked, "delete", by=lena.person)
    assert receipt.counts["conversations"] >= 1 and receipt.by == lena.person
    event = Event.objects.get(kind="people.erased")
    assert event.data == {"erasure": str(receipt.id), "how": "delete"}


def test_what_others_share_stays(joe, ryan, lena):
    joe.reach_at("email", "family@home.example")
    ryan.reach_at("email", "family@home.example")
    erasing.erase(joe, "delete", by=lena.person)
    assert Identity.objects.filter(person=ryan, value="family@home.example").exists()


def test_the_person_confirms_by_a_letter_whose_button_does_it_once(at_home, joe):
    browser = at_home(joe)
    assert "Shall we forget you?" in browser.get("/my/forget").content.decode()
    assert browser.post("/my/forget", {}).status_code == 422
    assert browser.post("/my/forget", {"how": "delete"}).status_code == 200
    assert Person.objects.get(pk=joe.pk).called == "Joe"
    path = path_in(mail.outbox[-1])
    assert path.startswith("/my/forget/")
    scanner = Client()
    assert scanner.get(path).status_code == 200 and scanner.head(path).status_code == 200
    assert Person.objects.get(pk=joe.pk).called == "Joe"
    done = Client().post(path)
    assert str(Erasure.objects.get().id) in done.content.decode() and Erasure.objects.get().by is None
    assert not Identity.objects.filter(value="joe@hallam.example").exists()
    assert Client().post(path).status_code == 404
    assert b"this page is yours" not in browser.get("/my").content


@pytest.mark.parametrize(("how", "said"), [
    ("delete", "We hold nothing of you any more"), ("anonymise", "What stays, without a name")])
def test_they_are_told_what_stays(at_home, joe, lena, how, said):
    Visit.begin(joe, kind="counter", by=lena.person)
    at_home(joe).post("/my/forget", {"how": how})
    done = Client().post(path_in(mail.outbox[-1])).content.decode()
    assert said in done and ("Your visits" in done) == (how == "anonymise") == ("hold nothing" not in done)


def test_a_link_to_the_page_does_not_forget_nor_the_other_way_round(client, link_to, joe):
    token = link_to("joe@hallam.example").rpartition("/")[2]
    assert client.post(f"/my/forget/{token}").status_code == 404
    _key, token = Key.issue("forget_me", subject=joe, data={"how": "delete", "identity": joe.identities.get().id})
    assert client.post(f"/my/link/{token}").status_code == 404
    assert Person.objects.get(pk=joe.pk).called == "Joe"


def test_only_a_lead_forgets_somebody_and_says_that_they_asked(signed_in, lena, owner, joe):
    assert signed_in(lena).post(f"/people/{joe.id}/forget", {"how": "delete", "sure": "on"}).status_code == 403
    browser = signed_in(owner)
    assert browser.get(f"/people/{joe.id}/forget").status_code == 200
    assert browser.post(f"/people/{joe.id}/forget", {"how": "delete"}).status_code == 422
    assert Identity.objects.filter(person=joe).exists()
    assert browser.post(f"/people/{joe.id}/forget", {"how": "delete", "sure": "on"}).status_code == 302
    assert not Identity.objects.filter(person=joe).exists() and Erasure.objects.get().by == owner.person


def test_a_colleague_leaves_first(signed_in, owner, lena, at_home):
    with pytest.raises(erasing.CannotErase):
        erasing.erase(lena.person, "delete", by=owner.person)
    answered = signed_in(owner).post(f"/people/{lena.person_id}/forget", {"how": "delete", "sure": "on"})
    assert "Let them leave" in answered.content.decode()
    assert not Erasure.objects.exists() and ledger.entries() == []


def test_what_fails_halfway_forgets_nothing_and_leaves_no_line(joe, lena, monkeypatch):
    monkeypatch.setattr(belongings, "_belongings", dict(belongings._belongings))

    class Broken(Belonging):
        name, order = "broken", 1

        def erase(self, person_ids, how):
            raise RuntimeError("no")

    belongings.register(Broken())
    with pytest.raises(RuntimeError):
        erasing.erase(joe, "delete", by=lena.person)
    assert Identity.objects.filter(person=joe).exists() and ledger.entries() == []


def test_who_comes_back_from_an_older_backup_is_forgotten_again(joe, ryan, lena):
    ledger.note(ledger.Entry("r1", timezone.now(), [joe.id], "anonymise"))  # after the backup in which Joe still is
    assert erasing.replay(ledger.entries()) == 1
    assert Person.objects.get(pk=joe.pk).name == "" and not Identity.objects.filter(person=joe).exists()
    assert Person.objects.get(pk=ryan.pk).name == "Ryan"
    assert len(ledger.entries()) == 1


def test_a_number_that_was_given_out_anew_is_somebody_else(joe, ryan, lena):
    ledger.note(ledger.Entry("r1", joe.since - timedelta(days=1), [joe.id, lena.person_id], "delete"))
    assert erasing.replay(ledger.entries()) == 0
    assert Person.objects.get(pk=joe.pk).called == "Joe"


def test_the_ledger_is_only_added_to_and_takes_in_another_one_once(tmp_path, settings):
    ledger.note(ledger.Entry("a", timezone.now(), [1], "delete"))
    backup = tmp_path / "backup.jsonl"
    backup.write_text(ledger.place().read_text() + ledger.Entry("b", timezone.now(), [2, 3], "delete").line() + '{"id"')
    assert ledger.take_in(backup) == 1 and ledger.take_in(backup) == 0
    assert [entry.id for entry in ledger.entries()] == ["a", "b"]
