"""Bringing people in: from a table or contacts, looked at first, without doubles, and taken back."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.conversations.models import Conversation
from alongside.files.models import Blob, File
from alongside.importers import previewing
from alongside.importers.jobs import bring_in
from alongside.importers.models import LEFT, PeopleImport
from alongside.importers.tests.bringing import carried_out, shown, taken_back, upload
from alongside.people import belongings
from alongside.people.models import Identity, Person

pytestmark = pytest.mark.django_db

TABLE = """Vorname;Nachname;E-Mail;Telefon;Geburtstag;Ort;Lieblingsfarbe
Bärbel;Österreicher;baerbel@oester.example;+43 660 123;2.4.1961;Wien;blau
محمد;الحسن;m@hasan.example;;;;
Ola;;kein Mail;;;;
Joe;Hallam;joe@hallam.example;0161 555;;Manchester;
;;;;;;rot
Ann;Hallam;joe@hallam.example;;;;
"""


def everyone():
    rows = Person.objects.order_by("id").values_list("id", "called", "full_name", "born", "what_matters")
    return list(rows), list(Identity.objects.order_by("id").values_list("person", "kind", "value"))


def test_a_table_is_understood_shown_and_changes_nothing_before_it_is_asked(desk, joe):
    before = everyone()
    bringing = upload(desk, TABLE)
    page = desk.get(f"/settings/imports/{bringing.id}").content.decode()
    assert bringing.mapping == {"0": "given_name", "1": "surname", "2": "email", "3": "phone", "4": "born", "5": "city"}
    assert "Bärbel Österreicher" in page and "known as" in page
    assert "Line 4:" in page and "kein Mail" in page
    assert everyone() == before


def test_broken_rows_are_listed_and_the_others_come_in(desk, joe):
    bringing = carried_out(desk, TABLE)
    assert bringing.counts() == {"created": 3, "changed": 1, "broken": 2}
    baerbel = Person.objects.get(full_name="Bärbel Österreicher")
    assert (baerbel.called, baerbel.born, baerbel.addresses.get().city) == ("Bärbel", date(1961, 4, 2), "Wien")
    rows = list(csv.reader(io.StringIO(desk.get(f"/settings/imports/{bringing.id}/left-out.csv").content.decode())))
    assert [row[0] for row in rows[1:]] == ["4", "6"]


def test_the_file_goes_with_its_bytes_once_it_has_told_what_it_had_to_tell(desk):
    carried_out(desk, TABLE)
    assert not File.objects.exists() and not Blob.objects.exists()


def test_a_shared_address_makes_nobody_another(desk, joe):
    carried_out(desk, TABLE)
    assert Person.objects.with_email("joe@hallam.example").count() == 2
    assert set(joe.identities.values_list("kind", flat=True)) == {"email", "phone"}


def test_the_same_file_again_makes_no_doubles(desk, joe):
    carried_out(desk, TABLE)
    before = everyone()
    again = carried_out(desk, TABLE)
    assert again.counts() == {"same": 4, "broken": 2}
    assert everyone() == before


def test_taking_it_back_leaves_everything_as_it_was(desk, joe):
    before = everyone()
    bringing = carried_out(desk, TABLE)
    assert everyone() != before
    taken_back(desk, bringing)
    assert everyone() == before


def test_nobody_goes_with_whom_something_happened_since(desk, cafe):
    bringing = carried_out(desk, "name,email\nNora Nova,nora@nova.example\nPer Pan,per@pan.example\n")
    nora = Person.objects.get(full_name="Nora Nova")
    Conversation.objects.create(inbox=cafe, person=nora, subject="Hello", newest_id=0)
    taken_back(desk, bringing)
    assert Person.objects.filter(full_name__in=("Nora Nova", "Per Pan")).get() == nora
    assert bringing.rows.get(person=nora).outcome == LEFT


def test_nothing_that_we_know_is_written_over(desk, joe, owner):
    joe.describe(by=owner.person, what_matters="No sugar", born=date(1961, 4, 2))
    carried_out(desk, "name,email,notes,dob\nJoe Hallam,joe@hallam.example,Loves sugar,1961-04-02\n")
    joe.refresh_from_db()
    assert joe.what_matters == "No sugar"


def test_another_birthday_is_another_person(desk, joe, owner):
    joe.describe(by=owner.person, born=date(1961, 4, 2))
    bringing = carried_out(desk, "name,email,dob\nJoe Hallam,joe@hallam.example,1990-01-01\n")
    assert bringing.counts() == {"created": 1}


@pytest.mark.parametrize(("order", "month"), [("day", 4), ("month", 3)])
def test_a_date_is_read_as_its_country_writes_it(desk, order, month):
    bringing = upload(desk, "name,dob\nZoë Kim,3/4/1961\n")
    desk.post(f"/settings/imports/{bringing.id}", {"0": "full_name", "1": "born", "day_first": order})
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    assert Person.objects.get(full_name="Zoë Kim").born == date(1961, month, 7 - month)


def test_columns_may_be_chosen_and_a_table_without_anybody_is_told(desk):
    bringing = upload(desk, "a,b\nKim,kim@kim.example\n")
    answer = desk.post(f"/settings/imports/{bringing.id}", {"0": "", "1": "city", "day_first": "day"})
    assert answer.status_code == 422 and "at least one column" in answer.content.decode()
    desk.post(f"/settings/imports/{bringing.id}", {"0": "full_name", "1": "email", "day_first": "day"})
    assert "Kim" in desk.get(f"/settings/imports/{bringing.id}").content.decode()


CARDS = """BEGIN:VCARD
VERSION:3.0
N:Whitfield;Dana;M.;;
FN:Dana M. Whitfield
NICKNAME:Dee
item1.EMAIL;type=INTERNET;type=pref:dana@whit
 field.example
TEL;TYPE=CELL:+44 7700 900123
ADR;TYPE=HOME:;;1 Market St\\, Flat 2;Leeds;;LS1 1AA;United Kingdom
BDAY:1980-05-06
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:山田 花子
TEL;VALUE=uri:tel:+81-3-1234-5678
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=
=B6rg
END:VCARD
BEGIN:VCARD
FN:Cut off
"""


def test_contacts_come_in_whatever_their_version(desk):
    bringing = carried_out(desk, CARDS, "contacts.vcf")
    assert bringing.counts() == {"created": 3, "broken": 1}
    dana = Person.objects.get(called="Dee")
    assert (dana.full_name, dana.born, dana.email) == ("Dana M. Whitfield", date(1980, 5, 6), "dana@whitfield.example")
    assert (dana.addresses.get().street, dana.addresses.get().postcode) == ("1 Market St, Flat 2", "LS1 1AA")
    assert Person.objects.get(full_name="山田 花子").identities.count() == 2
    assert Person.objects.filter(full_name="Jörg Müller").exists()
    assert carried_out(desk, CARDS, "contacts.vcf").counts() == {"same": 3, "broken": 1}


def test_what_contacts_say_and_nothing_here_keeps_is_said_before_they_come_in(desk):
    more = "ORG:Whitfield & Sons;Books\nTITLE:Buyer\nPHOTO:data:image/png;base64,AAAA\nURL: ;\nX-SOCIAL:@dee\nBDAY"
    cards = CARDS.replace("BDAY", more).replace("FN:山田", "ORG:花屋\nFN:山田").replace("FN:Cut", "ROLE:x\nFN:Cut")
    page = " ".join(shown(desk, upload(desk, cards, "contacts.vcf")).split())
    assert "it is not brought in: organisation (2), " in page and "job (1)" in page and "picture (1)" in page
    assert "website" not in page and "role (1)" not in page
    assert "not brought in" not in shown(desk, upload(desk, CARDS, "contacts.vcf"))


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "empty"), (b"\n\n", "nobody"), (b"\x89PNG\0\0\0\0" * 50, "no table of text"), (b"BEGIN:VCARD", ""),
])
def test_a_file_that_is_none_is_told_apart(desk, raw, words):
    answer = desk.post("/settings/imports", {"file": SimpleUploadedFile("x.csv", raw)})
    assert answer.status_code in (302, 422)
    if words:
        assert answer.status_code == 422 and words in answer.content.decode()


def test_nothing_of_the_file_is_kept_of_whoever_is_forgotten(desk):
    bringing = carried_out(desk, TABLE)
    waiting = upload(desk, TABLE)
    baerbel = Person.objects.get(full_name="Bärbel Österreicher")
    held = belongings.named("imports")
    assert [told.value for told in held.held([baerbel.id])] == ["people.csv"]
    held.erase([baerbel.id], belongings.DELETE)
    assert not bringing.rows.filter(person=baerbel).exists() and bringing.file is None
    assert not PeopleImport.objects.filter(pk=waiting.pk).exists()


def test_old_windows_tables_and_quoted_lines_are_read(desk):
    raw = 'Name\tE-Mail\tNotizen\r\n"Jürgen ""Jo"" Groß"\tj@gross.example\t"zwei\r\nZeilen"\r\nÅsa\ta@s.example\t\r\n'
    carried_out(desk, raw.encode("cp1252"))
    assert Person.objects.get(full_name='Jürgen "Jo" Groß').what_matters == "zwei\r\nZeilen"
    assert Person.objects.filter(full_name="Åsa").exists()


def test_what_a_table_says_is_text_and_never_a_formula(desk):
    bringing = carried_out(desk, 'name,email\n=cmd()|x,"@bad"\n')
    page = desk.get(f"/settings/imports/{bringing.id}/left-out.csv").content.decode()
    assert all(not row[1].startswith(("=", "+", "-", "@")) for row in list(csv.reader(io.StringIO(page)))[1:])


def test_only_leads_bring_people_in(signed_in, lena):
    assert signed_in(lena).get("/settings/imports").status_code == 403


def test_the_preview_says_of_how_many_rows_it_knows_and_promises_nothing_of_the_rest(desk, joe, monkeypatch):
    monkeypatch.setattr(previewing, "LOOKED_UP", 2)
    page = shown(desk, upload(desk, "Name,E-Mail\nJoe,joe@hallam.example\nNova,n@nova.example\n" * 2))
    assert "Of the first 2 rows:" in page and "1 is new." in page
    assert "The rows after them are compared as they come in" in page
    assert "Bring 4 rows in" in page and "people in</button>" not in page
    monkeypatch.setattr(previewing, "LOOKED_UP", 9)
    page = shown(desk, upload(desk, "Name,E-Mail\nJoe,joe@hallam.example\nNova,n@nova.example\n" * 2))
    assert "Bring 2 people in" in page and "The rows after them" not in page
