"""Colleagues are asked by name."""

import pytest

from alongside.conversations.mentions import completions, mentioned_in
from alongside.conversations.models import Mention
from alongside.conversations.writing import note
from alongside.members.models import Member


@pytest.fixture
def team(lena, dishwasher, teller, owner):
    return {"lena": lena, "tomas": dishwasher, "dana": teller, "owner": owner}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Lena, do you have it?", ["lena"]),
        ("@lena @LENA @Lena", ["lena"]),
        ("(@Tomás) and @tomas", ["tomas"]),
        ("@Marta Owner knows", ["owner"]),
        ("@Lenard is nobody", []),
        ("write to hello@lena.example", []),
        ("@ @@ @nobody @", []),
        ("@@Lena", ["lena"]),
        ("ask @Dana\n@Lena", ["dana", "lena"]),
    ],
)
def test_who_is_named(team, text, named):
    assert {m.id for m in mentioned_in(text)} == {team[name].id for name in named}


def test_whoever_left_is_not_named(team, owner):
    team["dana"].leave(by=owner.person)
    assert mentioned_in("@Dana") == []


def test_a_name_of_two_means_the_one_who_serves_here(team, folder):
    namesake = Member.welcome(email="lena.b@bank.example", called="Lena")
    assert mentioned_in("@Lena", folder) == [team["lena"]]
    assert mentioned_in("@Lena") == []
    assert mentioned_in("@lena.b", folder) == [namesake]


def test_a_note_remembers_whom_it_asks(folder, team):
    message = note(folder, "@Dana and @Tomás?", by=team["lena"].person, mentioned=[team["dana"]])
    asked = Mention.objects.filter(message=message).values_list("member_id", flat=True)
    assert sorted(asked) == sorted([team["dana"].id, team["tomas"].id])


def test_completion_offers_those_who_serve_here_first(team, folder):
    assert [m.name for m in completions("", folder)] == ["Lena", "Marta", "Tomás", "Dana"]
    assert [m.name for m in completions("to")] == ["Tomás"]
    assert [m.name for m in completions("own")] == ["Marta"]
    assert completions("zz") == []
    assert len(completions("", limit=2)) == 2


def test_a_hundred_ats_cost_one_query(team, django_assert_num_queries):
    with django_assert_num_queries(1):
        mentioned_in("@ " * 1000 + "@Lena")
