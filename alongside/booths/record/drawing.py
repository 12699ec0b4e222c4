"""The sketch as a picture: shapes of the shared document to SVG of nothing but lines, words and pictures of ours.

Whatever a browser put into the map is data of a stranger: numbers are bounded, words escaped, what is unknown left out.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MARGIN, SMALLEST, FARTHEST = 24.0, 160.0, 1_000_000.0
MOST_SHAPES, MOST_POINTS, MOST_LETTERS = 20_000, 50_000, 2_000
COLOURS = {"ours": "#1f5c93", "yours": "#7a4e14", "": "#3b4540"}
PAPER = {"ours": "#e3eef8", "yours": "#fbf0d3", "": "#eef0ec"}
EVEN = 12  # pressures of a pen that differ by no more are drawn as one line
INK, FACES = "#17211d", "Literata, Libertinus Serif, serif"

Picture = Callable[[int], str | None]  # from a file's id to an address or data: URI; None where it is no picture


@dataclass
class Bounds:
    """How far the drawing reaches."""

    left: float = math.inf
    top: float = math.inf
    right: float = -math.inf
    bottom: float = -math.inf

    def reach(self, x: float, y: float) -> None:
        """Take in a point."""
        self.left, self.right = min(self.left, x), max(self.right, x)
        self.top, self.bottom = min(self.top, y), max(self.bottom, y)

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height with a margin; never empty."""
        if self.left > self.right:
            return 0, 0, SMALLEST, SMALLEST
        width, height = self.right - self.left + 2 * MARGIN, self.bottom - self.top + 2 * MARGIN
        return self.left - MARGIN, self.top - MARGIN, max(width, SMALLEST), max(height, SMALLEST)


def as_svg(shapes: Iterable[dict], picture: Picture = lambda id: None, label: str = "") -> str:
    """All shapes, pictures below what is drawn on them, as one SVG document. `label` says in words what it is."""
    bounds, drawn = Bounds(), []
    ordered = sorted((shape for shape in list(shapes)[:MOST_SHAPES] if isinstance(shape, dict)),
                     key=lambda shape: (shape.get("kind") != "picture", _number(shape.get("z"))))
    for shape in ordered:
        draw = _DRAWN.get(str(shape.get("kind")))
        drawn.append(draw(shape, bounds, picture) if draw else "")
    box = " ".join(f"{value:.0f}" for value in bounds.box())
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" aria-label={quoteattr(label)} '
            f'fill="none" stroke-linecap="round" stroke-linejoin="round">{"".join(drawn)}</svg>')


def _stroke(shape: dict, bounds: Bounds, picture: Picture) -> str:
    values = shape.get("points")
    if not isinstance(values, list) or len(values) < 3:
        return ""
    values = values[: MOST_POINTS * 3]
    points = [(_number(values[at]), _number(values[at + 1])) for at in range(0, len(values) - 2, 3)]
    pressures = [min(100.0, max(0.0, _number(value))) for value in values[2 : len(points) * 3 : 3]]
    width = _between(shape.get("width"), 1, 60, 3)
    for x, y in points:
        bounds.reach(x, y)
    colour = _of(COLOURS, shape)
    return "".join(f'<path d="{_curve(points, start, end)}" stroke="{colour}" stroke-width="{width * broad:.1f}"/>'
                   for start, end, broad in _runs(pressures))


def _runs(pressures: list[float]) -> Iterable[tuple[int, int, float]]:
    """Stretches that were pressed alike: first point, the one after the last, and how broad, as a factor.

    Each has three points at least and shares two with the one before, so that they meet in the middle between those.
    """
    start, count = 0, len(pressures)
    while start < count:
        end = _alike(pressures, start)
        yield start, end, 0.5 + sum(pressures[start:end]) / (end - start) / 100
        if end == count:
            return
        start = end - 2


def _alike(pressures: list[float], start: int) -> int:
    least = most = pressures[start]
    for at in range(start + 1, len(pressures)):
        least, most = min(least, pressures[at]), max(most, pressures[at])
        if most - least > EVEN and at - start >= 3:
            return at
    return len(pressures)


def _curve(points: list[tuple[float, float]], start: int, end: int) -> str:
    """A line through the middles between the points, each point a handle: as smooth as it was drawn."""
    if end - start < 2:
        return f"M{points[start][0]:.1f} {points[start][1]:.1f}l.1 0"
    inner = points[start:end]
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in zip(inner, inner[1:], strict=False)]
    begins = f"M{inner[0][0]:.1f} {inner[0][1]:.1f}L" if start == 0 else "M"
    parts = [f"{begins}{middles[0][0]:.1f} {middles[0][1]:.1f}"]
    parts += [f"Q{hx:.1f} {hy:.1f} {mx:.1f} {my:.1f}"
              for (hx, hy), (mx, my) in zip(inner[1:], middles[1:], strict=False)]
    return "".join(parts) + (f"L{inner[-1][0]:.1f} {inner[-1][1]:.1f}" if end == len(points) else "")


def _text(shape: dict, bounds: Bounds, picture: Picture) -> str:
    x, y, size = _number(shape.get("x")), _number(shape.get("y")), _between(shape.get("size"), 8, 200, 22)
    return _lines(_words(shape), x, y + size, size, _of(COLOURS, shape), bounds)


def _sticky(shape: dict, bounds: Bounds, picture: Picture) -> str:
    x, y = _number(shape.get("x")), _number(shape.get("y"))
    w, h = _between(shape.get("w"), 20, 4_000, 160), _between(shape.get("h"), 20, 4_000, 120)
    size = _between(shape.get("size"), 8, 200, 16)
    bounds.reach(x, y)
    bounds.reach(x + w, y + h)
    fits = max(4, int((w - 20) / (size * 0.55)))
    wrapped = "\n".join(_wrapped(line, fits) for line in _words(shape).splitlines())
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="6" fill="{_of(PAPER, shape)}"/>'
            + _lines(wrapped, x + 10, y + 10 + size, size, INK, bounds))


def _picture(shape: dict, bounds: Bounds, picture: Picture) -> str:
    x, y = _number(shape.get("x")), _number(shape.get("y"))
    w, h = _between(shape.get("w"), 1, 20_000, 320), _between(shape.get("h"), 1, 20_000, 240)
    href = picture(int(_number(shape.get("file"))))
    if not href:
        return ""
    bounds.reach(x, y)
    bounds.reach(x + w, y + h)
    return f'<image x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" href={quoteattr(href)}/>'


def _lines(words: str, x: float, y: float, size: float, colour: str, bounds: Bounds) -> str:
    rows = words.splitlines()
    for at, row in enumerate(rows):
        bounds.reach(x, y - size + at * size * 1.3)
        bounds.reach(x + len(row) * size * 0.6, y + at * size * 1.3)
    spans = "".join(f'<tspan x="{x:.1f}" y="{y + at * size * 1.3:.1f}">{escape(row)}</tspan>'
                    for at, row in enumerate(rows))
    return f'<text fill="{colour}" font-size="{size:.0f}" font-family="{FACES}">{spans}</text>'


def _wrapped(line: str, fits: int) -> str:
    rows, row = [], ""
    for word in line.split(" "):
        if row and len(row) + 1 + len(word) > fits:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return "\n".join([*rows, row])


def _words(shape: dict) -> str:
    words = shape.get("words")
    kept = words[:MOST_LETTERS] if isinstance(words, str) else ""
    return "".join(c for c in kept if c == "\n" or c >= " ")


def _number(value) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return 0.0
    return min(FARTHEST, max(-FARTHEST, float(value)))


def _between(value, least: float, most: float, otherwise: float) -> float:
    number = _number(value)
    return min(most, max(least, number)) if number else otherwise


def _of(table: dict[str, str], shape: dict) -> str:
    return table.get(str(shape.get("side")), table[""])


_DRAWN = {"stroke": _stroke, "text": _text, "sticky": _sticky, "picture": _picture}
