"""The base of every page, the rail, and the pages for what did not work."""

import re

import pytest
from django.contrib import messages
from django.db import OperationalError
from django.template.loader import render_to_string
from django.utils import translation

from alongside.lib.tallies import Tally
from alongside.look import errors, rail, views


def page(request, template="look/house.html", **context):
    return render_to_string(template, context, request=request, using=None)


def test_every_script_carries_the_nonce_and_comes_from_the_house(asked):
    html = page(asked())
    scripts = re.findall(r"<script[^>]*>", html)
    assert scripts and all('nonce="n0nce"' in script and 'src="/static/' in script for script in scripts)
    assert '<meta name="csp-nonce" content="n0nce">' in html


def test_the_page_says_its_language_and_direction(asked):
    assert '<html lang="en" dir="ltr">' in page(asked())
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl"' in page(asked())


def test_the_reader_chooses_the_light_and_nobody_else_writes_there(asked):
    assert 'data-theme="dark"' in page(asked(theme="dark"))
    assert "data-theme=" not in page(asked(theme='dark" onload="alert(1)'))
    assert 'data-density="roomy"' in page(asked(density="roomy"))


def test_one_may_skip_to_the_page(asked):
    html = page(asked())
    assert '<a class="skip" href="#page">' in html and '<main id="page"' in html


def test_what_the_last_act_said_is_shown_once_and_escaped(asked):
    request = asked()
    messages.success(request, "Handed to <Tomás>.")
    assert "Handed to &lt;Tomás&gt;." in page(request)


@pytest.mark.django_db
def test_a_room_stands_on_the_rail_in_its_place(asked):
    rail.add("Gallery", "look:gallery", "image", order=2, shortcut="g g", count=lambda request: Tally("SELECT 120"))
    rail.add("Gone", "nowhere:at-all", "house", order=1)
    (door,) = rail.doors(asked("/look/gallery"))
    assert door.current and door.href == "/look/gallery"
    html = page(asked("/look/gallery"))
    assert 'aria-current="page" data-shortcut="g g"' in html and "99+" in html and "Gone" not in html


def test_the_longest_way_in_is_the_current_room(asked):
    rail.add("Gallery", "look:gallery", "image", within=("/look/gallery/parts", "/p"))
    assert rail.doors(asked("/look/gallery/parts/7"))[0].current
    assert not rail.doors(asked("/people"))[0].current


def test_a_room_may_be_shown_to_some_only(asked):
    rail.add("Gallery", "look:gallery", "image", shown_to=lambda request: False)
    assert rail.doors(asked()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "doors"), [(3, [0]), (0, [])])
def test_a_room_may_be_there_only_while_it_holds_something(asked, django_assert_num_queries, held, doors):
    rail.add("Gallery", "look:gallery", "image", only_with_some=True, count=lambda request: Tally(f"SELECT {held}"))
    with django_assert_num_queries(1):
        assert [door.count for door in rail.doors(asked())] == doors


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_says_what_happened_what_was_kept_and_what_to_do(asked, status):
    answer = {400: views.bad_request, 403: views.forbidden, 404: views.not_found, 503: views.not_now}.get(
        status, views.server_error
    )(asked("/people/7?x=1"))
    words = errors.words_for(status)
    html = answer.content.decode()
    assert answer.status_code == status and answer["Cache-Control"] == "no-store"
    for line in (words.title, words.happened, words.kept, words.next):
        assert str(line) in html
    assert ('href="/people/7?x=1"' in html) == words.again


def test_a_lost_database_is_told_apart_and_asks_for_patience(asked):
    try:
        raise OperationalError("the server closed the connection unexpectedly")
    except OperationalError:
        answer = views.server_error(asked())
    assert answer.status_code == 503 and answer["Retry-After"]
    assert "server closed" not in answer.content.decode()


def test_an_old_form_is_told_kindly(asked):
    answer = views.csrf_failed(asked(), "CSRF token missing")
    assert answer.status_code == 403 and "open for too long" in answer.content.decode()


def test_the_doorstep_of_the_sign_in_pages_is_the_same(asked):
    from django.template import engines

    html = engines["django"].get_template("look/allauth_base.html").render({}, asked(theme="dark"))
    assert 'nonce="n0nce"' in html and 'data-theme="dark"' in html and 'class="mark"' in html


def test_the_gallery_shows_every_part(asked):
    from alongside.look.gallery import samples

    html = page(asked(), "look/gallery.html", **samples())
    for part in ("composer", "letter", "toast", "secret", "conflict", "data", "guide", "empty", "chips", "bulk"):
        assert re.search(rf'class="[^"]*\b{part}\b', html), part
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


@pytest.mark.django_db
def test_the_gallery_is_for_those_who_keep_the_house(signed_in, admin, lena, client):
    assert client.get("/look/gallery").status_code == 302
    assert signed_in(lena).get("/look/gallery").status_code == 403
    assert signed_in(admin).get("/look/gallery").status_code == 200
