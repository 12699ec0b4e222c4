"""The notes leave the house as they were written: in JSON for editors, in Markdown for everyone."""

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from alongside.booths.record.markdown import as_markdown
from alongside.booths.record.notes import as_json
from alongside.booths.syncing.document import read


def written(*nodes) -> dict:
    document = Doc()
    fragment = document.get("notes", type=XmlFragment)
    for node in nodes:
        fragment.children.append(node)
    return kept(document)


def kept(document: Doc) -> dict:
    return as_json(read([document.get_update()])["notes"])


def node(kind, *children, **attributes):
    return XmlElement(kind, attributes, [XmlText(child) if isinstance(child, str) else child for child in children])


def test_nothing_is_nothing():
    assert written() == {"type": "doc", "content": []} and as_markdown(written()).strip() == ""


def test_headings_lists_and_tasks():
    notes = written(
        node("heading", "Friday", level=2), node("paragraph", "Hands first, then food."),
        node("bullet_list", node("list_item", node("paragraph", "Milo cannot have nuts"))),
        node("task_list", node("task_item", node("paragraph", "Bake"), checked=True),
             node("task_item", node("paragraph", "Pay"), checked=False)))
    assert notes["content"][0] == {"type": "heading", "attrs": {"level": 2},
                                   "content": [{"type": "text", "text": "Friday"}]}
    assert as_markdown(notes) == (
        "## Friday\n\nHands first, then food.\n\n- Milo cannot have nuts\n\n- [x] Bake\n- [ ] Pay\n")


def test_marks_stand_where_they_were_set():
    doc = Doc()
    fragment = doc.get("notes", type=XmlFragment)
    text = fragment.children.append(XmlElement("paragraph")).children.append(XmlText("Ünser Café, bring it"))
    text.format(0, len("Ünser ".encode()), {"strong": {}})
    text.format(len("Ünser ".encode()), len("Ünser Café".encode()), {"link": {"href": "https://cafe.example/a b"}})
    assert as_markdown(kept(doc)) == "**Ünser** [Café](https://cafe.example/a%20b), bring it\n"


@pytest.mark.parametrize("words", ["# no heading", "1. no list", "*no stress*", "[no](link)", "<b>", "a|b", "> no"])
def test_words_stay_words(words):
    assert "\\" in as_markdown(written(node("paragraph", words)))


def test_a_link_that_would_run_is_only_its_words():
    doc = Doc()
    fragment = doc.get("notes", type=XmlFragment)
    text = fragment.children.append(XmlElement("paragraph")).children.append(XmlText("press"))
    text.format(0, 5, {"link": {"href": "javascript:alert(1)"}})
    assert as_markdown(kept(doc)) == "press\n"


def test_a_table_and_a_picture():
    cell = lambda words: node("table_cell", node("paragraph", words))  # noqa: E731
    notes = written(node("table", node("table_row", cell("Who"), cell("What")), node("table_row", cell("Milo"))),
                    node("paragraph", node("image", src="booth-file:7", alt="the door")))
    assert as_markdown(notes, lambda src: f"files/{src.partition(':')[2]}.png") == (
        "| Who | What |\n| --- | --- |\n| Milo |  |\n\n![the door](files/7.png)\n")


def test_what_is_nested_without_end_keeps_its_words():
    inner = node("paragraph", "deep")
    for _ in range(100):
        inner = node("blockquote", inner)
    assert "deep" in as_markdown(written(inner))
