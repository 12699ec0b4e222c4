"""The command that lets somebody in at the machine."""

from django.test import Client

from alongside.desk.cli import main


def test_it_prints_a_link_that_signs_in(lena, capsys, path_of, is_in):
    assert main(["lena@cafe.example"]) == 0
    browser = Client()
    browser.post(path_of(capsys.readouterr().out.split()[-1]))
    assert is_in(browser) == lena.email


def test_an_unknown_address_is_answered_with_who_there_is(lena, capsys):
    assert main(["nobody@cafe.example"]) == 1
    assert "lena@cafe.example" in capsys.readouterr().err
