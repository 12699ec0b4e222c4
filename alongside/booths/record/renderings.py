"""The record in each of its forms: Markdown, a PDF, the sketch as a picture."""

import base64
from pathlib import Path

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from alongside.booths.record import typefaces
from alongside.booths.record.drawing import as_svg
from alongside.booths.record.gathering import Record
from alongside.booths.record.markdown import SAFE, as_markdown, escaped
from alongside.lib import child

LIMITS = child.Limits(seconds=20, wall=30, memory=1024 * child.MEGABYTE, output=48 * child.MEGABYTE)
LARGEST_PICTURE, LARGEST_ALL = 6 * child.MEGABYTE, 24 * child.MEGABYTE  # bytes that are laid into a PDF or a drawing
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
SCHEME = "booth-file:"


def markdown(record: Record) -> str:
    """The record as Markdown; pictures and files are named, for they lie beside it."""
    parts = [f"# {escaped(record.title)}", escaped(record.where)]
    if record.goal and record.goal != record.title:
        parts.append("\n".join(f"> {escaped(line)}" for line in record.goal.splitlines()))
    parts += [f"*{escaped(line)}*" for line in record.agreed]
    parts += _section(_("How it ended"), [
        f"- **{escaped(said['name'])}**: {said['answer']}" + (f". {escaped(said['words'])}" if said["words"] else "")
        for said in record.endings])
    parts += _section(_("Steps"), [
        f"- [{'x' if step['done'] else ' '}] {escaped(step['words'])} ({step['whose_words']}"
        + (f"; {escaped(step['note'])})" if step["note"] else ")") for step in record.steps])
    notes = as_markdown(record.notes, lambda src: _name_of(record, src) or "").strip()
    parts += [f"## {_('Notes')}", notes] if notes else []
    on_board = [str(shape["words"]) for shape in record.shapes if shape.get("words")]
    parts += _section(_("Sketch"), [f"- {escaped(' '.join(words.split()))}" for words in on_board])
    for lesson in record.lessons:
        parts += [f"## {escaped(lesson['title'])}", "\n".join(map(_part, _numbered(lesson["parts"])))]
    parts += _section(_("Talk"), [
        f"**{escaped(line['name'])}** ({line['at']}): {escaped(line['words'])}\n" for line in record.lines])
    parts += _section(_("Files"), [f"- {escaped(file['name'])} ({escaped(file['note'])})" for file in record.files])
    return "\n\n".join(parts) + "\n"


def sketch(record: Record, with_pictures: bool = True) -> str | None:
    """The sketch as SVG, its pictures within it; None when nothing was drawn."""
    if not record.shapes:
        return None
    room = [LARGEST_ALL]

    def data(id: int) -> str | None:
        file = record.pictures.get(id) if with_pictures else None
        if file is None or file.size > min(LARGEST_PICTURE, room[0]) or file.content_type not in ENDINGS:
            return None
        room[0] -= file.size
        return f"data:{file.content_type};base64,{base64.b64encode(file.read()).decode()}"

    return as_svg(record.shapes, data, _("Sketch"))


def pdf(record: Record) -> bytes:
    """The record as a PDF. Raises child.ChildError when it could not be made."""
    pictures = {name: file.read() for file, name in _drawable(record)}
    return child.call("alongside.booths.record.printing.printed", _printable(record, set(pictures)), pictures,
                      sketch(record), typefaces.folders(), limits=LIMITS)


def _printable(record: Record, pictures: set[str]) -> dict:
    return {
        "title": record.title, "house": record.house, "where": record.where, "goal": record.goal or record.title,
        "lang": (get_language() or "en").partition("-")[0], "rtl": get_language_bidi(), "paper": "a4",
        "agreed": record.agreed, "endings": record.endings, "files": record.files, "lines": record.lines,
        "steps": record.steps, "notes": [_safe(node, record, pictures) for node in record.notes["content"]],
        "lessons": [{"title": lesson["title"], "parts": [_laid_out(part, record, pictures) for part in lesson["parts"]]}
                    for lesson in record.lessons],
        "words": {"goal": _("What would make this a win?"), "ending": _("How it ended"), "steps": _("Steps"),
                  "notes": _("Notes"), "sketch": _("Sketch"), "talk": _("Talk"), "files": _("Files")},
    }


def _safe(node: dict, record: Record, pictures: set[str]) -> dict:
    """A node as the layout may have it: a picture by its name in the folder, a link only where it leads out safely."""
    node = dict(node)
    if node.get("type") == "image":
        attrs = node.get("attrs", {})
        name = _name_of(record, str(attrs.get("src") or ""))
        node["attrs"] = {"path": name if name in pictures else None, "alt": str(attrs.get("alt") or "")}
    if "marks" in node:
        node["marks"] = [{**mark, "safe": _leads_out(mark)} for mark in node["marks"]]
    if "content" in node:
        node["content"] = [_safe(child_node, record, pictures) for child_node in node["content"]]
    return node


def _leads_out(mark: dict) -> bool:
    return str(mark.get("attrs", {}).get("href", "")).partition(":")[0].lower() in SAFE


def _laid_out(part: dict, record: Record, pictures: set[str]) -> dict:
    file = record.shown.get(part.get("file") or 0)
    name = file and _called(file)
    return {"title": str(part.get("title", "")), "words": str(part.get("words", "")),
            "amounts": [[str(amount), str(thing)] for amount, thing in part.get("amounts", ())],
            "path": name if name in pictures else None}


def _drawable(record: Record):
    """The pictures that go into a PDF, with their names, as long as there is room."""
    room = LARGEST_ALL
    for file in record.files_shown:
        if file.content_type in ENDINGS and file.size <= min(LARGEST_PICTURE, room):
            room -= file.size
            yield file, _called(file)


def _called(file) -> str:
    return f"{file.id}.{ENDINGS.get(file.content_type, 'bin')}"


def _name_of(record: Record, src: str) -> str | None:
    number = src.removeprefix(SCHEME)
    file = record.pictures.get(int(number)) if src.startswith(SCHEME) and number.isdecimal() else None
    return Path(_called(file)).name if file else None


def _numbered(parts: list[dict]):
    return enumerate(parts, 1)


def _part(numbered: tuple[int, dict]) -> str:
    at, part = numbered
    amounts = "".join(f"\n   - {escaped(f'{amount} {thing}'.strip())}" for amount, thing in part.get("amounts", ()))
    words = f" {escaped(str(part.get('words', '')))}" if part.get("words") else ""
    return f"{at}. **{escaped(str(part.get('title', '')))}**{words}{amounts}"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if lines else []
