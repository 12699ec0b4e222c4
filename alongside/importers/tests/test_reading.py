"""Tables that are not as they should be: quotes that do not close, and nothing below the headings."""

import pytest

from alongside.importers import tables
from alongside.importers.tests.bringing import carried_out, shown, upload
from alongside.people.models import Person

pytestmark = pytest.mark.django_db

QUOTE = "A quotation mark opens in this line and does not close."


def test_a_quote_that_does_not_close_breaks_its_line_and_no_other(desk):
    many = "".join(f"Nova N{n},nova{n}@nova.example\n" for n in range(30))
    bringing = carried_out(desk, f'Name,E-Mail\n"Unclosed, a@unclosed.example\nBob Next,b@next.example\n{many}')
    assert bringing.counts() == {"broken": 1, "created": 31}
    broken = bringing.rows.get(outcome="broken")
    assert (broken.line, broken.reason) == (2, QUOTE)
    assert Person.objects.filter(full_name="Bob Next").exists()


def test_the_preview_says_which_line_it_is(desk):
    page = shown(desk, upload(desk, 'Name,E-Mail\n"Unclosed, a@unclosed.example\nBob Next,b@next.example\n'))
    assert "1 row cannot be read" in page and f"Line 2: {QUOTE}" in " ".join(page.split())
    assert "1 is new." in page and "1 are" not in page


@pytest.mark.parametrize(("text", "rows", "unclosed"), [
    ('n,m\n"A\nB",x\nC,y\n', [(2, ["A\nB", "x"]), (4, ["C", "y"])], []),
    ('n,m\n"A ""the\nfirst""",x\n', [(2, ['A "the\nfirst"', "x"])], []),
    ('n,m\n"A,x\n"B C",y\nD,z\n', [(2, ["A,x"]), (3, ["B C", "y"]), (4, ["D", "z"])], [2]),
    ('n,m\n"A,x\nB,"y"\n', [(2, ["A,x"]), (3, ["B", "y"])], [2]),
    ('n,m\n"A\nB",x,more\nC,y\n', [(2, ["A"]), (3, ['B"', "x", "more"]), (4, ["C", "y"])], [2]),
    ('n,m\n"A\nB",x,\n', [(2, ["A\nB", "x", ""])], []),
    ('n,m\nA 6" pipe,x\nB,y\n', [(2, ['A 6" pipe', "x"]), (3, ["B", "y"])], []),
    ('n,m\r\n"A\r\nB",x\r\n\r\nC,y\r\n', [(2, ["A\r\nB", "x"]), (5, ["C", "y"])], []),
    ('n,m\nA,"x\nB,"y\n', [(2, ["A", "x"]), (3, ["B", "y"])], [2, 3]),
    ('n,m\nA,x\n"', [(2, ["A", "x"])], []),
    ('"n\no",m\nA,x\n', [(3, ["A", "x"])], []),
])
def test_a_line_break_is_believed_inside_quotes_that_close_in_a_row_that_fits(text, rows, unclosed):
    table = tables.read(text.encode())
    assert table.rows == rows and sorted(table.unclosed) == unclosed


def test_many_quotes_that_do_not_close_are_read_in_no_time(desk):
    table = tables.read(("n,m\n" + '"A,x\nB,""\n' * 20_000).encode())
    assert len(table.rows) == 40_000 and len(table.unclosed) == 20_000


@pytest.mark.parametrize("text", ["Name,E-Mail\n", "Name,E-Mail", "Name;E-Mail\r\n;\r\n"])
def test_a_table_of_headings_alone_says_that_there_is_no_row(desk, text):
    page = shown(desk, upload(desk, text))
    assert "There is no row below the headings." in page and "What would happen" not in page
