"""Reads connected mailboxes: a thread each, which fetches what is new, stores it, and waits for more."""

import asyncio
import contextlib
import logging
import threading

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, connections
from django.utils.translation import gettext as _

from alongside.channels.email import intake, mailserver, taking
from alongside.channels.email.mailserver import Listed, MailServer, Refused, Trouble
from alongside.channels.email.models import Mailbox
from alongside.lib.threads import Threads

log = logging.getLogger(__name__)
LOOK_SECONDS = 3.0  # between looks for mailboxes that were connected, changed or paused
IDLE_SECONDS = 240.0  # then look all the same: some servers forget to tell, and some routers forget the line
ROUND_SECONDS = 30.0  # of waiting at a stretch: then a sign of life is asked for
POLL_SECONDS = 60.0  # where the server cannot tell by itself
REFUSED_SECONDS = 900.0  # after a wrong password
DATABASE_SECONDS = 5.0  # while the database is away
STUCK_SECONDS = 600.0  # without any progress: the line is cut
READER = 7101  # class of the advisory locks by which one process reads a mailbox


async def run(stop: asyncio.Event) -> None:
    """Read every mailbox that is to be read, until `stop`."""
    readers: dict[int, Reader] = {}
    threads = Threads("mailboxes", 1)
    try:
        while not stop.is_set():
            try:
                await threads.query(_keep_up, readers)
            except DatabaseError as away:
                log.warning("The mailboxes cannot be looked up: %s", away)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
    finally:
        for reader in readers.values():
            reader.stop()
        await asyncio.to_thread(lambda: [reader.thread.join(10) for reader in readers.values()])
        await asyncio.to_thread(threads.close)


def _keep_up(readers: dict[int, "Reader"]) -> None:
    """Start readers of mailboxes that need one, stop those of others, and cut lines that are stuck."""
    wanted = {box.pk: box for box in Mailbox.objects.exclude(imap_host="") if box.fetches}
    for key, reader in list(readers.items()):
        box = wanted.get(key)
        if box is None or reader.settings != settings_of(box):
            reader.stop()
        if not reader.thread.is_alive():
            del readers[key]
        elif reader.is_stuck():
            log.warning("Mailbox %s made no progress; its line is cut", key)
            reader.cut()
    for key, box in wanted.items():
        if key not in readers:
            readers[key] = Reader(box)
            readers[key].thread.start()


def settings_of(box: Mailbox) -> tuple:
    """What a reader is started with; when it changes, another one is started."""
    return (
        box.imap_host, box.imap_port, box.imap_security, box.imap_login, box.sealed_imap_password, box.imap_folder,
        box.importing_since,
    )  # fmt: skip


class Reader:
    """The thread that reads one mailbox."""

    def __init__(self, box: Mailbox):
        self.key, self.settings = box.pk, settings_of(box)
        self.stopping = threading.Event()
        self.server: MailServer | None = None
        self.progress_at = mailserver.now()
        self.thread = threading.Thread(target=self._run, name=f"mailbox {box.pk}", daemon=True)

    def stop(self) -> None:
        """End soon; whoever waits on the server is woken."""
        self.stopping.set()
        self.cut()

    def cut(self) -> None:
        """Break the line to the server."""
        server = self.server
        if server:
            server.cut()

    def is_stuck(self) -> bool:
        """Whether nothing has happened for too long."""
        return self.server is not None and mailserver.now() - self.progress_at > STUCK_SECONDS

    def _run(self) -> None:
        failures = 0
        try:
            while not self.stopping.is_set():
                pause = 0.0
                try:
                    close_old_connections()
                    failures = 0 if self._read_while_connected() else failures
                    pause = mailserver.pause_after(failures)
                except Refused as refused:
                    self._tell(str(refused))
                    pause = REFUSED_SECONDS
                except Trouble as trouble:
                    failures += 1
                    pause = mailserver.pause_after(failures)
                    if failures > 1:  # a line that breaks once is no news
                        self._tell(str(trouble))
                except DatabaseError as away:
                    log.warning("Mailbox %s: the database: %s", self.key, away)
                    connection.close()
                    pause = DATABASE_SECONDS
                except Mailbox.DoesNotExist:
                    return
                except Exception:
                    log.exception("The reader of mailbox %s broke and begins again", self.key)
                    failures += 1
                    pause = mailserver.pause_after(failures)
                self.stopping.wait(pause)
        finally:
            connections.close_all()

    def _tell(self, trouble: str) -> None:
        if self.stopping.is_set():
            return
        with contextlib.suppress(DatabaseError, Mailbox.DoesNotExist):
            Mailbox.objects.get(pk=self.key).is_failing("in", trouble)

    def _read_while_connected(self) -> bool:
        """Connect, fetch, wait, again and again until stopped or broken; True once anything was read well."""
        if not self._only_reader():
            return False
        box = Mailbox.objects.get(pk=self.key)
        self._progress()
        self.server = mailserver.connect(box)
        try:
            while not self.stopping.is_set():
                self._progress()
                fetch_new(self.server, self.key, self)
                if not self.stopping.is_set():
                    Mailbox.objects.get(pk=self.key).is_well("in")
                    self._wait()
            return True
        finally:
            server, self.server = self.server, None
            server.close()

    def _only_reader(self) -> bool:
        """Whether this connection to the database may read the mailbox; another process gives up its own by ending."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [READER, self.key % 2**31])
            return cursor.fetchone()[0]

    def _wait(self) -> None:
        if not self.server.can_wait:
            self.stopping.wait(POLL_SECONDS)
            return
        until = mailserver.now() + IDLE_SECONDS
        while not self.stopping.is_set() and mailserver.now() < until:
            self._progress()
            if self.server.wait(min(ROUND_SECONDS, IDLE_SECONDS)):
                return

    def _progress(self) -> None:
        self.progress_at = mailserver.now()

    def goes_on(self) -> bool:
        """Note a step forward; whether to take the next one."""
        self._progress()
        return not self.stopping.is_set()


def fetch_new(server: MailServer, key: int, reader: Reader | None = None) -> int:
    """Store what is new in the folder, oldest first, each committed before the next; returns how many were new.

    Where it was left is kept after every letter. When the server has numbered its folder anew (UIDVALIDITY), it is
    read again from the day importing began; what is here already is known by its bytes.
    """
    box = Mailbox.objects.get(pk=key)
    validity = server.open_folder(box.imap_folder)
    if box.uid_validity != validity:
        Mailbox.objects.filter(pk=key).update(uid_validity=validity, last_uid=0)
        box.uid_validity, box.last_uid = validity, 0
    uids = server.uids_after(box.last_uid) if box.last_uid else server.uids_since(box.importing_since)
    count = 0
    for letter in server.listed(uids):
        if reader and not reader.goes_on():
            break
        if letter.received_at >= box.importing_since:
            count += _store(server, box, letter)
        Mailbox.objects.filter(pk=key, uid_validity=validity).update(last_uid=letter.uid)
    return count


def _store(server: MailServer, box: Mailbox, letter: Listed) -> bool:
    large = letter.size > mailserver.MOST_BYTES
    raw = _about_a_large_one(server, box, letter) if large else server.fetch(letter.uid)
    if raw is None:  # it was moved or deleted while we looked
        return False
    stored, new = intake.store(
        box, raw, source="imap", uid_validity=box.uid_validity, uid=letter.uid, received_at=letter.received_at
    )
    taking.wake()
    return new


def _about_a_large_one(server: MailServer, box: Mailbox, letter: Listed) -> bytes:
    """A letter in place of one that is too large to fetch: who wrote, about what, and where it lies."""
    head = server.subject_lines(letter.uid).rstrip(b"\r\n")
    words = _("This mail is too large to be brought here (%(size)d MB). It lies on the mail server, in “%(folder)s”.")
    text = words % {"size": letter.size // 2**20, "folder": box.imap_folder}
    return head + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()
