"""The sketch leaves the house as a picture, whatever somebody put into it."""

import math
import xml.etree.ElementTree as ET

import pytest

from alongside.booths.record.drawing import as_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*shapes, **more):
    return ET.fromstring(as_svg(shapes, **more))


def test_everything_drawn_is_in_sight():
    picture = drawn({"kind": "stroke", "side": "ours", "points": [0, 0, 50, 100, 50, 50], "width": 4},
                    {"kind": "text", "x": -40, "y": 10, "words": "side booth", "side": "yours"},
                    {"kind": "sticky", "x": 300, "y": 300, "w": 100, "h": 80, "words": "no nuts"})
    left, top, width, height = map(float, picture.get("viewBox").split())
    assert left < -40 and top < 0 and left + width > 400 and top + height > 380
    assert {child.tag for child in picture} == {f"{SVG}{name}" for name in ("path", "text", "rect")}


def test_what_lies_above_is_drawn_last():
    picture = drawn({"kind": "sticky", "words": "over", "z": 2}, {"kind": "sticky", "words": "under", "z": 1})
    assert ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")] == ["under", "over"]


def test_a_picture_lies_below_what_is_drawn_on_it_whenever_it_came():
    picture = drawn({"kind": "stroke", "points": [0, 0, 50, 10, 10, 50], "z": 1},
                    {"kind": "picture", "file": 7, "w": 10, "h": 10, "z": 2},
                    picture={7: "data:image/png;base64,AA=="}.get)
    assert [child.tag for child in picture] == [f"{SVG}image", f"{SVG}path"]


def test_a_pen_that_was_pressed_draws_broader():
    pressed = [value for at in range(9) for value in (at * 10, 0, 20 if at < 5 else 90)]
    lines = list(drawn({"kind": "stroke", "points": pressed, "width": 10}).iter(f"{SVG}path"))
    widths = [float(line.get("stroke-width")) for line in lines]
    assert widths == sorted(widths) and widths[0] == pytest.approx(7.0, abs=0.1) and widths[-1] > 12
    ends = [line.get("d").rpartition(" ")[0].rpartition("Q")[2].split(" ")[-1] for line in lines[:-1]]
    assert [line.get("d")[1:].split(" ")[0] for line in lines[1:]] == ends  # each goes on where the last one ended
    assert len(list(drawn({"kind": "stroke", "points": [0, 0, 50, 9, 9, 50, 20, 9, 52]}).iter(f"{SVG}path"))) == 1


def test_a_picture_is_one_of_ours_or_none():
    shapes = ({"kind": "picture", "file": 7, "w": 10, "h": 10}, {"kind": "picture", "file": 8, "w": 10, "h": 10},
              {"kind": "picture", "file": "https://elsewhere.example/x", "w": 10, "h": 10})
    images = list(drawn(*shapes, picture={7: "data:image/png;base64,AA=="}.get).iter(f"{SVG}image"))
    assert [image.get("href") for image in images] == ["data:image/png;base64,AA=="]


@pytest.mark.parametrize("shape", [
    None, 3, "stroke", {}, {"kind": ["stroke"]}, {"kind": "stroke"}, {"kind": "stroke", "points": "abc"},
    {"kind": "stroke", "points": [math.nan, math.inf, -1]}, {"kind": "stroke", "points": [1, 2]},
    {"kind": "stroke", "points": [{}, [], None] * 5}, {"kind": "text", "words": 5, "size": -3},
    {"kind": "text", "words": "<script>&\x00\x1b" * 3, "x": 1e308}, {"kind": "sticky", "w": -5, "words": "a" * 99_999},
    {"kind": "picture", "file": {"a": 1}}, {"kind": "script", "words": "alert(1)"},
])
def test_what_makes_no_sense_breaks_nothing(shape):
    picture = drawn(shape, {"kind": "stroke", "points": [0, 0, 50, 10, 10, 50]})
    assert len(list(picture.iter(f"{SVG}path"))) >= 1 and not list(picture.iter(f"{SVG}script"))
