"""Fills a database with a large, skewed world by COPY, quickly and the same each time."""

import json
import random
import time
from datetime import UTC, datetime, timedelta

from django.db import connection

from alongside.lib.text import name_keys, sort_key
from bench.words import Speech

FIRST = (
    "Joe Ryan Austin Lena Ida Per Hanna Gus Rosa Priya Dana Samir Noor Mina Otto Elif Ana Luca Maya Ines "
    "Tom Zoë Björn Chloé Иван 娜 Ola Paul Greta Femi"
).split()
LAST = (
    "Hallam Kessler Okafor Lindqvist Weiß Amundsen Delgado Raman Aldous Marchand Brook Reyes Laurent "
    "Haddad Aziz Ferrer Whitfield Novak Silva Berg Costa Ito Khan Moreau Ricci Sato Tanaka Ueda Varga "
    "Young"
).split()
NOW = datetime.now(UTC).replace(microsecond=0)


class Copy:
    """One COPY into a table; columns in the order given."""

    def __init__(self, table: str, columns: list[str]):
        names = ", ".join(f'"{column}"' for column in columns)
        self.sql = f'COPY "{table}" ({names}) FROM STDIN'

    def run(self, rows) -> int:
        """Write all `rows`; returns how many."""
        count = 0
        with connection.cursor() as cursor, cursor.copy(self.sql) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        return count


def next_id(table: str) -> int:
    """The first free id of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')  # noqa: S608  our own table names
        return cursor.fetchone()[0]


def load(conversations: int, messages: int, say=print) -> dict:
    """Load a world of that size beside what is there. Returns the counts and the seconds it took."""
    began = time.perf_counter()
    world = World(conversations, messages)
    counts = world.copy_all(say)
    with connection.cursor() as cursor:
        for table in world.tables:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f'(SELECT coalesce(max(id), 1) FROM "{table}"))'
            )
        cursor.execute("ANALYZE")
    counts["seconds"] = round(time.perf_counter() - began, 1)
    return counts


class World:
    """The rows of a load, made on the fly; ids are known beforehand so that tables can be filled in any order."""

    def __init__(self, conversations: int, messages: int):
        from alongside.conversations.models import Inbox
        from alongside.members.models import Member, Team

        self.rng = random.Random(11)
        self.speech = Speech()
        self.conversations, self.messages = conversations, messages
        self.people = max(10, conversations // 3)
        team, _ = Team.objects.get_or_create(name="Bench")
        self.inboxes = []
        for number in range(4):
            inbox, _ = Inbox.objects.get_or_create(name=f"Bench {number}")
            inbox.teams.add(team)
            self.inboxes.append(inbox.id)
        self.members = []
        for number in range(6):
            email = f"bench{number}@bench.example"
            member = Member.objects.filter(email=email).first() or Member.welcome(
                email=email,
                called=f"Bench {number}",
                role="lead" if number == 0 else "member",
                password="a long enough word",
                teams=[team],
            )
            self.members.append((member.id, member.person_id))
        self.person_0 = next_id("people_person")
        self.conversation_0 = next_id("conversations_conversation")
        self.message_0 = next_id("conversations_message")
        self.tables = ["people_person", "conversations_conversation", "conversations_message", "events_event"]
        self._plan()

    def _plan(self) -> None:
        """Spread messages over conversations, and conversations over people, with a long tail each."""
        rng, spare = self.rng, self.messages - self.conversations
        weights = [rng.paretovariate(1.4) for _ in range(self.conversations)]
        total = sum(weights)
        self.sizes = [1 + int(spare * weight / total) for weight in weights]
        for number in range(self.messages - sum(self.sizes)):
            self.sizes[number % self.conversations] += 1
        self.owners = [
            min(self.people - 1, int(rng.paretovariate(0.9)) - 1 + rng.randrange(self.people) * (rng.random() < 0.93))
            % self.people
            for _ in range(self.conversations)
        ]
        self.starts = [NOW - timedelta(minutes=rng.expovariate(1 / 260_000)) for _ in range(self.conversations)]

    def copy_all(self, say) -> dict:
        """Fill every table; returns rows by table."""
        counts = {}
        for name in ("people", "identities", "name_keys", "conversations", "messages", "search"):
            began = time.perf_counter()
            counts[name] = getattr(self, f"_copy_{name}")()
            say(f"  {name}: {counts[name]:,} in {time.perf_counter() - began:.1f} s")
        return counts

    def _name(self, number: int) -> str:
        return f"{FIRST[number % len(FIRST)]} {LAST[(number // len(FIRST)) % len(LAST)]}"

    def _copy_people(self) -> int:
        return Copy(
            "people_person",
            ["id", "called", "full_name", "sort_key", "what_matters", "zone", "language", "since", "demo"],
        ).run(
            (
                self.person_0 + n,
                self._name(n).split()[0],
                self._name(n),
                sort_key(self._name(n).split()[0]),
                "",
                "",
                "",
                NOW - timedelta(days=900 - n % 900),
                False,
            )
            for n in range(self.people)
        )

    def _copy_identities(self) -> int:
        return Copy(
            "people_identity", ["person_id", "kind", "value", "key", "provenance", "preferred", "added_at"]
        ).run(
            (self.person_0 + n, "email", f"p{n}@people.example", f"p{n}@people.example", "told", False, NOW)
            for n in range(self.people)
        )

    def _copy_name_keys(self) -> int:
        return Copy("people_namekey", ["person_id", "key"]).run(
            (self.person_0 + n, key)
            for n in range(self.people)
            for key in name_keys(f"{self._name(n).split()[0]} {self._name(n)}")
        )

    def _copy_conversations(self) -> int:
        self.heads, first = [], self.message_0
        rng = self.rng
        for n, size in enumerate(self.sizes):
            last_at = min(NOW, self.starts[n] + timedelta(minutes=17 * (size - 1)))
            state = rng.choices(["done", "open", "snoozed", "spam", "trash"], [90, 7, 1.5, 1, 0.5])[0]
            self.heads.append((first, last_at, state, self.speech.sentence(rng.randint(3, 8))))
            first += size

        def rows():
            for n, (first_id, last_at, state, subject) in enumerate(self.heads):
                assignee = rng.choice(self.members)[0] if rng.random() < 0.7 else None
                yield (
                    self.conversation_0 + n,
                    self.inboxes[min(3, int(rng.expovariate(1.1)))],
                    self.person_0 + self.owners[n],
                    subject,
                    "email",
                    state,
                    assignee,
                    0,
                    self.starts[n],
                    last_at,
                    "ours" if self.sizes[n] % 2 == 0 else "yours",
                    subject[:200],
                    first_id + self.sizes[n] - 1,
                    NOW + timedelta(days=2) if state == "snoozed" else None,
                    False,
                )

        return Copy(
            "conversations_conversation",
            [
                "id",
                "inbox_id",
                "person_id",
                "subject",
                "channel",
                "state",
                "assignee_id",
                "priority",
                "created_at",
                "last_at",
                "last_seat",
                "preview",
                "newest_id",
                "snoozed_until",
                "demo",
            ],
        ).run(rows())

    def _copy_messages(self) -> int:
        columns = [
            "id",
            "conversation_id",
            "author_id",
            "kind",
            "seat",
            "channel",
            "subject",
            "text",
            "folded",
            "html",
            "at",
            "state",
            "message_id",
            "in_reply_to",
            "references",
            "automatic",
            "held",
            "sender_state",
            "trouble",
            "once",
        ]

        def rows():
            for n, (first_id, _, _, subject) in enumerate(self.heads):
                for step in range(self.sizes[n]):
                    ours = step % 2 == 1
                    author = self.rng.choice(self.members)[1] if ours else self.person_0 + self.owners[n]
                    yield (
                        first_id + step,
                        self.conversation_0 + n,
                        author,
                        "message",
                        "ours" if ours else "yours",
                        "email",
                        subject,
                        self.speech.letter(),
                        "",
                        "",
                        self._at(n, step),
                        "sent" if ours else "received",
                        f"<{first_id + step}@bench.example>",
                        "",
                        "{}",
                        False,
                        False,
                        "",
                        "",
                        "",
                    )

        count = Copy("conversations_message", columns).run(rows())
        self._copy_events()
        return count

    def _copy_events(self) -> int:
        def rows():
            for n, (first_id, *_) in enumerate(self.heads):
                for step in range(self.sizes[n]):
                    kind = "message_written" if step % 2 else "message_received"
                    yield (
                        self._at(n, step),
                        f"conversations.{kind}",
                        self.person_0 + self.owners[n],
                        json.dumps({"conversation": self.conversation_0 + n, "message": first_id + step}),
                    )

        return Copy("events_event", ["at", "kind", "subject_id", "data"]).run(rows())

    def _at(self, conversation: int, step: int) -> datetime:
        return min(NOW, self.starts[conversation] + timedelta(minutes=17 * step))

    def _copy_search(self) -> int:
        from alongside.search.loading import index_in_bulk

        return index_in_bulk(
            conversation_ids=(self.conversation_0, self.conversation_0 + self.conversations - 1),
            person_ids=(self.person_0, self.person_0 + self.people - 1),
        )
