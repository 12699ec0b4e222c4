"""Operators take mail in by hand, see how one is read, and hear how mail is."""

import pytest

from alongside.channels.email import doctor
from alongside.channels.email.cli import main
from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations.models import Message

pytestmark = pytest.mark.django_db


def test_ingest_takes_each_mail_once(mailbox, mail, tmp_path, capsys):
    path = tmp_path / "one.eml"
    path.write_bytes(mail("By hand"))
    main(["ingest", str(path)])
    main(["ingest", str(path), "--to", "CAFE@example.org"])
    assert Message.objects.get().text == "By hand"
    assert "1 of 1 mails were new" in capsys.readouterr().out


def test_ingest_reads_a_mailbox_file(mailbox, mail, tmp_path):
    path = tmp_path / "old.mbox"
    path.write_bytes(
        b"".join(
            b"From x Tue Jul  1 10:52:37 2025\n" + mail(f"n{n}").replace(b"\r\n", b"\n") + b"\n\n" for n in range(3)
        )
    )
    main(["ingest", str(path)])
    assert RawMail.objects.count() == 3


def test_ingest_needs_to_know_for_whom(mailbox, branch, tmp_path, mail, capsys):
    (tmp_path / "one.eml").write_bytes(mail())
    assert main(["ingest", str(tmp_path / "one.eml"), "--to", "nobody@example.org"]) == 1
    assert "no mail address nobody@example.org" in capsys.readouterr().err
    Mailbox.objects.create(inbox=branch, address="bank@example.org")
    assert main(["ingest", str(tmp_path / "one.eml")]) == 1
    assert "--to" in capsys.readouterr().err


def test_strip_prints_what_was_written(mail, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(mail("Yes.\n\nOn 1 Jul 2025, at 10:00, Lena <l@x.example> wrote:\n> At nine?"))
    main(["strip", str(tmp_path / "one.eml")])
    assert capsys.readouterr().out == "Yes.\n"
    main(["strip", "--json", str(tmp_path / "one.eml")])
    assert '"written": "Yes."' in capsys.readouterr().out


def test_status_says_how_it_is(mailbox, capsys):
    Mailbox.objects.update(state="failing", trouble_in="The mail server does not answer.")
    main(["status"])
    said = capsys.readouterr().out
    assert "cafe@example.org: failing" in said
    assert "does not answer" in said


def test_the_doctor_names_what_to_mend(mailbox, monkeypatch):
    assert [found[0] for found in doctor.check()] == ["ok"]
    Mailbox.objects.update(state="failing", trouble_out="The mail server does not answer.", receives_by_smtp=True)
    levels = {found[1]: found[0] for found in doctor.check()}
    assert levels == {"mail cafe@example.org": "fail", "mail receiver": "fail"}
    monkeypatch.setenv("SMTP_LISTEN", "0.0.0.0:2525")
    assert "mail receiver" not in {found[1] for found in doctor.check()}


def test_the_doctor_asks_for_a_first_address(db):
    assert [found[0] for found in doctor.check()] == ["warn"]
