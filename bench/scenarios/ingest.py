"""Mail in: raw stored and committed before it would be acknowledged, then read, threaded and told; one process."""

import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

from django.db import connection, connections

from bench.measuring import Row, timed
from bench.words import Speech

THREADS = 3


def run(options) -> list[Row]:
    """`options.count` mails a round: the raw commit alone, then the whole way in, in turn."""
    from alongside.channels.email import intake

    mailbox = _mailbox()
    rows = [Row("raw commit of the bytes", []), Row("store (before it is acknowledged)", [])]
    whole = Row("store and take in", [])
    for number in range(options.rounds):
        letters = [_letter(f"r{number}", n, mailbox.address) for n in range(options.count)]
        others = [raw + b"\r\n-- \r\n1" for raw in letters]
        rates = [
            _round(rows[0], letters, _raw_commit),
            _round(rows[1], others, lambda raw: intake.store(mailbox, raw, source="cli")),
        ]
        intake.take_stored(10 * options.count)  # what the round before only stored
        took = timed(lambda letters=letters: intake.ingest(mailbox, letters))
        whole.samples.append(took / options.count)
        for row, rate in zip([*rows, whole], [*rates, options.count / took * 1000], strict=True):
            row.notes.setdefault("per second", []).append(round(rate))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_raw")
    return [*rows, whole]


def _round(row: Row, letters: list[bytes], work) -> float:
    """Do `work` on each letter in a few threads; returns letters a second."""
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS, initializer=_fresh) as threads:
        row.samples += list(threads.map(lambda raw: _timed(work, raw), letters))
        list(threads.map(lambda _: connections.close_all(), range(THREADS)))
    return len(letters) / (time.perf_counter() - began)


def _fresh() -> None:
    connections.close_all()


def _timed(work, raw: bytes) -> float:
    began = time.perf_counter()
    work(raw)
    return (time.perf_counter() - began) * 1000


def _raw_commit(raw: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_raw (raw) VALUES (%s)", [raw])


def _mailbox():
    from alongside.channels.email.models import Mailbox
    from alongside.conversations.models import Inbox

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_raw (id bigserial PRIMARY KEY, raw bytea)")
    inbox, _ = Inbox.objects.get_or_create(name="Bench 0")
    return Mailbox.objects.get_or_create(
        address="bench@bench.example", defaults={"inbox": inbox, "transport": "post_office", "state": "connected"}
    )[0]


def _letter(batch: str, number: int, address: str) -> bytes:
    speech = Speech(seed=number, size=2000)
    letter = EmailMessage()
    letter["From"] = f"Person {number} <p{number}@people.example>"
    letter["To"] = address
    letter["Subject"] = speech.sentence(5)
    letter["Message-ID"] = f"<{batch}.{number}.{time.time_ns()}@people.example>"
    letter.set_content(speech.letter())
    letter.add_alternative(f"<p>{speech.letter()}</p>", subtype="html")
    return letter.as_bytes()
