"""A kept queryset finds what the queryset itself finds, whatever its values, and asks for no more."""

from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from alongside.lib.kept import Kept, anybody_like, slot, who
from alongside.lib.principal import Principal
from alongside.people.models import Identity, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(joe):
    """Joe, Jo who was merged into him, and 100 % Rye, whose name has a sign that SQL knows."""
    jo = Person.objects.create(called="Jo", merged_into=joe)
    rye = Person.objects.create(called="100 % Rye", full_name="917305268401773")
    jo.reach_at("email", "jo@people.example")
    return joe, jo, rye


def reached():
    """People with whom they were merged into, and whether they are reached anywhere."""
    found = Identity.objects.filter(person=OuterRef("pk"))
    return Person.objects.select_related("merged_into").annotate(reached_at_all=Exists(found))


def test_the_same_rows_with_all_that_was_loaded_beside_them(three, django_assert_num_queries):
    kept = Kept(reached().filter(pk=slot(0)))
    for one in three:
        with django_assert_num_queries(1):
            (found,) = kept.rows(one.pk)
            assert found.merged_into == one.merged_into
        wanted = reached().get(pk=one.pk)
        assert (found, found.called, found.since, found.reached_at_all) == (
            wanted, wanted.called, wanted.since, wanted.reached_at_all)


def test_other_values_stay_as_they_are(three):
    joe, jo, rye = three
    kept = Kept(Person.objects.filter(Q(called__contains="100 %") | Q(pk=slot(1)), pk=slot(0)))
    assert kept.rows(rye.pk, 0) == [rye]
    assert kept.rows(joe.pk, 0) == []
    assert kept.rows(joe.pk, joe.pk) == [joe]
    assert Kept(Person.objects.filter(full_name="917305268401773", pk=slot(0))).first(rye.pk) == rye


def test_several_in_their_order_and_a_part_of_them(three):
    joe, jo, rye = three
    ids = [slot(0), slot(1), slot(2)]
    assert Kept(Person.objects.filter(pk__in=ids).order_by("-pk")).rows(joe.pk, jo.pk, rye.pk) == [rye, jo, joe]
    assert Kept(Person.objects.filter(pk__in=ids).order_by("-pk")[:2]).rows(joe.pk, jo.pk, rye.pk) == [rye, jo]


def test_a_number_that_no_column_holds_is_nobodys(three):
    kept = Kept(Person.objects.filter(pk=slot(0)))
    assert kept.rows(10**30) == kept.rows(-(10**30)) == []
    assert kept.first(0) is None


def test_none_where_django_sees_that_there_is_none(django_assert_num_queries):
    kept = Kept(Person.objects.none())
    with django_assert_num_queries(0):
        assert kept.rows() == []


def test_kept_by_role_and_teams_not_by_reader():
    lena = Principal("member", person_id=5, member_id=1, role="member", team_ids=frozenset({7}), session_key="a")
    like_her = replace(lena, person_id=6, member_id=2, session_key="b")
    assert anybody_like(lena, 1) == anybody_like(like_her, 1)
    assert who(lena) == (1, 5)
    for other in (replace(lena, role="admin"), replace(lena, team_ids=frozenset({8})), replace(lena, kind="key"),
                  replace(lena, scopes=frozenset({"people"})), replace(lena, member_id=None)):
        assert anybody_like(other, 1) != anybody_like(lena, 1)
    assert not anybody_like(Principal("person", person_id=5), 1).serves


def test_the_plan_is_kept_on_its_connection(three):
    kept = Kept(Person.objects.filter(pk=slot(0), called__contains="kept on its connection"))
    kept.rows(1)
    kept.rows(2**40)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements "
                       "WHERE statement LIKE '%kept on its connection%'")
        assert cursor.fetchone() == (1, 2)
