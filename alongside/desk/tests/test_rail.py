"""The rail, on the page and fetched by itself when a number changed."""

import re
from html import unescape

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="page"')


def test_the_room_one_is_in_stays_marked_when_the_rail_is_drawn_anew(signed_in, lena, joe):
    desk = signed_in(lena)
    for path, room in (("/inbox/all", "/inbox"), (f"/people/{joe.id}", "/people"), ("/settings/you", "/settings")):
        html = desk.get(path).content.decode()
        nav = html[html.index('id="rail"'):]
        for _again in range(2):
            (href,) = CURRENT.findall(nav[:nav.index("</nav>")])
            assert href.startswith(room)
            src = unescape(re.search(r'data-live-src-value="([^"]+)"', nav)[1])
            nav = desk.get(src, headers={"X-Fragment": "rail"}).content.decode()


def test_a_place_that_is_none_marks_nothing(signed_in, lena):
    html = signed_in(lena).get("/rail?at=%22%3E%3Cscript%3E").content.decode()
    assert CURRENT.findall(html) == [] and "<script>" not in html
