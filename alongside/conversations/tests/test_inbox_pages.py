"""The lists as a member sees them: who waits, page by page, and what is done with many at once."""

import pytest

from alongside.conversations.models import DONE, OPEN, SPAM, Conversation, Inbox, Tag
from alongside.conversations.writing import Address, receive


def wrote(cafe, person, text="Did Austin leave his folder?", **more):
    """A conversation in which `person` has written."""
    conversation = Conversation.start(inbox=cafe, person=person, subject=more.pop("subject", "Austin’s folder"))
    receive(conversation, author=person, sender=Address(person.email, person.name), text=text, **more)
    conversation.refresh_from_db()
    return conversation


@pytest.fixture
def inbox(signed_in, lena):
    """Lena's browser."""
    return signed_in(lena)


def test_the_first_page_is_the_first_list_where_somebody_waits(inbox, cafe, ryan, lena):
    assert inbox.get("/").url == "/inbox"
    assert inbox.get("/inbox").url == "/inbox/mine"
    conversation = wrote(cafe, ryan)
    assert inbox.get("/inbox").url == "/inbox/unassigned"
    conversation.assign(lena, by=lena.person)
    assert inbox.get("/inbox").url == "/inbox/mine"


def test_a_row_says_who_when_and_what(inbox, cafe, ryan):
    wrote(cafe, ryan)
    html = inbox.get("/inbox/unassigned").content.decode()
    assert "Ryan" in html and "Austin’s folder" in html and "Did Austin leave his folder?" in html
    assert "data-new" in html and "Ryan spoke last" in html
    assert '<span class="tally">1</span>' in html


def test_every_view_opens_and_teaches_when_it_is_empty(inbox, cafe):
    for view, words in {
        "mine": "Everyone has an answer", "team": "Your team has answered everyone",
        "unassigned": "Everything is in somebody", "snoozed": "Nothing rests", "done": "Nothing is done yet",
        "all": "Nobody has written yet", "spam": "No spam", "trash": "The trash is empty",
    }.items():
        page = inbox.get(f"/inbox/{view}")
        assert page.status_code == 200 and words in page.content.decode(), view


def test_a_view_that_is_none_and_a_cursor_that_is_not_ours(inbox, cafe):
    assert inbox.get("/inbox/everything").status_code == 404
    page = inbox.get("/inbox/all?cursor=broken")
    assert page.status_code == 400 and "We could not read that" in page.content.decode()
    assert inbox.get("/inbox/all?inbox=x").status_code == 400
    assert inbox.get("/inbox/all?inbox=99999999999999999999999").status_code == 400


def test_a_member_without_an_inbox_is_told_what_is_missing(signed_in, teller, cafe, ryan):
    wrote(cafe, ryan)
    html = signed_in(teller).get("/inbox/all").content.decode()
    assert "No inbox is yours yet" in html and "Ryan" not in html and "/settings/mail" not in html


def test_in_a_new_house_its_owner_is_led_to_the_first_address(signed_in, owner):
    """Whoever runs the house is not sent to ask whoever runs the house."""
    browser = signed_in(owner)
    html = browser.get("/inbox/mine").content.decode()
    assert "The first address is still to come" in html and "whoever runs the house" not in html
    assert html.count('href="/settings/mail"') == 2  # in the list, where a phone shows it, and beside it
    assert 'href="/settings/mail"' in browser.get("/conversations/new", follow=True).content.decode()


def test_the_list_goes_on_where_it_ended_with_and_without_a_script(inbox, cafe, ryan):
    for number in range(53):
        wrote(cafe, ryan, text=f"letter {number:03}")
    page = inbox.get("/inbox/all").content.decode()
    assert page.count('class="row-line"') == 50 and "letter 052" in page and "letter 002" not in page
    href = page.split('data-endless-target="link"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    whole = inbox.get(href).content.decode()
    assert "letter 002" in whole and "letter 003" not in whole and "<html" in whole
    part = inbox.get(href, headers={"X-Fragment": "endless"}).content.decode()
    assert "letter 000" in part and "<html" not in part and 'id="conversations"' in part


def test_a_stretch_that_is_fetched_again_ends_where_it_ended(inbox, cafe, ryan):
    for number in range(52):
        wrote(cafe, ryan, text=f"letter {number:03}")
    page = inbox.get("/inbox/all").content.decode()
    src = page.split('<ul class="rows"')[1].split('data-live-src-value="')[1].split('"')[0].replace("&amp;", "&")
    wrote(cafe, ryan, text="the newest of all")
    again = inbox.get(src, headers={"X-Fragment": "rows"}).content.decode()
    assert "the newest of all" in again and "letter 002" in again and "letter 001" not in again
    assert again.count('class="row-line"') == 51


def test_one_inbox_or_one_tag_alone(inbox, cafe, counter_team, ryan, joe):
    other = Inbox.objects.create(name="Orders")
    other.teams.add(counter_team)
    wrote(cafe, ryan)
    ordered = wrote(other, joe, subject="Beans", text="Two bags, please.")
    Tag.objects.create(name="beans").conversations.add(ordered)
    tag = Tag.objects.get()
    html = inbox.get(f"/inbox/all?inbox={other.id}").content.decode()
    assert "Beans" in html and "Austin" not in html
    html = inbox.get(f"/inbox/all?tag={tag.id}").content.decode()
    assert "Beans" in html and "Austin" not in html
    choices = inbox.get("/inbox/all/filters", headers={"Turbo-Frame": "filters"}).content.decode()
    assert "Orders" in choices and "beans" in choices and 'class="rail"' not in choices


def test_the_tabs_and_the_rail_are_fragments_of_their_own(inbox, cafe, ryan, lena):
    wrote(cafe, ryan).assign(lena, by=lena.person)
    tabs = inbox.get("/inbox/mine/tabs", headers={"X-Fragment": "tabs"}).content.decode()
    assert tabs.lstrip().startswith("<nav") and '<span class="tally">1</span>' in tabs
    rail = inbox.get("/rail", headers={"X-Fragment": "rail"}).content.decode()
    assert 'id="rail"' in rail and '<span class="count">1' in rail


@pytest.mark.parametrize("act, state", [("close", DONE), ("mark_spam", SPAM), ("reopen", OPEN)])
def test_done_with_many(inbox, cafe, ryan, joe, act, state):
    both = [wrote(cafe, ryan), wrote(cafe, joe)]
    answer = inbox.post("/conversations/chosen", {"chosen": [c.id for c in both], "act": act, "back": "/inbox/all"},
                        follow=True)
    assert set(Conversation.objects.values_list("state", flat=True)) == {state}
    assert answer.redirect_chain[0][0] == "/inbox/all"


def test_many_are_given_tagged_and_put_to_rest(inbox, cafe, ryan, joe, lena, dishwasher):
    both = [wrote(cafe, ryan), wrote(cafe, joe)]
    chosen = {"chosen": [c.id for c in both], "back": "/inbox/all"}
    inbox.post("/conversations/chosen", {**chosen, "act": "assign me"})
    assert set(Conversation.objects.values_list("assignee", flat=True)) == {lena.id}
    inbox.post("/conversations/chosen", {**chosen, "act": "assign", "member": dishwasher.id})
    assert set(Conversation.objects.values_list("assignee", flat=True)) == {dishwasher.id}
    inbox.post("/conversations/chosen", {**chosen, "act": "assign nobody"})
    assert set(Conversation.objects.values_list("assignee", flat=True)) == {None}
    inbox.post("/conversations/chosen", {**chosen, "act": "tag", "name": "Morning"})
    assert Tag.objects.get().conversations.count() == 2
    inbox.post("/conversations/chosen", {**chosen, "act": "prioritise 2"})
    assert set(Conversation.objects.values_list("priority", flat=True)) == {2}
    inbox.post("/conversations/chosen", {**chosen, "act": "snooze", "until": "2999-01-01T09:00"})
    assert set(Conversation.objects.values_list("state", flat=True)) == {"snoozed"}


def test_many_without_a_choice_or_with_a_past_hour_change_nothing(inbox, cafe, ryan):
    conversation = wrote(cafe, ryan)
    for post in ({"act": "close"}, {"act": "snooze", "until": "2001-01-01T09:00", "chosen": conversation.id},
                 {"act": "assign", "member": "", "chosen": conversation.id},
                 {"act": "tag", "name": "", "chosen": conversation.id}):
        page = inbox.post("/conversations/chosen", {**post, "back": "/inbox/all"}, follow=True)
        assert 'class="toast"' in page.content.decode()
    conversation.refresh_from_db()
    assert conversation.state == OPEN and conversation.assignee is None
    assert inbox.post("/conversations/chosen", {"act": "burn", "chosen": conversation.id}).status_code == 400


def test_many_reaches_nobody_elses(inbox, branch, stranger):
    theirs = wrote(branch, stranger)
    page = inbox.post("/conversations/chosen", {"chosen": theirs.id, "act": "close"}, follow=True)
    theirs.refresh_from_db()
    assert theirs.state == OPEN and "was left as it is" in page.content.decode()


def test_back_leads_only_to_our_own_pages(inbox, cafe):
    answer = inbox.post("/conversations/chosen", {"act": "close", "back": "https://evil.example/"})
    assert answer.url == "/inbox"


def test_a_page_of_fifty_asks_the_database_little(inbox, cafe, ryan, django_assert_max_num_queries):
    for _ in range(50):
        wrote(cafe, ryan)
    inbox.get("/inbox/all")
    with django_assert_max_num_queries(6):
        inbox.get("/inbox/all")


def test_names_and_words_are_text_whatever_they_hold(inbox, cafe, ryan):
    ryan.rename(called='<img src=x onerror="alert(1)">', full_name="", by=ryan)
    conversation = wrote(cafe, ryan, text='<script>alert("p")</script>', subject='"><svg onload=alert(2)>')
    Tag.objects.create(name='<b>tag"').conversations.add(conversation)
    html = inbox.get("/inbox/all").content.decode()
    for broken in ("<img src=x", "<script>alert", "<svg onload", "<b>tag"):
        assert broken not in html
    assert "&lt;img src=x" in html and "&lt;svg onload" in html


def test_a_visitor_is_asked_to_sign_in(client, db):
    for path in ("/", "/inbox", "/inbox/all", "/find?q=joe", "/people", "/conversations/1", "/rail"):
        answer = client.get(path)
        assert answer.status_code == 302 and "/accounts/" in answer.url, path
