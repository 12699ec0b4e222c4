"""Hebrew and Arabic names, which leave their vowels out, and the Latin writings they may have."""

import pytest

from alongside.lib.names import words_of
from alongside.lib.nicknames import may_be
from alongside.lib.unvowelled import consonants, latin, may_be_written, romanised


@pytest.mark.parametrize("written, usual", [
    ("דוד", "david"), ("דָּוִד", "david"), ("משה", "moses"), ("יוסף", "joseph"), ("אסתר", "esther"), ("כהן", "cohen"),
    ("محمد", "mohammed"), ("مُحَمَّد", "mohammed"), ("أحمد", "ahmed"), ("احمد", "ahmed"), ("فاطمة", "fatima"),
    ("الحسن", "al hasan"), ("יקינטון", ""), ("David", ""), ("", ""),
])
def test_usual_names(written, usual):
    assert latin(written) == usual


def test_a_text_with_usual_names_in_latin_letters():
    assert romanised("דוד שגיא") == "david שגיא"
    assert romanised("عبد الله بن عمر") == "abdullah bin omar"
    assert romanised("Zoë Müller") == "Zoë Müller"


@pytest.mark.parametrize("one, other", [
    ("moses", "moshe"), ("mohammed", "muhammad"), ("ahmed", "ahmad"), ("hussein", "husain"), ("jacob", "yaakov"),
    ("rebecca", "rivka"), ("khadija", "hatice"), ("joseph", "yossi"),
])
def test_their_other_forms_stand_among_the_nicknames(one, other):
    assert may_be(one, other)


@pytest.mark.parametrize("word, other, may", [
    ("אלמוג", "almog", True), ("פלג", "peleg", True), ("עקיבא", "akiva", True), ("צור", "tzur", True),
    ("חנן", "chanan", True), ("שגיא", "sagi", True), ("שגיא", "shaggy", True), ("אלמוג", "almond", False),
    ("פלג", "paul", False), ("طلعت", "talaat", True), ("شوقي", "chaouki", True), ("شوقي", "shawki", True),
    ("البغدادي", "baghdadi", True), ("البغدادي", "albaghdadi", True), ("بسام", "basil", False), ("", "david", False),
    ("או" * 30, "o" * 60, True), ("בו" * 60, "v" * 120, True), ("ב" * 60, "a" * 60, False),
])
def test_what_the_consonants_allow(word, other, may):
    assert may_be_written(word, other) is may


def test_letters_that_are_heard_whatever_the_vowels():
    assert (consonants("אלמוג"), consonants("דוד"), consonants("אוה")) == (3, 2, 0)


def test_words_of_a_usual_name_have_its_latin_writing_too():
    assert {"דוד", "david", "כהן", "cohen"} <= set(words_of("דוד כהן"))
    assert words_of("Ida Wolf") == ["ida", "wolf"]
