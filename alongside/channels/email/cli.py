"""`alongside mail`: take a mail in by hand, show how one is read, and say how the mail addresses are."""

import argparse
import json
import sys
from pathlib import Path


class Refused(Exception):
    """The command cannot do what was asked; the text says why and what to do."""


def main(argv: list[str]) -> int:
    """Run one of the commands below; returns the exit code."""
    parser = argparse.ArgumentParser(prog="alongside mail", description="Look after mail.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    ingest = commands.add_parser("ingest", help="take in mails from files, as if they had just come")
    ingest.add_argument("files", nargs="+", metavar="FILE", help="a .eml, a .mbox, or - for one mail on stdin")
    ingest.add_argument("--to", metavar="ADDRESS", help="for which of our addresses; needed when there are several")
    strip = commands.add_parser("strip", help="print what the writer of a mail wrote, without quotation and signature")
    strip.add_argument("file", metavar="FILE", help="a mail (.eml), or - for stdin")
    strip.add_argument("--json", action="store_true", help="print everything that is read out of it")
    commands.add_parser("status", help="say how each address is, and what waits")
    options = parser.parse_args(argv)
    try:
        {"ingest": _ingest, "strip": _strip, "status": _status}[options.command](options)
    except Refused as refused:
        print(f"alongside: {refused}", file=sys.stderr)
        return 1
    return 0


def _ingest(options) -> None:
    from alongside.channels.email import intake

    mailbox = _mailbox(options.to)
    count = new = 0
    for name in options.files:
        for raw in _mails(name):
            new += intake.store(mailbox, raw, source="cli")[1]
            count += 1
            if count % 100 == 0:
                intake.take_stored()
                _show(f"\rTaking in: {count}")
    while intake.take_stored():
        pass
    _show("\r")
    print(f"{new} of {count} mails were new; they stand at {mailbox.address}.")


def _show(words: str) -> None:
    if sys.stderr.isatty():
        print(words, end="", file=sys.stderr, flush=True)


def _mailbox(address: str | None):
    from alongside.channels.email.models import Mailbox

    boxes = list(Mailbox.objects.select_related("inbox").order_by("id"))
    if address:
        boxes = [box for box in boxes if box.address == address.lower()]
    if not boxes:
        raise Refused(f"There is no mail address {address}." if address else "No mail address is connected yet.")
    if len(boxes) > 1:
        raise Refused("Say for which address with --to: " + ", ".join(box.address for box in boxes))
    return boxes[0]


def _mails(name: str):
    """The mails in a file; a mailbox file holds several."""
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    if not (raw.startswith(b"From ") and name.endswith((".mbox", ".mbx"))):
        return [raw]
    import mailbox

    return (bytes(message) for message in mailbox.mbox(name, create=False))


def _strip(options) -> None:
    from alongside.lib.mail import reading

    raw = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    mail = reading.read(raw)["mail"]
    print(json.dumps(mail, indent=1, ensure_ascii=False) if options.json else mail["written"])


def _status(options) -> None:
    from alongside.channels.email.models import Mailbox, RawMail
    from alongside.conversations.models import FAILED, UNKNOWN, WAITING, Message

    for box in Mailbox.objects.select_related("inbox").order_by("address"):
        heard = box.heard_at.strftime("%Y-%m-%d %H:%M UTC") if box.heard_at else "never"
        print(f"{box.address}: {box.state}, {box.transport}, heard {heard}, for {box.inbox.name}")
        if box.trouble:
            print(f"      {box.trouble}")
    stored = RawMail.objects.filter(state=RawMail.STORED).count()
    print(f"{stored} mails wait to be taken in.")
    for state in (WAITING, FAILED, UNKNOWN):
        print(f"{Message.objects.filter(state=state, channel='email').count()} messages of ours are {state}.")
