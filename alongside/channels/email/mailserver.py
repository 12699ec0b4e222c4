"""One IMAP connection that only reads: signs in, looks, fetches, waits; every failure in words for the admin."""

import contextlib
import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from alongside.channels.email.models import Mailbox
from alongside.channels.email.secrets import CannotRead
from alongside.lib.mail.dates import MONTHS

SECONDS = 30  # for each answer of the server; a letter may take many answers
MOST_BYTES = 60 * 1024 * 1024  # of one letter; a larger one is told of, and stays on the server
UIDS_AT_ONCE = 200
STRETCH = 20_000  # UIDs that are searched at once
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
UID = re.compile(rb"UID (\d+)")
INTERNAL = re.compile(rb'INTERNALDATE "([^"]{1,60})"')
WHEN = re.compile(r"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4})")


class Trouble(Exception):
    """The server cannot be read now; the text says why, `said` what the server said."""

    def __init__(self, words: str, said: str = ""):
        super().__init__(words)
        self.words, self.said = words, said

    def __str__(self):
        return f"{self.words} {self.said}".strip()


class Refused(Trouble):
    """Name or password are wrong: trying again soon would only lock the account."""


@dataclass(frozen=True)
class Listed:
    """A letter on the server, not fetched yet."""

    uid: int
    size: int
    received_at: datetime


def connect(mailbox: Mailbox, seconds: float | None = None) -> "MailServer":
    """Sign in to the mailbox's server, which has so many seconds for each answer. Raises Trouble or Refused."""
    with in_words(mailbox.imap_host):
        password = mailbox.imap_password
        box = _open(mailbox, seconds or SECONDS)
        try:
            box.login(mailbox.imap_login or mailbox.address, password, initial_folder=None)
        except BaseException:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                box.client.shutdown()
            raise
    return MailServer(box, mailbox.imap_host)


def _open(mailbox: Mailbox, seconds: float) -> BaseMailBox:
    host, port = mailbox.imap_host, mailbox.imap_port
    if mailbox.imap_security == "tls":
        return MailBox(host, port, timeout=seconds, ssl_context=ssl.create_default_context())
    if mailbox.imap_security == "starttls":
        return MailBoxStartTls(host, port, timeout=seconds, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(host, port, timeout=seconds)


class MailServer:
    """A signed-in connection. The folder is opened for reading only, so nothing can be deleted or flagged."""

    def __init__(self, box: BaseMailBox, host: str):
        self.box, self.host = box, host
        self.client = box.client
        self.next_uid = self.count = 0  # of the open folder

    def open_folder(self, name: str) -> int:
        """Open a folder for reading only; returns its UIDVALIDITY."""
        with in_words(self.host):
            try:
                self.box.folder.set(name, readonly=True)
            except ImapToolsError as missing:
                raise Trouble(_("There is no folder “%(name)s” there.") % {"name": name}) from missing
            self.next_uid = self._told("UIDNEXT")
            self.count = self._told("EXISTS")
            return self._told("UIDVALIDITY")

    def _told(self, what: str) -> int:
        """A number that the server told when the folder was opened; 0 where it did not."""
        data = self.client.untagged_responses.get(what) or [None]
        return int(data[-1]) if data[-1] else 0

    def uids_after(self, uid: int) -> list[int]:
        """UIDs above `uid`, ascending."""
        return [one for one in self._search(uid + 1) if one > uid]

    def uids_since(self, moment: datetime) -> list[int]:
        """UIDs of what the server received on the day of `moment` (one day more, for its zone) or later."""
        day = datetime.fromtimestamp(max(0, moment.timestamp() - 86_400), UTC)
        month = next(name for name, number in MONTHS.items() if number == day.month).title()
        return self._search(1, "SINCE", f"{day.day:02d}-{month}-{day.year}")

    def _search(self, first: int, *criteria: str) -> list[int]:
        """UIDs from `first` on, asked for in stretches: the answer for a large folder would be too long a line."""
        found: set[int] = set()
        with in_words(self.host):
            while first < self.next_uid - STRETCH:
                found.update(self._search_stretch(f"{first}:{first + STRETCH - 1}", criteria))
                first += STRETCH
            found.update(self._search_stretch(f"{first}:*", criteria))
        return sorted(found)

    def _search_stretch(self, uids: str, criteria: tuple[str, ...]) -> list[int]:
        answer, data = self.client.uid("SEARCH", "UID", uids, *criteria)
        _checked(answer, data)
        return [int(number) for line in data if line for number in line.split()]

    def listed(self, uids: list[int]) -> Iterator[Listed]:
        """Size and time of letters, in the order of `uids`; one that has gone since is left out."""
        for start in range(0, len(uids), UIDS_AT_ONCE):
            some = uids[start : start + UIDS_AT_ONCE]
            with in_words(self.host):
                answer, data = self.client.uid("FETCH", ",".join(map(str, some)), "(UID RFC822.SIZE INTERNALDATE)")
                _checked(answer, data)
            found = {one.uid: one for one in map(_listed, data) if one}
            yield from (found[uid] for uid in some if uid in found)

    def fetch(self, uid: int) -> bytes | None:
        """The bytes of a letter, without marking it as seen; None when it has gone."""
        return self._part(uid, "BODY.PEEK[]")

    def subject_lines(self, uid: int) -> bytes:
        """The headers From, Subject and Date of a letter, as they came."""
        return self._part(uid, "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)]") or b""

    def _part(self, uid: int, what: str) -> bytes | None:
        with in_words(self.host):
            answer, data = self.client.uid("FETCH", str(uid), f"(UID {what})")
            _checked(answer, data)
            wanted = b"UID %d" % uid
            for item in data:
                if isinstance(item, tuple) and (wanted + b" " in item[0] or item[0].rstrip().endswith(wanted)
                                                or len(data) <= 2):  # fmt: skip
                    return item[1]
        return None

    def newest_heads(self, count: int) -> list[bytes]:
        """The headers From, Subject and Date of the newest letters of the open folder, newest first."""
        if not self.count:
            return []
        with in_words(self.host):
            first = max(1, self.count - count + 1)
            answer, data = self.client.fetch(f"{first}:*", "(BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)])")
            _checked(answer, data)
        return [item[1] for item in reversed(data) if isinstance(item, tuple)][:count]

    @property
    def can_wait(self) -> bool:
        """Whether the server tells of new mail by itself (IDLE)."""
        return "IDLE" in self.client.capabilities

    def wait(self, seconds: float) -> bool:
        """Wait for the server to tell of a change; True when it did, if only while we asked for something else.

        Only where `can_wait`.
        """
        if self._has_told_of_more():
            return True
        with in_words(self.host), self.box.idle as idle:
            told = self._read_along() or idle.poll(timeout=seconds)
        return bool(told) or self._has_told_of_more()

    def _read_along(self) -> list[bytes]:
        """Lines that were read in one go with the server's word that we may wait: polling sees none of them."""
        line, found = self.client.sock, []
        patience = line.gettimeout()
        line.settimeout(0)
        try:
            while True:
                found.append(self.client._get_line())
        except (OSError, imaplib.IMAP4.abort):  # nothing more is there, or the line has ended, which polling tells
            return found
        finally:
            line.settimeout(patience)

    def _has_told_of_more(self) -> bool:
        """Whether the number of letters was told once more since the folder was opened (RFC 9051, 7.4.1)."""
        return len(self.client.untagged_responses.get("EXISTS", ())) > 1

    def still_there(self) -> None:
        """Ask for a sign of life."""
        with in_words(self.host):
            _checked(*self.client.noop())

    def cut(self) -> None:
        """End the connection from another thread, so that whoever waits on it wakes up."""
        with contextlib.suppress(OSError, AttributeError):
            self.client.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Sign out, without waiting long for an answer."""
        with contextlib.suppress(OSError, imaplib.IMAP4.error, AttributeError):
            self.client.sock.settimeout(3)
            self.client.logout()
        with contextlib.suppress(OSError, imaplib.IMAP4.error, AttributeError):
            self.client.shutdown()


def _listed(item) -> Listed | None:
    line = item[0] if isinstance(item, tuple) else item
    if not isinstance(line, bytes):
        return None
    uid, size, internal = UID.search(line), SIZE.search(line), INTERNAL.search(line)
    if not uid:
        return None
    received = _moment(internal[1].decode("ascii", "replace") if internal else "")
    return Listed(int(uid[1]), int(size[1]) if size else 0, received)


def _moment(text: str) -> datetime:
    """INTERNALDATE as an aware moment; now where it is none, and never in the future."""
    now = datetime.now(UTC)
    found = WHEN.match(text)
    if not found or found[2].lower() not in MONTHS:
        return now
    day, month, year, *clock, zone = found.groups()
    try:
        written = f"{year}-{MONTHS[month.lower()]:02d}-{int(day):02d}T{':'.join(clock)}{zone[:3]}:{zone[3:]}"
        return min(now, datetime.fromisoformat(written).astimezone(UTC))
    except (ValueError, OverflowError):
        return now


def _checked(answer: str, data) -> None:
    if answer != "OK":
        said = b" ".join(one for one in data if isinstance(one, bytes)).decode("utf-8", "replace")
        raise Trouble(_("The mail server did not do what we asked."), said[:500])


@contextlib.contextmanager
def in_words(host: str):
    """Turn what libraries raise into Trouble that an admin can read."""
    about = {"host": host}
    try:
        yield
    except CannotRead as sealed:
        raise Refused(_("The password of this mail address can no longer be read. Please give it again.")) from sealed
    except MailboxLoginError as wrong:
        raise Refused(_("The mail server does not accept our name and password."), _said(wrong)) from wrong
    except ssl.SSLCertVerificationError as untrusted:
        words = _("The certificate of the mail server at %(host)s is not to be trusted.") % about
        raise Trouble(words, untrusted.verify_message) from untrusted
    except ssl.SSLError as broken:
        words = _("No secure line to %(host)s came about; the port or the kind of security may be another.") % about
        raise Trouble(words, str(broken.reason or broken)) from broken
    except socket.gaierror as unknown:
        raise Trouble(_("There is no mail server of the name %(host)s.") % about, str(unknown.strerror)) from unknown
    except TimeoutError as silent:
        raise Trouble(_("The mail server at %(host)s does not answer.") % about) from silent
    except ConnectionRefusedError as refused:
        words = _("Nothing at %(host)s listens at that port.") % about
        raise Trouble(words) from refused
    except (imaplib.IMAP4.error, ImapToolsError) as said:
        raise Trouble(_("The mail server broke off, or did not do what we asked."), _said(said)) from said
    except (OSError, EOFError, ValueError, UnicodeError, IndexError, TypeError) as broken:
        raise Trouble(_("The line to the mail server at %(host)s broke.") % about, str(broken)[:300]) from broken


def _said(error: Exception) -> str:
    """What the server said, out of what a library made of it (`… received. Data: [b'…']`)."""
    text = str(error)
    inner = re.search(r"\[b['\"](.{1,300})['\"]\]|^b['\"](.{1,300})['\"]$", text, re.S)
    return " ".join(((inner[1] or inner[2]) if inner else text).split())[:300]


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 5 s, doubling, at most 10 minutes."""
    return min(600.0, 5.0 * 2 ** min(failures, 7))


def now() -> float:
    """A clock that only goes forward."""
    return time.monotonic()
