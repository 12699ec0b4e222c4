"""The composer as plain forms: answers, notes, forwarding, what crosses, drafts, undo, and writing first."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.conversations import drafting, writing
from alongside.conversations.models import DONE, Conversation, Draft, Inbox, Message, SavedReply
from alongside.conversations.tests.conftest import letter, writes
from alongside.files.models import File


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def text_of(answer) -> str:
    return answer.content.decode()


def recipients_of(message) -> dict:
    found = {}
    for recipient in message.recipients.all():
        found.setdefault(recipient.role, []).append(recipient.address)
    return found


def shown_of(html: str) -> str:
    """The kind of the composer that lies on top."""
    (kind,) = re.findall(r'data-kind="([^"]+)" data-composer-does-value="[^"]*"(?! hidden)', html)
    return kind


def send(desk, folder, **fields):
    fields = {"kind": "reply", "body": "We have it, Ryan.", "action": "send", "opened_at": folder.newest_id, **fields}
    return desk.post(f"/conversations/{folder.id}/answer?in=unassigned", fields)


def put(desk, path, **fields):
    return desk.put(path, json.dumps(fields), content_type="application/json")


def test_a_reply_goes_to_whoever_wrote_and_can_be_taken_back(desk, folder):
    answer = send(desk, folder)
    assert answer.status_code == 302 and answer.url.startswith(f"/conversations/{folder.id}?in=unassigned")
    message = Message.objects.get(seat="ours")
    assert recipients_of(message) == {"to": ["ryan@kessler.example"]} and message.subject == "Re: Austin's folder"
    html = text_of(desk.get(answer.url))
    assert f'id="undo-{message.id}"' in html and "We have it, Ryan." in html
    desk.post(f"/messages/{message.id}/undoing")
    message.refresh_from_db()
    assert message.state == "undone"
    html = text_of(desk.get(answer.url))
    assert "We have it, Ryan.</textarea>" in html and 'id="undo-' not in html


def test_too_late_to_take_back_says_so(desk, folder, lena):
    message = writing.answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    Message.objects.filter(pk=message.pk).update(state="sent")
    assert "Too late to take back" in text_of(desk.post(f"/messages/{message.id}/undoing", follow=True))
    assert desk.post(f"/messages/{message.id}/undoing", headers={"X-Fragment": "undo"}).status_code == 409


def test_what_is_sent_twice_is_sent_once(desk, folder):
    send(desk, folder, once="abc")
    send(desk, folder, once="abc")
    assert Message.objects.filter(seat="ours").count() == 1


def test_to_all_with_cc_and_bcc_as_the_fields_say(desk, folder):
    send(desk, folder, kind="reply-all", to="Ryan <ryan@kessler.example>, joe@hallam.example",
         cc="odile@marchand.example", bcc="owner@cafe.example")
    assert recipients_of(Message.objects.get(seat="ours")) == {
        "to": ["ryan@kessler.example", "joe@hallam.example"], "cc": ["odile@marchand.example"],
        "bcc": ["owner@cafe.example"]}


@pytest.mark.parametrize("fields, words", [
    ({"body": "  "}, "There is nothing in it yet"),
    ({"kind": "reply-all", "to": "ryan@"}, "is not a whole address"),
    ({"kind": "forward", "to": ""}, "Nobody is named"),
    ({"action": "send-later", "send_at": ""}, "Choose the hour"),
    ({"action": "send-later", "send_at": "2001-01-01T09:00"}, "This hour has passed"),
    ({"action": "send-later", "send_at": "soon"}, "We cannot read this hour"),
])
def test_what_cannot_be_sent_is_shown_again_and_kept(desk, folder, lena, fields, words):
    answer = send(desk, folder, **fields)
    html = text_of(answer)
    assert answer.status_code == 422 and words in html and "Your words are kept." in html
    assert not Message.objects.filter(seat="ours").exists()
    body = fields.get("body", "We have it, Ryan.")
    assert f">{body}</textarea>" in html
    if body.strip():
        assert drafting.load(lena, folder)["message"].text == body


def test_a_send_that_has_not_seen_the_newest_stops_and_shows_it(desk, folder, ryan, lena):
    seen = folder.newest_id
    writes(folder, ryan, text="Found it, never mind!")
    answer = send(desk, folder, opened_at=seen)
    html = text_of(answer)
    assert answer.status_code == 409 and "Ryan wrote while you were writing" in html
    assert "Found it, never mind!" in html and "We have it, Ryan.</textarea>" in html
    assert not Message.objects.filter(seat="ours").exists()
    assert drafting.load(lena, folder)["message"].text == "We have it, Ryan."
    newest = html.split('name="opened_at" value="')[1].split('"')[0]
    assert send(desk, folder, opened_at=newest).status_code == 302
    assert Message.objects.filter(seat="ours").count() == 1


def test_what_the_script_saw_counts_more_than_what_the_page_showed(desk, folder, ryan):
    seen = folder.newest_id
    newer = writes(folder, ryan, text="One more thing")
    assert send(desk, folder, opened_at=newer.id, seen=seen).status_code == 409
    assert send(desk, folder, opened_at=seen, seen=newer.id).status_code == 302


def test_send_later_and_send_and_done(desk, folder):
    send(desk, folder, action="send-later", send_at="2999-01-01T09:00")
    assert Message.objects.get(seat="ours").due_at.year in (2998, 2999)
    folder.refresh_from_db()
    answer = send(desk, folder, action="send-done", opened_at=folder.newest_id)
    folder.refresh_from_db()
    assert folder.state == DONE and answer.url == "/inbox/unassigned"


def test_a_note_leaves_no_draft_and_asks_a_colleague(desk, folder, lena, dishwasher):
    kept = put(desk, f"/conversations/{folder.id}/draft", body="@Tomás have you seen it?", kind="note", revision=0)
    assert kept.json() == {"revision": 1}
    assert shown_of(text_of(desk.get(f"/conversations/{folder.id}"))) == "note"
    send(desk, folder, kind="note", body="@Tomás have you seen it?", revision=1)
    note = Message.objects.get(kind="note")
    assert note.mentions.get().member == dishwasher and not note.recipients.exists()
    assert not Draft.objects.exists()


def test_forwarding_lays_the_letter_and_its_files_under_the_words(desk, folder, ryan):
    file = File.keep(b"the poem", name="poem.txt", by=ryan)
    message = writes(folder, ryan, text="Here is\nthe poem", files=[(file, "", False)])
    html = text_of(desk.get(f"/conversations/{folder.id}?write=forward&message={message.id}"))
    assert "Forwarded, from Ryan:\n&gt; Here is\n&gt; the poem" in html
    assert "Fwd: Austin&#39;s folder" in html and f'name="files" value="{file.id}"' in html
    send(desk, folder, kind="forward", to="joe@hallam.example", subject="Fwd: Austin's folder", files=[file.id],
         opened_at=message.id)
    sent = Message.objects.get(seat="ours")
    assert recipients_of(sent) == {"to": ["joe@hallam.example"]} and sent.enclosures.get().file == file


def test_a_file_that_is_not_theirs_to_send_is_left_out(desk, folder, loan, butchers_customer):
    secret = File.keep(b"the loan", name="loan.pdf", by=butchers_customer)
    writes(loan, butchers_customer, text="my papers", files=[(secret, "", False)])
    send(desk, folder, files=[secret.id, "x", "9" * 30])
    assert not Message.objects.get(seat="ours").enclosures.exists()
    kept = put(desk, f"/conversations/{folder.id}/draft", body="x", files=[secret.id], revision=0)
    assert kept.status_code == 200 and Draft.objects.get().files == []


def test_files_go_along_without_a_script_too(desk, folder):
    send(desk, folder, attach=SimpleUploadedFile("poem.txt", b"the poem"))
    assert Message.objects.get(seat="ours").enclosures.get().file.name == "poem.txt"


def test_a_draft_is_kept_at_every_pause_and_a_second_tab_loses_nothing(desk, folder):
    path = f"/conversations/{folder.id}/draft"
    assert put(desk, path, body="I’ll stand at the door", kind="reply", revision=0).json()["revision"] == 1
    assert "I’ll stand at the door" in text_of(desk.get(f"/conversations/{folder.id}"))
    assert put(desk, path, body="Two", revision=1).json()["revision"] == 2
    conflict = put(desk, path, body="Another tab", revision=1)
    assert conflict.status_code == 409
    assert conflict.json()["body"] == "Two" and conflict.json()["revision"] == 2
    assert "your draft" in text_of(desk.get("/inbox/all"))
    assert desk.delete(path).status_code == 204 and not Draft.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff"])
def test_a_draft_that_is_none_is_refused(desk, folder, body):
    answer = desk.put(f"/conversations/{folder.id}/draft", body, content_type="application/json")
    assert answer.status_code == 400


def test_a_draft_of_strange_kinds_is_refused_or_kept_but_never_breaks(desk, folder):
    path = f"/conversations/{folder.id}/draft"
    assert put(desk, path, body="x", revision="many").status_code == 422
    assert put(desk, path, body="x" * 300_000, revision=0).status_code == 422
    assert put(desk, path, body={"a": 1}, to=["x"], files="abc", kind="shout", revision=0).status_code == 200


def test_a_draft_belongs_to_its_writer(desk, client, signed_in, folder, dishwasher):
    put(desk, f"/conversations/{folder.id}/draft", body="secret thoughts", revision=0)
    signed_in(dishwasher)
    assert "secret thoughts" not in text_of(client.get(f"/conversations/{folder.id}"))


def test_saved_replies_come_filled_and_colleagues_by_name(desk, folder, lena, dishwasher):
    SavedReply.objects.create(name="Kept for you", text="Hello {person}, it is with {member}.")
    SavedReply.objects.create(name="Broken", text="{nothing}")
    found = desk.get(f"/conversations/{folder.id}/saved-replies?q=kep").json()["results"]
    assert [each["value"] for each in found] == ["Hello Ryan, it is with Lena."]
    assert desk.get(f"/conversations/{folder.id}/saved-replies?q=").json()["results"] == found
    found = desk.get(f"/conversations/{folder.id}/colleagues?q=tom").json()["results"]
    assert found[0]["value"] == "@Tomás"


def test_addresses_complete_over_people(desk, ryan, joe):
    found = desk.get("/people/complete?q=rya").json()["results"]
    assert found == [{"value": "Ryan Kessler <ryan@kessler.example>", "name": "Ryan", "hint": "ryan@kessler.example"}]


def test_writing_first_begins_a_conversation(desk, cafe, ryan, lena):
    page = desk.get(f"/conversations/new?person={ryan.id}", follow=True)
    html = text_of(page)
    assert "Ryan Kessler &lt;ryan@kessler.example&gt;" in html and "A new letter" in html
    draft = Draft.objects.get()
    kept = put(desk, f"/conversations/drafts/{draft.id}/keep", body="Austin left", to="ryan@kessler.example",
               kind="new", revision=draft.revision)
    assert kept.status_code == 200
    answer = desk.post(f"/conversations/drafts/{draft.id}/send", {
        "kind": "new", "body": "Austin left his folder", "to": "ryan@kessler.example", "subject": "The folder",
        "inbox": cafe.id, "action": "send"})
    conversation = Conversation.objects.get()
    assert answer.url == f"/conversations/{conversation.id}"
    assert conversation.person == ryan and conversation.assignee == lena and conversation.subject == "The folder"
    assert not Draft.objects.exists()
    message = Message.objects.get()
    back = desk.post(f"/messages/{message.id}/undoing")
    assert back.url == f"/conversations/drafts/{Draft.objects.get().id}"
    assert "Austin left his folder</textarea>" in text_of(desk.get(back.url))


def test_a_first_letter_that_is_sent_twice_leads_to_the_same_conversation(desk, cafe):
    draft = desk.get("/conversations/new").url
    form = {"kind": "new", "body": "Hello", "to": "joe@hallam.example", "inbox": cafe.id, "once": "k"}
    first, again = desk.post(f"{draft}/send", form), desk.post(f"{draft}/send", form)
    assert first.url == again.url and Conversation.objects.count() == 1
    assert desk.post(f"{draft}/send", form | {"once": "other"}).status_code == 404


def test_writing_first_to_someone_whom_nobody_knows_yet(desk, cafe):
    draft = desk.get("/conversations/new?to=new@elsewhere.example").url
    assert "new@elsewhere.example" in text_of(desk.get(draft))
    desk.post(f"{draft}/send", {"kind": "new", "body": "Hello", "to": "Ida <new@elsewhere.example>", "inbox": cafe.id})
    assert Conversation.objects.get().person.full_name == "Ida"


def test_a_first_letter_that_cannot_leave_is_kept(desk, cafe, branch):
    draft = desk.get("/conversations/new").url
    for fields, words in (({"to": "", "inbox": cafe.id}, "Nobody is named"),
                          ({"to": "joe", "inbox": cafe.id}, "is not a whole address"),
                          ({"to": "joe@hallam.example", "inbox": branch.id}, "Choose the inbox"),
                          ({"to": "joe@hallam.example", "inbox": cafe.id, "body": " "}, "There is nothing in it yet")):
        answer = desk.post(f"{draft}/send", {"kind": "new", "body": "Hello", **fields})
        assert answer.status_code == 422 and words in text_of(answer), words
    assert not Conversation.objects.exists()
    assert Inbox.objects.count() == 2 and Draft.objects.count() == 1


def test_nobody_opens_anothers_letter(desk, client, signed_in, cafe, dishwasher):
    draft = desk.get("/conversations/new").url
    signed_in(dishwasher)
    assert client.get(draft).status_code == 404
    missing = "/conversations/drafts/999999"
    for path in (draft, missing):
        assert client.post(f"{path}/discard").status_code == 404
        assert client.post(f"{path}/send", {"kind": "new", "body": "Ha", "once": "x"}).status_code == 404
        assert client.delete(f"{path}/keep").status_code == 404
        assert put(client, f"{path}/keep", body="Ha", kind="new", revision=0).status_code == 404
    assert Draft.objects.get().member != dishwasher and not Message.objects.exists()


def test_every_form_is_guarded_against_forgery(folder, lena):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lena)
    for path in ("answer", "closure", "snooze", "draft", "presence", "trash"):
        assert browser.post(f"/conversations/{folder.id}/{path}", {"kind": "reply"}).status_code == 403, path
    page = text_of(browser.get(f"/conversations/{folder.id}"))
    forms = page.count('<form ') - page.count('method="get"') - page.count('method="dialog"')
    assert forms > 10 and page.count('name="csrfmiddlewaretoken"') == forms
