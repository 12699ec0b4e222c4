"""What people wrote becomes paragraphs and links, and never anything else."""

import pytest
from django.utils import translation

from alongside.look.text import filesize, paragraphs


def test_blank_lines_part_paragraphs_and_line_ends_stay():
    assert paragraphs("Morning Lena,\n\ndid he?\nRyan") == "<p>Morning Lena,</p>\n<p>did he?<br>\nRyan</p>"
    assert paragraphs("a\r\n\r\n \r\nb") == "<p>a</p>\n<p>b</p>"
    assert paragraphs("  \n ") == paragraphs(None) == ""


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "https://a.example/<script>alert(1)</script>",
        'https://a.example/"onmouseover="alert(1)',
        "https://a.example/'onmouseover='alert(1)",
        "![<img src=x onerror=alert(1)>](file:1)",
        '![" onload="alert(1)](file:known)',
        "javascript:alert(1) data:text/html,<b>",
        "\x00<svg/onload=alert(1)>",
    ],
)
def test_nothing_written_becomes_an_element_or_a_handler(hostile):
    html = paragraphs(hostile, {"known": "/files/1"})
    inside = html.replace("<p>", "").replace("</p>", "").replace("<br>", "")
    for piece in inside.split("<")[1:]:
        assert piece.startswith(("a href=", "/a>", "img src=")), html
    assert "javascript:" not in html.replace("javascript:alert(1) ", "")
    for tag in inside.split("<")[1:]:
        quoted = tag.split(">")[0].split('"')
        assert not any(" on" in part for part in quoted[::2]), html


def test_links_pass_on_neither_opener_nor_rank():
    html = paragraphs("see https://a.example/b?c=1&d=2.")
    assert 'href="https://a.example/b?c=1&amp;d=2" rel="noopener nofollow ugc" target="_blank"' in html
    assert html.endswith("</a>.</p>")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("www.a.example, and", "https://www.a.example"),
        ("Really https://a.example?!", "https://a.example"),
        ("write joe@hallam.example!", "mailto:joe@hallam.example"),
    ],
)
def test_a_link_ends_where_its_sentence_does(written, href):
    assert f'href="{href}"' in paragraphs(written)


def test_an_inline_picture_shows_only_when_it_is_ours():
    assert '<img src="/files/7" alt="the bag" loading="lazy">' in paragraphs("![the bag](file:7)", {"7": "/files/7"})
    assert paragraphs("![the bag](file:8)", {"7": "/files/7"}) == "<p>[the bag]</p>"


def test_long_hostile_text_is_read_in_one_pass():
    written = "a" * 200_000 + "!" + "[" * 100_000 + "http://" * 20_000 + "@" * 50_000
    assert len(paragraphs(written)) > 300_000


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1500, "2 KB"), (1_400_000, "1.4 MB"), (2e9, "2 GB"), (None, "0 B")]
)
def test_sizes_are_said_in_words(size, words):
    assert filesize(size) == words


def test_sizes_follow_the_language():
    with translation.override("de"):
        assert filesize(1_400_000) == "1,4 MB"
    with translation.override("fr"):
        assert filesize(1_400_000) == "1,4 Mo"
