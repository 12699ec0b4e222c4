"""Who is here: looking or typing, each once, gone when silent; told only when it is news."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.lib.principal import Principal
from alongside.live.models import Presence, allow, arrive, here, leave, presence, sweep, topics
from alongside.live.models.presence import GONE_SECONDS, Here

TOPIC = "conversation:12"


@pytest.fixture
def told(monkeypatch):
    """The topics that were told to have changed."""
    topics_told: list[str] = []
    monkeypatch.setattr(presence, "changed", topics_told.append)
    return topics_told


def silence(seconds: float, **which) -> None:
    Presence.objects.filter(**which).update(seen_at=timezone.now() - timedelta(seconds=seconds))


@pytest.mark.django_db
class TestHere:
    def test_whoever_arrives_is_here(self, told):
        arrive(TOPIC, 7)
        assert here(TOPIC) == [Here(7, "looking")]
        assert here("conversation:13") == []
        assert told == [f"here:{TOPIC}"]

    def test_a_beat_that_is_no_news_is_not_told(self, told):
        arrive(TOPIC, 7)
        arrive(TOPIC, 7)
        assert told == [f"here:{TOPIC}"]

    def test_typing_is_news(self, told):
        arrive(TOPIC, 7)
        arrive(TOPIC, 7, "typing")
        assert here(TOPIC) == [Here(7, "typing")]
        assert len(told) == 2

    def test_two_pages_of_one_person_count_once_and_typing_wins(self, told):
        arrive(TOPIC, 7, "typing", tab="a")
        arrive(TOPIC, 7, "looking", tab="b")
        assert here(TOPIC) == [Here(7, "typing")]
        leave(TOPIC, 7, tab="a")
        assert here(TOPIC) == [Here(7, "looking")]

    def test_whoever_leaves_is_gone(self, told):
        arrive(TOPIC, 7)
        arrive(TOPIC, 8)
        leave(TOPIC, 7)
        assert here(TOPIC) == [Here(8, "looking")]
        assert len(told) == 3

    def test_leaving_twice_is_told_once(self, told):
        arrive(TOPIC, 7)
        leave(TOPIC, 7)
        leave(TOPIC, 7)
        assert len(told) == 2

    def test_whoever_falls_silent_is_gone_even_before_the_sweep(self, told):
        arrive(TOPIC, 7)
        silence(GONE_SECONDS + 1)
        assert here(TOPIC) == []

    def test_coming_back_after_silence_is_news(self, told):
        arrive(TOPIC, 7)
        silence(GONE_SECONDS + 1)
        arrive(TOPIC, 7)
        assert here(TOPIC) == [Here(7, "looking")]
        assert len(told) == 2

    def test_the_sweep_tells_who_fell_silent_once(self, told):
        arrive(TOPIC, 7)
        arrive(TOPIC, 8)
        arrive("conversation:13", 7)
        silence(GONE_SECONDS + 1, person_id=7)
        told.clear()
        assert sweep() == 2
        assert told == [f"here:{TOPIC}", "here:conversation:13"]
        assert sweep() == 0
        assert here(TOPIC) == [Here(8, "looking")]

    def test_there_is_no_other_state(self):
        with pytest.raises(ValueError, match="asleep"):
            arrive(TOPIC, 7, "asleep")

    def test_the_table_needs_no_log(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'live_presence'")
            assert cursor.fetchone()[0] in ("u", b"u")


@pytest.mark.django_db
class TestAddress:
    @pytest.fixture(autouse=True)
    def rule(self, monkeypatch):
        monkeypatch.setattr(topics, "_rules", {})
        allow("conversation", lambda principal, id: principal.serves and id == "12")

    def test_a_member_says_they_are_here(self, signed_in, lena):
        browser = signed_in(lena)
        assert browser.post("/live/here", {"topic": TOPIC, "state": "typing", "tab": "t1"}).status_code == 204
        assert here(TOPIC) == [Here(lena.person_id, "typing")]
        assert browser.post("/live/here", {"topic": TOPIC, "state": "gone", "tab": "t1"}).status_code == 204
        assert here(TOPIC) == []

    def test_elsewhere_and_nowhere_are_the_same(self, signed_in, lena):
        browser = signed_in(lena)
        for topic in ("conversation:13", "", f"here:{TOPIC}", "inbox:1"):
            assert browser.post("/live/here", {"topic": topic}).status_code == 404
        assert Presence.objects.count() == 0

    def test_nobody_is_nowhere(self, client):
        assert client.post("/live/here", {"topic": TOPIC}).status_code == 404

    def test_an_unknown_state_is_refused(self, signed_in, lena):
        assert signed_in(lena).post("/live/here", {"topic": TOPIC, "state": "asleep"}).status_code == 400


def test_here_follows_the_topic_itself(monkeypatch):
    monkeypatch.setattr(topics, "_rules", {})
    allow("conversation", lambda principal, id: id == "12")
    assert topics.allowed(Principal(), "here:conversation:12")
    assert not topics.allowed(Principal(), "here:conversation:13")
