"""The table of principals for lessons: members make them, and bring them to a table."""

from tests.house.rules import page

KNOWLEDGE = {
    "knowledge:lessons": page("member", GET=200, POST=422, sends={"x": "1"}),
    "knowledge:load": page("member", POST=302, sends={"lesson": "steak"}),
    "knowledge:lesson": page("member", GET=200, POST=422, id="lesson", sends={"x": "1"}),
    "knowledge:shown": page("member", GET=200, id="lesson"),
    "knowledge:retire": page("member", POST=302, id="lesson"),
    "knowledge:new_part": page("member", GET=200, POST=422, id="lesson", sends={"x": "1"}),
    "knowledge:part": page("member", GET=200, POST=422, id="lesson", part_id="lesson_part", sends={"x": "1"}),
    "knowledge:move": page("member", POST=302, id="lesson", part_id="lesson_part", sends={"way": "up"}),
    "knowledge:take_out": page("member", POST=302, id="lesson", part_id="lesson_part"),
    "lessons_to_bring": page("member", GET=200, code="open_booth"),
}
