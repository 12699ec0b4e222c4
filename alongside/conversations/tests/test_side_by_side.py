"""A note and a reply are drafted side by side, and no word of a note becomes part of a letter by switching."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from alongside.conversations import drafting
from alongside.conversations.models import NOTE, Draft, Message
from alongside.conversations.tests.conftest import writes
from alongside.files.models import File

SECRET = "He owes us for three cakes."
REPLY = "We have it, Ryan."


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


@pytest.fixture
def both(lena, folder):
    """A reply and, begun after it, a note."""
    drafting.save(lena, conversation=folder, text=REPLY)
    drafting.save(lena, conversation=folder, kind="note", text=SECRET)
    return folder


def put(desk, folder, **fields):
    return desk.put(f"/conversations/{folder.id}/draft", json.dumps(fields), content_type="application/json")


def forms_of(answer) -> dict[str, str]:
    """The HTML of both composers, by what they are for."""
    html = answer.content.decode()
    forms = re.findall(r'<form class="composer".*?</form>', html, re.DOTALL)
    return {"note" if 'id="composer-note"' in form else "message": form for form in forms}


def on_top(forms) -> str:
    """Which of them is shown."""
    (kind,) = [kind for kind, form in forms.items() if re.search(r'does-value="[^"]*"(?! hidden)', form)]
    return kind


def words_in(form: str) -> str:
    return re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)[1]


def test_each_keeps_its_own_words_and_its_own_form(desk, both):
    forms = forms_of(desk.get(f"/conversations/{both.id}"))
    assert words_in(forms["message"]) == REPLY and words_in(forms["note"]) == SECRET
    assert SECRET not in forms["message"] and REPLY not in forms["note"]
    assert f'action="/conversations/{both.id}/answer' in forms["message"]
    assert f'action="/conversations/{both.id}/note' in forms["note"]


def test_the_one_written_last_lies_on_top_and_the_other_is_marked(desk, both, lena):
    forms = forms_of(desk.get(f"/conversations/{both.id}"))
    assert on_top(forms) == "note"
    tabs = re.findall(r'data-composer-kind="([^"]+)"([^>]*)>.*?<span class="unsent"( hidden)?>', forms["note"])
    assert [(kind, "aria-current" in more, not hidden) for kind, more, hidden in tabs] == [
        ("reply", False, True), ("reply-all", False, False), ("note", True, False)]
    drafting.save(lena, conversation=both, text=REPLY + " It is dry.", revision=1)
    assert on_top(forms_of(desk.get(f"/conversations/{both.id}"))) == "message"
    drafting.save(lena, conversation=both, text="", revision=2)
    assert on_top(forms_of(desk.get(f"/conversations/{both.id}"))) == "note"


@pytest.mark.parametrize("write, kind, top", [
    ("note", "note", "note"), ("reply", "reply", "message"), ("reply-all", "reply-all", "message"),
    ("forward", "forward", "message"), ("shout", "note", "note"), ("new", "note", "note"),
])
def test_each_kind_is_a_link(desk, both, write, kind, top):
    forms = forms_of(desk.get(f"/conversations/{both.id}?write={write}"))
    assert on_top(forms) == top
    assert f'name="kind" value="{kind}"' in forms[top]
    assert words_in(forms["message"]).startswith(REPLY) and words_in(forms["note"]) == SECRET
    assert "Add note" in forms["note"] and "Send" not in re.sub(r'data-\S+="[^"]*"', "", forms["note"])


@pytest.mark.parametrize("kind", ["reply", "reply-all", "forward", "new", "note"])
def test_the_notes_form_can_only_keep_notes(desk, both, ryan, kind):
    answer = desk.post(f"/conversations/{both.id}/note", {
        "kind": kind, "body": SECRET, "action": "send-later", "send_at": "2999-01-01T09:00",
        "to": "ryan@kessler.example", "seen": both.newest_id})
    assert answer.status_code == 302
    note = Message.objects.get(text=SECRET)
    assert note.kind == NOTE and note.channel == "" and note.due_at is None and not note.recipients.exists()
    assert not Message.objects.filter(seat="ours").exclude(kind=NOTE).exists()


def test_a_notes_words_never_come_into_the_reply_by_switching(desk, folder, lena):
    put(desk, folder, body=SECRET, kind="note", revision=0)
    for kind in ("reply", "reply-all", "forward"):
        forms = forms_of(desk.get(f"/conversations/{folder.id}?write={kind}"))
        assert SECRET not in forms["message"] and words_in(forms["note"]) == SECRET
    put(desk, folder, body=REPLY, kind="reply", revision=0)
    texts = {draft.kind: draft.text for draft in Draft.objects.all()}
    assert texts == {"note": SECRET, "message": REPLY}


@pytest.mark.django_db
def test_no_draft_of_one_kind_can_be_kept_as_the_other(both, lena):
    for kind, mode in (("note", "reply"), ("note", "forward"), ("message", "note")):
        revision = Draft.objects.get(kind=kind).revision
        with pytest.raises(ValueError, match="a note stays a note"):
            drafting.save(lena, conversation=both, kind=kind, mode=mode, revision=revision)
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.filter(kind=kind).update(mode=mode)
    assert drafting.load(lena, both)["note"].text == SECRET


def test_a_conflict_is_each_ones_own(desk, both):
    assert put(desk, both, body=REPLY + "!", kind="reply", revision=1).json() == {"revision": 2}
    assert put(desk, both, body=SECRET + "!", kind="note", revision=1).json() == {"revision": 2}
    other = put(desk, both, body="From another tab", kind="note", revision=1)
    assert other.status_code == 409 and other.json()["body"] == SECRET + "!" and other.json()["kind"] == "note"
    other = put(desk, both, body="From another tab", kind="reply-all", revision=1)
    assert other.status_code == 409 and other.json()["body"] == REPLY + "!"


def test_sending_one_leaves_the_other(desk, both, lena):
    desk.post(f"/conversations/{both.id}/note", {"kind": "note", "body": SECRET, "revision": 1})
    assert set(drafting.load(lena, both)) == {"message"}
    forms = forms_of(desk.get(f"/conversations/{both.id}"))
    assert on_top(forms) == "message" and words_in(forms["message"]) == REPLY
    drafting.save(lena, conversation=both, kind="note", text="And a cup.")
    both.refresh_from_db()
    desk.post(f"/conversations/{both.id}/answer", {"kind": "reply", "body": REPLY, "revision": 1,
                                                   "seen": both.newest_id})
    assert Message.objects.filter(seat="ours", text=REPLY).exists()
    assert drafting.load(lena, both)["note"].text == "And a cup."


def test_words_saved_since_by_another_tab_stay(desk, both, lena):
    drafting.save(lena, conversation=both, kind="note", text=SECRET + " And a cup.", revision=1)
    desk.post(f"/conversations/{both.id}/note", {"kind": "note", "body": SECRET, "revision": 1})
    assert drafting.load(lena, both)["note"].text == SECRET + " And a cup."


def test_only_one_of_them_is_thrown_away_where_it_is_named(desk, both, lena):
    assert desk.delete(f"/conversations/{both.id}/draft?kind=note").status_code == 204
    assert set(drafting.load(lena, both)) == {"message"}
    assert desk.delete(f"/conversations/{both.id}/draft").status_code == 204
    assert not Draft.objects.exists()


def test_reply_to_all_and_forward_share_the_messages_draft(desk, folder, lena):
    put(desk, folder, body=REPLY, kind="reply", revision=0)
    put(desk, folder, body=REPLY, kind="reply-all", cc="joe@hallam.example", revision=1)
    put(desk, folder, body=REPLY, kind="forward", to="joe@hallam.example", revision=2)
    draft = Draft.objects.get()
    assert (draft.kind, draft.mode, draft.text) == ("message", "forward", REPLY)


def test_a_note_that_cannot_be_kept_is_shown_again_beside_the_reply(desk, folder, lena):
    drafting.save(lena, conversation=folder, text=REPLY)
    for body, words in (("  ", "There is nothing in it yet"), ("x" * 200_001, "longer than one letter holds")):
        answer = desk.post(f"/conversations/{folder.id}/note", {"body": body})
        forms = forms_of(answer)
        assert answer.status_code == 422 and on_top(forms) == "note" and words in answer.content.decode()
        assert words_in(forms["note"]) == body and words_in(forms["message"]) == REPLY
    assert not Message.objects.filter(kind=NOTE).exists()


@pytest.mark.parametrize("kind, path", [("note", "note"), ("reply", "answer"), ("reply-all", "answer")])
def test_without_a_script_words_and_files_are_kept_by_a_button(desk, folder, lena, kind, path):
    form = {"kind": kind, "body": "Half a thought", "action": "keep",
            "attach": SimpleUploadedFile("poem.txt", b"the poem")}
    answer = desk.post(f"/conversations/{folder.id}/{path}", form)
    assert answer.status_code == 200 and Message.objects.filter(seat="ours").count() == 0
    draft = Draft.objects.get()
    assert (draft.kind, draft.text) == ("note" if kind == "note" else "message", "Half a thought")
    assert File.objects.get(pk=draft.files[0]).name == "poem.txt"
    assert f'name="files" value="{draft.files[0]}"' in answer.content.decode()
    assert "your draft" in desk.get("/inbox/all").content.decode()


def test_a_crossed_reply_shows_itself_and_keeps_the_note_beside_it(desk, both, ryan, lena):
    seen = both.newest_id
    writes(both, ryan, text="Found it!")
    answer = desk.post(f"/conversations/{both.id}/answer", {"kind": "reply", "body": REPLY, "seen": seen})
    forms = forms_of(answer)
    assert answer.status_code == 409 and on_top(forms) == "message" and words_in(forms["note"]) == SECRET


def test_drafts_of_before_are_taken_apart(lena, dishwasher, folder):
    """What the migration does to drafts that were to become notes."""
    from importlib import import_module

    apart = import_module("alongside.conversations.migrations.0002_notes_beside_replies").APART
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conversations_draft DROP CONSTRAINT draft_note_stays_note")
    Draft.objects.create(conversation=folder, member=lena, mode="note", text="below")
    Draft.objects.create(conversation=folder, member=lena, kind="note", text="above")
    Draft.objects.create(conversation=folder, member=dishwasher, mode="note", text="alone")
    Draft.objects.create(member=lena, mode="note", text="nowhere")
    with connection.cursor() as cursor:
        for statement in apart:
            cursor.execute(statement)
    assert sorted(Draft.objects.values_list("kind", "mode", "text")) == [
        ("message", "new", "nowhere"), ("note", "note", "above\n\nbelow"), ("note", "note", "alone")]
