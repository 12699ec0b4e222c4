"""Handing a link over: copied, mailed, shown on a screen, said in an answer; taken back; and who came in by it."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import mail
from django.utils import timezone

from alongside.booths import handing
from alongside.booths.models import VIEW, Booth, BoothLink, Participant
from alongside.booths.tests.conftest import Browser
from alongside.keys.models import Key
from alongside.people.models import Person

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"http://localhost:\d+/join#([\w-]{43})")


@pytest.fixture(autouse=True)
def _letters_stay_here(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def token_in(text: str) -> str:
    """The token of the one link that stands in `text`."""
    return ADDRESS.search(text)[1]


def opens(token: str) -> bool:
    return Browser().tell("/join/look", token=token).status_code == 200


def test_a_link_is_made_and_shown_once(at, member):
    made = member.post(at("inviting"), {"role": "view", "until": "1d", "uses": "2"})
    token = token_in(made.content.decode())
    assert made.status_code == 200 and "no-store" in made["Cache-Control"] and opens(token)
    link = BoothLink.objects.get()
    assert (link.role, link.key.uses_left, link.way) == (VIEW, 2, "copied")
    assert timedelta(hours=23) < link.key.expires_at - timezone.now() < timedelta(hours=25)
    assert "data:image/svg+xml" in made.content.decode()
    after = member.get(at("inviting")).content.decode()
    assert token not in after and link.key.hint in after
    assert not Key.objects.filter(digest=token.encode()).exists()


@pytest.mark.parametrize(("sent", "status"), [
    ({"role": "owner"}, 422), ({}, 422), ({"role": "edit", "uses": "0"}, 422), ({"role": "edit", "until": "9y"}, 422),
    ({"role": "edit", "secret": "1"}, 400),
])
def test_nonsense_makes_no_link(at, member, sent, status):
    assert member.post(at("inviting"), sent).status_code == status and not BoothLink.objects.exists()


def test_the_page_makes_and_takes_back_links_by_itself(at, member, lena):
    made = member.tell(at("links"), role="edit", hours=2, uses=1)
    assert made.status_code == 201 and opens(token_in(made.data["url"]))
    assert unquote(made.data["qr"]).startswith("data:image/svg+xml") and "<script" not in unquote(made.data["qr"])
    told = member.read(at("table?part=links")).data["links"]
    assert [(each["id"], each["role"], each["revoked"], each["uses_left"]) for each in told] == [
        (made.data["id"], "edit", False, 1)]
    assert made.data["url"] not in str(told)
    assert member.tell(at(f"links/{made.data['id']}/revoke")).status_code == 200
    assert not opens(token_in(made.data["url"]))
    for body in ({"role": "owner"}, {"hours": 0}, {"hours": "2"}, {"uses": -1}, {"url": "x"}):
        assert member.tell(at("links"), **body).status_code == 400


def test_a_link_of_another_booth_is_not_taken_back_here(at, member, lena, joe):
    link, token = BoothLink.make(Booth.open(by=lena.person, person=joe), by=lena.person)
    assert member.tell(at(f"links/{link.id}/revoke")).status_code == 404
    assert member.post(at(f"inviting/links/{link.id}")).status_code == 404
    assert opens(token)


def test_a_code_is_the_address_as_a_camera_reads_it():
    drawing = unquote(handing.qr_of("http://localhost:8000/join#" + "n" * 43))
    assert drawing.startswith("data:image/svg+xml") and "<svg" in drawing and "<path" in drawing


def test_the_person_is_written_to_in_their_language(booth, at, member, ryan):
    ryan.describe(by=None, language="de")
    identity = ryan.identities.get()
    answer = member.post(at("inviting/mail"), {"address": identity.id})
    assert answer["Location"] == at("inviting")
    letter = mail.outbox[0]
    assert letter.to == ["ryan@kessler.example"] and booth.goal in letter.body and "Lena" in letter.subject
    assert opens(token_in(letter.body)) and BoothLink.objects.get().way == "mailed"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nobody_is_written_to_at_an_address_of_another(at, member, joe, ryan):
    for sent in ({"address": joe.identities.get().id}, {"address": "x"}, {}):
        assert member.post(at("inviting/mail"), sent).status_code == 302
    assert not mail.outbox and not BoothLink.objects.exists()


def test_a_letter_that_does_not_leave_takes_its_link_back(at, member, ryan, settings):
    settings.EMAIL_BACKEND = "nowhere.at.all"
    page = member.post(at("inviting/mail"), {"address": ryan.identities.get().id}, follow=True)
    assert "No letter could be sent" in page.content.decode()
    assert not BoothLink.objects.get().holds


def test_a_booth_of_nobody_mails_nobody(member, lena):
    booth = Booth.open(by=lena.person)
    assert "inviting/mail" not in member.get(f"/booths/{booth.code}/inviting").content.decode()
    assert member.post(f"/booths/{booth.code}/inviting/mail", {"address": "1"}).status_code == 302


def test_it_is_shown_large_on_one_screen(at, member, guest, monkeypatch):
    shown_token = []
    monkeypatch.setattr(handing, "qr_of", lambda address: shown_token.append(token_in(address)) or "data:image/svg+xml")
    shown = member.post(at("inviting/screen"))
    page = shown.content.decode()
    assert "data:image/svg+xml" in page and "no-store" in shown["Cache-Control"] and 'class="rail"' not in page
    link = BoothLink.objects.latest("id")
    assert link.way == "shown" and link.key.expires_at - timezone.now() < timedelta(hours=2, minutes=1)
    Browser().tell("/join/in", token=shown_token[0], name="Austin")
    names = member.get(at(f"inviting/present?arrived={link.id}"), headers={"X-Fragment": "arrived"}).content.decode()
    assert "Austin" in names and "Ryan" not in names and "<form" not in names
    for strange in ("x", "9" * 30, "-1"):
        answer = member.get(at(f"inviting/present?arrived={strange}"), headers={"X-Fragment": "arrived"})
        assert answer.status_code == 200 and "Austin" not in answer.content.decode()


def test_who_came_in_stands_there_and_can_be_asked_out(at, member, guest):
    page = member.get(at("inviting")).content.decode()
    assert "A guest: nobody has said who it is." in page
    assert member.get(at("inviting/present"))["Location"] == at("inviting")
    assert member.post(at(f"inviting/guests/{guest.guest.id}"))["Location"] == at("inviting")
    assert guest.read(at("table")).status_code == 401
    assert "Nobody has come in yet" in member.get(
        at("inviting/present"), headers={"X-Fragment": "present"}).content.decode()


def test_a_member_says_who_a_guest_is_and_takes_it_back(at, member, guest, ryan):
    path = at(f"inviting/guests/{guest.guest.id}/who")
    assert f'value="{ryan.id}"' in member.get(path).content.decode()
    member.post(path, {"person": ryan.id})
    assert Participant.objects.get(pk=guest.guest.id).person == ryan
    member.post(path, {"person": ""})
    assert Participant.objects.get(pk=guest.guest.id).person is None
    assert member.post(path, {"person": 999_999}).status_code == 404
    assert member.post(path, {"person": "x"}).status_code == member.post(path, {"secret": "1"}).status_code == 400


def test_a_member_says_whose_booth_it_is(member, lena, joe):
    booth = Booth.open(by=lena.person)
    path = f"/booths/{booth.code}/inviting/whose"
    assert "Joe" in member.get(f"{path}?q=joe").content.decode()
    member.post(path, {"person": joe.id})
    booth.refresh_from_db()
    assert booth.person == joe
    nobody = member.get(f"{path}?q=Zacharias Unheard").content.decode()
    assert "We know nobody" in nobody and Person.objects.count() == 2


def test_handing_over_is_for_members(at, guest):
    for path in ("inviting", "inviting/present", "inviting/whose", f"inviting/guests/{guest.guest.id}/who"):
        assert guest.get(at(path))["Location"].startswith("/accounts/login")
    for path in ("inviting", "inviting/mail", "inviting/screen", f"inviting/guests/{guest.guest.id}"):
        assert guest.post(at(path))["Location"].startswith("/accounts/login")
