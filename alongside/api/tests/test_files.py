"""Files over the API: sent in as bytes, put into messages and notes, and read by whoever may see them."""

import pytest

from alongside.conversations.models import Conversation, Message
from alongside.conversations.writing import Address, note, receive
from alongside.files.models import File

PDF = b"%PDF-1.7 the bill"


@pytest.fixture
def beans(joe, cafe):
    """Joe's conversation with the café, about beans."""
    conversation = Conversation.start(inbox=cafe, person=joe, subject="Beans")
    receive(conversation, author=joe, sender=Address(joe.email), text="Do you have beans?")
    return conversation


def send(mine, content=PDF, name="bill.pdf", kind="application/pdf", **headers):
    return mine("post", f"/files?name={name}", content, kind, **headers)


def test_what_is_sent_can_be_read_again_as_it_was(program, lena):
    mine = program(lena)
    sent = send(mine)
    assert sent.status_code == 201 and sent["Location"] == sent.data["url"] == f"/api/v1/files/{sent.data['id']}"
    assert (sent.data["name"], sent.data["content_type"], sent.data["size"]) == ("bill.pdf", "application/pdf", 17)
    got = mine("get", sent.data["url"])
    assert got.bytes == PDF and got["Content-Disposition"].startswith("attachment")
    assert "bill.pdf" in got["Content-Disposition"] and got["X-Content-Type-Options"] == "nosniff"
    assert mine("get", sent.data["url"], Range="bytes=1-3").bytes == b"PDF"
    assert mine("get", sent.data["url"], If_None_Match=got["ETag"]).status_code == 304


def test_a_page_is_handed_out_for_saving_whatever_is_asked(program, lena):
    mine = program(lena)
    sent = send(mine, b"<script>alert(1)</script>", "page.html", "text/html").data
    got = mine("get", sent["url"])
    assert got["Content-Type"] == "application/octet-stream" and got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    assert mine("get", f"{sent['url']}?preview").status_code == 400


def test_a_message_says_what_lies_in_it(program, lena, joe, beans):
    kept = File.keep(b"espresso, filter", name="list.txt", by=joe)
    message = receive(beans, author=joe, sender=Address(joe.email), text="As here.", files=[(kept, "", False)])
    shown = program(lena)("get", f"/messages/{message.id}").data["files"]
    assert shown == [{"id": kept.id, "name": "list.txt", "content_type": kept.content_type, "size": 16,
                      "url": f"/api/v1/files/{kept.id}"}]  # fmt: skip
    assert program(lena)("get", shown[0]["url"]).bytes == b"espresso, filter"


@pytest.mark.parametrize(("place", "body"), [
    ("messages", {"seat": "yours", "text": "Here."}), ("messages", {"seat": "ours", "text": "Here."}),
    ("notes", {"text": "Here."}),
])  # fmt: skip
def test_what_was_sent_can_lie_in_a_message_or_a_note(place, body, program, lena, beans):
    mine = program(lena)
    file, other = send(mine).data, send(mine, b"two", "two.txt").data
    if body.get("seat") == "ours":
        body = {**body, "seen": beans.newest_id}
    ids = [other["id"], file["id"], other["id"]]
    written = mine("post", f"/conversations/{beans.id}/{place}", {**body, "files": ids})
    assert [each["name"] for each in written.data["files"]] == ["two.txt", "bill.pdf"]
    assert Message.objects.get(id=written.data["id"]).enclosures.count() == 2


def test_a_conversation_can_begin_with_a_file(program, lena, joe, cafe):
    mine = program(lena)
    message = {"seat": "ours", "text": "Your bill.", "files": [send(mine).data["id"]]}
    begun = mine("post", "/conversations", {"inbox": cafe.id, "person": joe.id, "message": message})
    assert begun.status_code == 201
    assert Message.objects.get(conversation=begun.data["id"]).enclosures.get().file.name == "bill.pdf"


def test_another_keys_file_is_not_there(program, lena, owner, beans):
    theirs = send(program(owner)).data
    for mine in (program(lena), program(owner)):  # a member's second key is another one
        missing = mine("get", "/files/999999")
        assert mine("get", theirs["url"]).bytes == missing.bytes and missing.status_code == 404
        answer = mine("post", f"/conversations/{beans.id}/notes", {"text": "Look.", "files": [theirs["id"]]})
        assert answer.status_code == 422 and answer.data["detail"].startswith("files:")
    assert not Message.objects.filter(kind="note").exists()


def test_what_lies_in_a_note_needs_the_scope_for_notes(program, lena, beans):
    kept = File.keep(b"secret", name="secret.txt", by=lena.person)
    note(beans, "Look.", by=lena.person, files=[kept])
    assert program(lena)("get", f"/files/{kept.id}").status_code == 200
    blind = program(lena, "conversations:read", "messages:write")
    assert blind("get", f"/files/{kept.id}").status_code == 404
    assert blind("post", f"/conversations/{beans.id}/notes", {"text": "x", "files": [kept.id]}).status_code == 422


def test_a_members_upload_that_lies_nowhere_is_no_keys(program, lena):
    kept = File.keep(b"a draft", name="draft.txt", by=lena.person, purpose="upload")
    assert program(lena)("get", f"/files/{kept.id}").status_code == 404


def test_one_that_is_too_large_is_refused_and_nothing_is_kept(program, lena, settings):
    settings.UPLOAD_LIMIT = 10
    answer = send(program(lena))
    assert answer.status_code == 413 and answer.data["type"].endswith("too-large")
    assert not File.objects.exists()


def test_a_file_may_be_larger_than_a_form(program, lena, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert send(program(lena)).status_code == 201
    assert program(lena)("post", "/people", {"called": "Ida"}).status_code == 413


def test_an_empty_one_or_one_without_a_name_is_refused(program, lena):
    mine = program(lena)
    assert send(mine, b"").status_code == 422
    assert mine("post", "/files", PDF, "application/pdf").status_code == 400
    assert not File.objects.exists()


def test_sent_again_under_the_same_name_it_is_kept_once(program, lena):
    mine = program(lena)
    first, again = send(mine, Idempotency_Key="a"), send(mine, Idempotency_Key="a")
    assert again["Idempotency-Replayed"] == "true" and again.data == first.data
    assert File.objects.count() == 1
    assert send(mine, b"others", Idempotency_Key="a").status_code == 422
    assert send(mine, name="other.pdf", Idempotency_Key="a").status_code == 422


def test_nobodys_file_is_not_even_read(nobody):
    assert send(nobody).status_code == 401


def test_the_server_takes_a_file_as_large_as_a_members_upload():
    from config.asgi import body_limit

    of = {path: body_limit({"path": path}) for path in ("/api/v1/files", "/uploads", "/api/v1/me")}
    assert of["/api/v1/files"] == of["/uploads"] > of["/api/v1/me"]
