"""What people make of given names, in many languages."""

import pytest

from alongside.lib.nicknames import forms, may_be


@pytest.mark.parametrize("name, short", [
    ("michael", "mischa misha mike michi mick mikhail michel miguel"), ("elizabeth", "bess liesl elisabetta ela"),
    ("wilhelm", "willi wim"), ("johannes", "hans hannes"), ("nicholas", "klaas kolya nico"), ("heinrich", "heiner"),
    ("francis", "paco curro franek cesco"), ("jose", "pepe"), ("giuseppe", "pino beppe"), ("salvatore", "toto"),
    ("guadalupe", "lupe"), ("catherine", "kasia katja cathy"), ("margaret", "gosia meg gretel"), ("sophia", "zosia"),
    ("jacob", "kuba coby"), ("dmitri", "dima"), ("daria", "dasha"), ("yevgeni", "zhenya"), ("aleksandr", "sasha shura"),
    ("stanislaw", "staszek"), ("mehmet", "memo"), ("mustafa", "musti"), ("ibrahim", "ibo"), ("maarten", "tinus"),
])
def test_short_forms_of_many_languages(name, short):
    assert set(short.split()) <= forms(name)


@pytest.mark.parametrize("one, other", [
    ("alexander", "alexandra"), ("john", "joan"), ("paul", "paula"), ("mark", "mary"), ("maria", "marie"),
    ("christian", "christina"), ("anna", "nina"), ("tim", "tom"), ("daniel", "david"), ("jan", "jana"),
])
def test_names_that_only_look_alike_are_no_forms_of_each_other(one, other):
    assert not may_be(one, other)
