"""Words are found in every language the house speaks, and exactly as written in those it does not."""

import pytest


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("en", "The puppies were running in the garden", "puppy run "),
        ("en", "Two coffees please", "coffee "),
        ("de", "Die Häuser an der Straße", "haus "),
        ("de", "Ich habe zwei Brötchen bestellt", "brotchen "),
        ("fr", "Les commandes ont été préparées", "préparer "),
        ("fr", "Les commandes ont été préparées", "preparer "),
        ("ru", "Мы заказали пирожные", "пирожное "),
        ("ar", "طلبت المدرسة كتبا", "مدرسة "),
        ("ar", "كَتَبَ رسالة", "كتب "),
    ],
)
def test_other_forms_of_a_word_are_found_in_our_languages(speaks, says, texts, joe, owner, language, said, asked):
    speaks(language)
    says(joe, said)
    says(joe, "Something else, quelque chose d'autre, etwas anderes")
    assert texts(owner, asked) == [said]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("我想喝咖啡，谢谢", "咖啡 "),
        ("我想喝咖啡，谢谢", "喝咖啡 "),
        ("我想喝咖啡，谢谢", "啡 "),
        ("コーヒーをください", "コーヒー "),
        ("กาแฟร้อนสองแก้ว", "กาแฟ "),
        ("커피숍이 어디에요", "커피숍 "),
        ("मुझे कॉफ़ी चाहिए", "कॉफ़ी "),
        ("Zoë was at the café", "zoe CAFE "),
        ("Zoe was at the cafe", "Zoë café "),
        ("Die Straße", "STRASSE "),
        ("we say don’t", "don't "),
    ],
)
def test_any_script_is_found_without_knowing_its_language(speaks, says, texts, joe, owner, said, asked):
    speaks("en")
    says(joe, said)
    says(joe, "茶をください 茶 ชา 차 चाय tea")
    assert texts(owner, asked) == [said]


def test_pairs_of_letters_do_not_find_other_orders(speaks, says, texts, joe, owner):
    speaks("en")
    says(joe, "啡咖")
    assert texts(owner, "咖啡 ") == []


def test_a_house_that_speaks_no_stemmed_language_still_finds_whole_words(speaks, says, texts, joe, owner):
    speaks("xx")
    says(joe, "Two coffees please")
    assert texts(owner, "coffees ") == ["Two coffees please"]
    assert texts(owner, "coffee ") == []


def test_two_languages_side_by_side(speaks, says, texts, joe, ryan, owner):
    speaks("en", "de")
    says(joe, "two puppies")
    says(ryan, "zwei Häuser")
    assert texts(owner, "puppy ") == ["two puppies"]
    assert texts(owner, "Haus ") == ["zwei Häuser"]
