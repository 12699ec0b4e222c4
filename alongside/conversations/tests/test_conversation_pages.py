"""One conversation as a member sees it: letters, notes, who is there, and what can be done with it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations import writing
from alongside.conversations.models import Message, Reading
from alongside.conversations.tests.conftest import letter, writes
from alongside.files.models import File


@pytest.fixture
def desk(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def text_of(answer) -> str:
    return answer.content.decode()


def said(answer, id) -> str:
    """What an error page says, without the address and what is random on every page."""
    page = re.sub(r'(content|nonce|value)="[^"]*"', "", text_of(answer))
    return page.replace(f"/conversations/{id}", "")


def test_the_page_shows_who_what_and_how_it_stands(desk, folder, lena):
    folder.assign(lena, by=lena.person)
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    for words in ("Ryan", "Austin&#39;s folder", "Did Austin leave his folder with you?", "with you", "Café",
                  f'data-newest="{Message.objects.get().id}"', "Send to Ryan"):
        assert words in html, words


def test_a_foreign_and_a_missing_one_answer_alike(desk, loan):
    for path in ("", "/messages", "/present", "/saved-replies", "/colleagues", "/assignment", "/merging", "/inbox",
                 "/block"):
        theirs, none = desk.get(f"/conversations/{loan.id}{path}"), desk.get(f"/conversations/999999{path}")
        assert theirs.status_code == none.status_code == 404, path
        assert said(theirs, loan.id) == said(none, 999999), path
    for verb in ("closure", "opening", "snooze", "assignment", "priority", "subject", "tags", "unread", "spam", "trash",
                 "purge", "block", "inbox", "merging", "answer", "draft", "presence"):
        assert desk.post(f"/conversations/{loan.id}/{verb}", {}).status_code == 404, verb
    message = Message.objects.get(conversation=loan)
    assert desk.get(f"/messages/{message.id}/body").status_code == 404
    for verb in ("undoing", "departure", "another-try"):
        assert desk.post(f"/messages/{message.id}/{verb}").status_code == 404


def test_opening_it_is_reading_it_and_looking_ahead_is_not(desk, folder, lena):
    desk.get(f"/conversations/{folder.id}", headers={"X-Sec-Purpose": "prefetch"})
    assert not Reading.objects.exists()
    desk.get(f"/conversations/{folder.id}")
    assert Reading.objects.get(member=lena).message_id == Message.objects.get().id


def test_a_frame_gets_only_its_part(desk, folder):
    part = text_of(desk.get(f"/conversations/{folder.id}", headers={"Turbo-Frame": "talk"}))
    assert '<turbo-frame id="talk">' in part and 'class="rail"' not in part and "<title>Ryan" in part
    listed = text_of(desk.get(f"/inbox/unassigned?current={folder.id}", headers={"Turbo-Frame": "list"}))
    assert '<turbo-frame id="list">' in listed and 'class="rail"' not in listed and 'aria-current="true"' in listed


def test_the_composer_stands_outside_of_what_follows(desk, folder):
    region = text_of(desk.get(f"/conversations/{folder.id}/messages", headers={"X-Fragment": "talk-now"}))
    assert "Did Austin" in region and 'class="composer' not in region and "<html" not in region


def test_opening_asks_the_database_at_most_ten_times(desk, folder, lena, django_assert_max_num_queries):
    for number in range(12):
        writes(folder, folder.person, text=f"letter {number}")
        writing.note(folder, f"note {number}", by=lena.person)
    desk.get("/inbox")
    with django_assert_max_num_queries(10):  # unread: its reading is written and told
        desk.get(f"/conversations/{folder.id}")
    with django_assert_max_num_queries(8):
        desk.get(f"/conversations/{folder.id}")
    with django_assert_max_num_queries(7):
        desk.get(f"/conversations/{folder.id}", headers={"Turbo-Frame": "talk"})


def test_old_letters_fold_together_and_the_last_stay_open(desk, folder, lena):
    for number in range(9):
        writes(folder, folder.person, text=f"letter {number}")
    desk.get(f"/conversations/{folder.id}")
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "letters from before" in html and html.count('<details class="folded"') == 8


def redrawn(desk, page) -> str:
    """What the part that follows what happens asks for after a hint."""
    src = text_of(page).split('id="talk-now"')[1].split('data-live-src-value="')[1].split('"')[0]
    return text_of(desk.get(src.replace("&amp;", "&"), headers={"X-Fragment": "talk-now"}))


def test_a_letter_that_one_reads_does_not_fold_when_something_happens(desk, folder, lena):
    for number in range(5):
        writes(folder, folder.person, text=f"letter {number}")
    page = desk.get(f"/conversations/{folder.id}")
    assert '<details class="folded"' not in text_of(page) + redrawn(desk, page)
    again = desk.get(f"/conversations/{folder.id}")
    writes(folder, folder.person, text="one more")
    Reading.mark(folder, lena, folder.newest_id)
    assert text_of(again).count('<details class="folded"') == redrawn(desk, again).count('<details class="folded"') == 4


def test_a_page_of_before_stays_that_page_when_something_happens(desk, folder):
    for number in range(45):
        writes(folder, folder.person, text=f"letter {number:02}")
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    page = desk.get(html.split('class="earlier"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&"))
    assert "letter 04" in redrawn(desk, page) and "letter 44" not in redrawn(desk, page)


def test_a_long_page_begins_where_it_began_when_one_more_came(desk, folder):
    for number in range(45):
        writes(folder, folder.person, text=f"letter {number:02}")
    page = desk.get(f"/conversations/{folder.id}")
    writes(folder, folder.person, text="one more")
    html = redrawn(desk, page)
    assert "letter 05" in html and "letter 04" not in html and "one more" in html

    def frame(text):
        return text.split('class="earlier"')[0].rsplit('id="', 1)[1], text.split('class="earlier"')[1].split(">")[2]

    assert frame(html) == frame(text_of(page))


def test_what_was_said_long_before_is_fetched_when_asked_for(desk, folder):
    for number in range(45):
        writes(folder, folder.person, text=f"letter {number:02}")
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "letter 44" in html and "letter 04" not in html
    href = html.split('class="earlier"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    frame = html.split('class="earlier"')[0].rsplit('id="', 1)[1].split('"')[0]
    part = text_of(desk.get(href, headers={"Turbo-Frame": frame}))
    assert f'<turbo-frame id="{frame}"' in part and "letter 04" in part and 'class="rail"' not in part
    whole = text_of(desk.get(href))
    assert "letter 04" in whole and "letter 44" not in whole and "Go to the newest" in whole
    assert desk.get(f"/conversations/{folder.id}?before=nonsense").status_code == 400


def test_a_note_says_that_only_colleagues_see_it(desk, folder, lena):
    desk.post(f"/conversations/{folder.id}/answer", {"kind": "note", "body": "It is in the drawer by the till."})
    note = Message.objects.get(kind="note")
    assert note.state == "kept" and not note.recipients.exists()
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "Only colleagues see this." in html and "drawer by the till" in html


def test_quotation_and_signature_are_folded_away(desk, folder):
    writes(folder, folder.person, text="Thank you!", folded="> We have it, Ryan.\n-- \nRyan Kessler")
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert '<details class="quoted"' in html and "We have it, Ryan." in html


def test_who_else_looks_and_types(desk, client, signed_in, folder, lena, dishwasher):
    from alongside.live.models import arrive

    arrive(f"conversation:{folder.id}", dishwasher.person_id, "typing", "tab")
    html = text_of(desk.post(f"/conversations/{folder.id}/presence", {"state": "looking", "tab": "a"}))
    assert "Tomás is writing here" in html and "Lena" not in html
    assert desk.post(f"/conversations/{folder.id}/presence", {"state": "dancing"}).status_code == 400
    desk.post(f"/conversations/{folder.id}/presence", {"state": "gone", "tab": "a"})
    signed_in(dishwasher)
    assert "Lena" not in text_of(client.get(f"/conversations/{folder.id}/present"))


def test_files_have_links_for_this_reader_only(desk, client, signed_in, folder, ryan, dishwasher):
    file = File.keep(b"the poem on the back", name="poem.txt", by=ryan)
    writes(folder, ryan, text="See the file", files=[(file, "", False)])
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    href = html.split('class="attachment"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert desk.get(href).status_code == 200
    signed_in(dishwasher)
    assert client.get(href).status_code == 404


def test_html_is_shown_on_paper_of_its_own_and_loads_nothing_from_elsewhere(desk, folder, ryan):
    picture = File.keep(b"\x89PNG\r\n\x1a\n" + b"0" * 40, name="cup.png", content_type="image/png", by=ryan)
    writes(folder, ryan, text="See", files=[(picture, "cup", True)],
           html='<p>Hello</p><img data-attachment="0" alt="the cup"><img data-remote="https://spy.example/p.gif">'
                '<img data-attachment="7"><p title="<img data-attachment=0>">x</p>')
    message = Message.objects.exclude(html="").get()
    page = text_of(desk.get(f"/conversations/{folder.id}"))
    assert f'src="/messages/{message.id}/body"' in page and "<p>Hello</p>" not in page and "were left out" in page
    sandbox = page.split("<iframe")[1].split(">")[0]
    assert "sandbox=" in sandbox and "allow-scripts" not in sandbox and "allow-same-origin" not in sandbox
    body = desk.get(f"/messages/{message.id}/body")
    html, policy = text_of(body), body["Content-Security-Policy"]
    assert "<p>Hello</p>" in html and 'src="data:image/png;base64,' in html and "spy.example" not in html
    assert 'title="<img data-attachment=0>"' in html
    assert policy.startswith("sandbox") and "default-src 'none'" in policy and "script-src" not in policy
    assert "allow-scripts" not in policy and "allow-same-origin" not in policy
    assert body["X-Frame-Options"] == "SAMEORIGIN"


def test_a_message_that_failed_says_so_and_is_tried_again(desk, folder, lena):
    message = writing.answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
    Message.objects.filter(pk=message.pk).update(state="failed", trouble="451 4.7.1 <b>Greylisted</b>")
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "Ryan has not got this yet" in html and "&lt;b&gt;Greylisted" in html
    desk.post(f"/messages/{message.id}/another-try")
    message.refresh_from_db()
    assert message.state == "waiting"


def test_what_leaves_at_its_hour_can_leave_now(desk, folder, lena):
    hour = timezone.now() + timedelta(days=2)
    message = writing.answer(folder, letter(send_at=hour), by=lena.person, seen_id=folder.newest_id)
    html = text_of(desk.get(f"/conversations/{folder.id}"))
    assert "Leaves" in html and "Send it now" in html and 'id="undo-' not in html
    desk.post(f"/messages/{message.id}/departure")
    message.refresh_from_db()
    assert message.due_at <= timezone.now()


@pytest.mark.parametrize("field", ["called", "text", "subject", "folded", "note", "trouble", "file"])
def test_words_are_text_in_every_place(desk, folder, ryan, lena, field):
    bad = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    if field == "called":
        ryan.rename(called=bad[:120], full_name="", by=ryan)
    elif field in ("text", "subject", "folded"):
        writes(folder, ryan, **{"text": "x", field: bad})
        folder.retitle(bad, by=lena.person)
    elif field == "note":
        writing.note(folder, bad, by=lena.person)
    elif field == "file":
        writes(folder, ryan, text="x", files=[(File.keep(b"x", name=bad, by=ryan), "", False)])
    else:
        message = writing.answer(folder, letter(), by=lena.person, seen_id=folder.newest_id)
        Message.objects.filter(pk=message.pk).update(state="failed", trouble=bad)
    for path in (f"/conversations/{folder.id}", f"/conversations/{folder.id}/messages", "/inbox/all",
                 f"/conversations/{folder.id}/merging", f"/people/{ryan.id}"):
        html = text_of(desk.get(path))
        assert "<img src=x" not in html and "<script>alert" not in html, path
