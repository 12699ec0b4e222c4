"""Words are cut and folded alike in every script."""

import pytest

from alongside.lib.text import search_words, words_with_places


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't go to Zoë's", ["don", "t", "go", "to", "zoe", "s"]),
        ("我想喝coffee。", ["我想", "想喝", "喝", "coffee"]),
        ("फिर से", ["फिर", "से"]),
        ("مُحَمَّد", ["محمد"]),
        ("ﬁne Straße x²", ["fine", "strasse", "x2"]),
        ("snake_case", ["snake", "case"]),
        ("ร้อน", ["รอ", "อน", "น"]),
    ],
)
def test_words(text, words):
    assert search_words(text) == words


def test_places_point_at_what_was_written():
    text = "Ein Café, 咖啡馆!"
    assert [text[start:end] for _, start, end in words_with_places(text)] == ["Ein", "Café", "咖啡", "啡馆", "馆"]
