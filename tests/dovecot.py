"""A Dovecot of the tests' own: a real IMAP server on a free port, with one account, its mail in a folder of its own.

Use `dovecot` as a fixture (`from tests.dovecot import dovecot`), or `Dovecot.start(folder)` in a script.
"""

import contextlib
import getpass
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)
INSTALL = "apt-get install -y dovecot-imapd"
needs_dovecot = pytest.mark.skipif(PROGRAM is None, reason=f"dovecot is missing; install it with: {INSTALL}")
START_SECONDS = 15.0

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
{tls}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {internal}
imap_capability = {capability}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""


@dataclass
class Dovecot:
    """A running server. `login` and `password` open its one account."""

    folder: Path
    port: int
    process: subprocess.Popen
    host: str = "127.0.0.1"
    login: str = "cafe@example.org"
    password: str = "correct horse"
    certificate: Path | None = None
    tls_port: int = 0

    @classmethod
    def start(cls, folder: Path, *, capability: str = "", certificate: Path | None = None) -> "Dovecot":
        """Start one in `folder`; with `capability` it says that it can do only that (without IDLE, say).

        With a `certificate` (a file with its key) it offers STARTTLS at `port` and TLS at `tls_port`.
        """
        folder.mkdir(parents=True, exist_ok=True)
        server = cls(folder, free_port(), None, certificate=certificate, tls_port=free_port() if certificate else 0)
        server._write_config(capability)
        server._launch()
        return server

    def _write_config(self, capability: str) -> None:
        root = os.geteuid() == 0
        user = "nobody" if root else getpass.getuser()
        group = _group_of(user)
        internal = ("dovenull" if _exists("dovenull") else "dovecot") if root else user
        mail = self.folder / "mail"
        mail.mkdir(exist_ok=True)
        if root:
            for place in (self.folder, *self.folder.parents):
                if place.stat().st_uid == 0 and str(place).startswith("/tmp"):
                    place.chmod(place.stat().st_mode | 0o011)
            shutil.chown(mail, user, group)
        (self.folder / "users").write_text(f"{self.login}:{{PLAIN}}{self.password}\n")
        self.config.write_text(
            CONFIG.format(
                folder=self.folder, user=user, group=group, internal=internal, internal_group=_group_of(internal),
                port=self.port, capability=capability, tls_port=self.tls_port,
                tls=f"ssl = yes\nssl_cert = <{self.certificate}\nssl_key = <{self.certificate}" if self.certificate
                else "ssl = no",
            )
        )  # fmt: skip

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "dovecot.conf"

    def _launch(self) -> None:
        self.process = subprocess.Popen([PROGRAM, "-F", "-c", str(self.config)], start_new_session=True)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), 1) as line:
                if line.recv(100).startswith(b"* OK") and not self._is_still_waking():
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        log = self.folder / "dovecot.log"
        raise RuntimeError(f"dovecot did not start: {log.read_text() if log.exists() else 'it wrote no log'}")

    def _is_still_waking(self) -> bool:
        """Whether it greets, but cannot say yet who is who: its parts do not all begin at once."""
        try:
            with self.client():
                return False
        except imaplib.IMAP4.error as refused:
            return "UNAVAILABLE" in str(refused)

    def stop(self) -> None:
        """End it and all its processes."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def restart(self) -> None:
        """As after a crash, at the same port."""
        self.stop()
        self._launch()

    @contextlib.contextmanager
    def client(self):
        """A signed-in client that may write."""
        with imaplib.IMAP4(self.host, self.port, timeout=10) as client:
            client.login(self.login, self.password)
            yield client

    def deliver(self, raw: bytes, folder: str = "INBOX", when: float | None = None) -> None:
        """Put a mail into a folder, as if the server had received it (at `when`, seconds since 1970)."""
        moment = imaplib.Time2Internaldate(when) if when else None
        with self.client() as client:
            answer, said = client.append(folder, None, moment, raw)
            assert answer == "OK", said

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        """The flags of every mail in a folder."""
        with self.client() as client:
            client.select(folder, readonly=True)
            data = client.fetch("1:*", "(FLAGS)")[1]
            return [line for line in data if line]

    def forget_numbers(self) -> None:
        """Number the folder anew: another UIDVALIDITY, the same mails."""
        account = self.folder / "mail" / self.login
        for path in account.glob("dovecot*"):
            path.unlink()
        next_second = int(time.time()) + 1
        while time.time() <= next_second:
            time.sleep(0.05)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _group_of(user: str) -> str:
    import grp

    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


@pytest.fixture
def dovecot(tmp_path_factory):
    """A fresh Dovecot with an empty mailbox."""
    if PROGRAM is None:
        pytest.skip(f"dovecot is missing; install it with: {INSTALL}")
    server = Dovecot.start(tmp_path_factory.mktemp("dovecot"))
    yield server
    server.stop()
