"""Taking a copy: everything, for its person only, and gone after a day."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations import writing
from alongside.conversations.models import Conversation
from alongside.conversations.writing import Address, receive
from alongside.files.models import File
from alongside.people import belongings
from alongside.people.belongings import Belonging, Told
from alongside.people.models import CardOpening, Identity
from alongside.portal import copying, jobs
from alongside.portal.models import Copy


@pytest.fixture
def puppies(monkeypatch):
    """A room that holds something of everyone."""
    monkeypatch.setattr(belongings, "_belongings", dict(belongings._belongings))

    class Puppies(Belonging):
        name, label = "puppies", "Puppies"

        def held(self, person_ids):
            return [Told(what="At home", value="Biscuit <the dog>", provenance="told", by="Lena")]

        def export(self, person_ids):
            return [{"dog": "Biscuit", "of": person_ids}]

    return belongings.register(Puppies())


@pytest.fixture
def talk(cafe, joe, lena):
    """Two files of one name: Joe's, and one in a note about him."""
    conversation = Conversation.start(inbox=cafe, person=joe, subject="The scone")
    files = [File.keep(text, name="scone.txt") for text in (b"crumbs", b"sketch")]
    receive(conversation, author=joe, sender=Address(joe.email), text="See.", files=[(files[0], "", False)])
    writing.note(conversation, "He is cross today.", by=lena.person, files=[files[1]])
    return conversation


def taken(browser) -> zipfile.ZipFile:
    """The copy that a browser takes home."""
    ready = browser.post("/my/copy", follow=True)
    assert b"my-page.zip" in ready.content
    path = ready.request["PATH_INFO"] + "/file"
    return zipfile.ZipFile(io.BytesIO(b"".join(browser.get(path))))


def test_a_copy_holds_everything_as_data_as_a_page_and_the_files(at_home, joe, lena, puppies, talk):
    CardOpening.note(joe.id, lena.person_id)
    packed = taken(at_home(joe))
    data = json.loads(packed.read("everything.json"))
    assert data["rooms"]["puppies"]["items"] == [{"dog": "Biscuit", "of": [joe.id]}]
    assert data["reached_at"][0]["value"] == "joe@hallam.example" and data["people"][0]["called"] == "Joe"
    assert data["rooms"]["openings"]["items"][0]["by"] == "Lena"
    files = {name for name in packed.namelist() if name.startswith("files/")}
    assert {packed.read(name) for name in files} == {b"crumbs", b"sketch"} and len(files) == 2
    assert {each["name"] for each in data["files"]} == files


def test_mail_as_it_came_is_in_it(at_home, joe, ryan, talk):
    box = Mailbox.objects.create(inbox=talk.inbox, address="post@cafe.example")
    for number, sender in enumerate(("joe@hallam.example", "ryan@kessler.example")):
        RawMail.objects.create(mailbox=box, source="smtp", sha256=bytes([number]), raw=sender.encode(), state="aside",
                               sender=sender)
    packed = taken(at_home(joe))
    mails = [packed.read(name) for name in packed.namelist() if name.startswith("mail/")]
    assert mails == [b"joe@hallam.example"]


def test_the_page_in_it_runs_and_loads_nothing(at_home, joe, puppies):
    joe.describe(by=None, born=date(1988, 5, 3), zone="Europe/Lisbon", language="de")
    page = taken(at_home(joe)).read("my-page.html").decode()
    assert "Biscuit &lt;the dog&gt;" in page and "joe@hallam.example" in page
    assert "1988" in page and "Europe/Lisbon" in page and "Deutsch" in page and "Joe Hallam" in page
    for outside in ("<script", "http", "src=", "@import", "url("):
        assert outside not in page


def test_page_and_data_tell_one_moment_and_whose_clock(at_home, joe):
    browser = at_home(joe)
    Identity.objects.filter(person=joe).update(added_at=timezone.now() - timedelta(days=90))
    proved = Identity.objects.get(person=joe).verified_at
    packed = taken(browser)
    data, page = json.loads(packed.read("everything.json")), packed.read("my-page.html").decode()
    assert datetime.fromisoformat(data["reached_at"][0]["verified_at"]) == proved
    for read in (page, browser.get("/my").content.decode()):
        assert f'You confirmed it</b> <time datetime="{proved.isoformat()}"' in read.replace("it <time", "it</b> <time")
    assert f"Every time on this page is that of {data['zone']}." in page


def test_another_person_does_not_find_it(at_home, joe, ryan):
    at_home(joe).post("/my/copy")
    copy, browser = Copy.objects.get(), at_home(ryan)
    for path in (f"/my/copy/{copy.id}", f"/my/copy/{copy.id}/file", "/my/copy/999999999/file"):
        assert browser.get(path).status_code == 404


def test_a_large_one_is_packed_beside_the_page(at_home, joe, talk, monkeypatch, django_capture_on_commit_callbacks):
    ordered = []
    monkeypatch.setattr(copying, "AT_ONCE", 5)
    monkeypatch.setattr(jobs.pack_copy, "defer", lambda **told: ordered.append(told["copy_id"]))
    browser = at_home(joe)
    with django_capture_on_commit_callbacks(execute=True):
        page = browser.post("/my/copy", follow=True)
    copy = Copy.objects.get()
    assert ordered == [copy.id] and b"still packing" in page.content
    assert browser.get(f"/my/copy/{copy.id}/file").status_code == 404
    jobs.pack_copy(copy_id=copy.id)
    assert browser.get(f"/my/copy/{copy.id}/file").status_code == 200


def test_it_goes_after_its_day_and_when_a_new_one_is_made(at_home, joe):
    browser = at_home(joe)
    browser.post("/my/copy")
    browser.post("/my/copy")
    assert Copy.objects.count() == 1 and File.objects.filter(purpose=copying.PURPOSE).count() == 1
    assert copying.forget_old() == 0
    Copy.objects.update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    assert copying.forget_old() == 1
    assert not File.objects.filter(purpose=copying.PURPOSE).exists()
