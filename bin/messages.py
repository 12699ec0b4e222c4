"""Takes the words people read out of the code, keeps the catalogues in `locale/` in step, compiles and checks them."""

import argparse
import contextlib
import hashlib
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).resolve().parent.parent
LOCALE = CHECKOUT / "locale"
TEMPLATE = LOCALE / "django.pot"
MAPPING = CHECKOUT / "babel.cfg"
STAMP = CHECKOUT / "build" / "messages-compiled"
HEADER = "# The words of Alongside's screens and letters. bin/messages update keeps this file in step with the code.\n#"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PERCENT = re.compile(r"%(?:\((\w+)\))?[-+ #0]*\d*(?:\.\d+)?([sdifr%])")
BRACES = re.compile(r"\{(\w*)\}")
UNSAID = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator", "Language-Team", "Project-Id",
          "Report-Msgid")  # header lines that would change by themselves, or say nothing
TRANSLATE = re.compile(r"\{%\s*(?:translate|trans)\s+(?P<quote>[\"'])(?P<words>.*?)(?P=quote)")
SAID = re.compile(r"(?P<name>label|words)\s*=")
BLOCK = re.compile(r"\{%\s*block(?:translate|trans)\b")

ABOUT = """\
  extract   write locale/django.pot: every text that is marked in the code
  update    extract, then bring each language in step: new texts appear empty, gone ones are dropped
  compile   write the .mo files that Django reads (./run and ./test do it by themselves); --force: even when unchanged
  check     say what is missing, empty, uncertain, or has other placeholders than the English; fails if anything is

After changing a text: bin/messages update, write the new ones in locale/<language>/LC_MESSAGES/django.po by the words
of locale/GLOSSARY.md, then bin/messages check. A new language: make its folder with an empty django.po that has a
Plural-Forms header, run update, translate, and name it in LANGUAGES in config/settings.py.
"""


def main(words: list[str] | None = None) -> int:
    """Do what was asked; 0 when it went well."""
    parser = argparse.ArgumentParser(prog="bin/messages", description=__doc__, epilog=ABOUT,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["extract", "update", "compile", "check"])
    parser.add_argument("--force", action="store_true", help="compile even when nothing changed")
    asked = parser.parse_args(words)
    if asked.what == "compile":
        compile_all(force=asked.force)
        return 0
    if asked.what == "check":
        found = problems()
        print("\n".join(found) or "Every language is complete and in step.")
        return 1 if found else 0
    template = extract()
    write(template, TEMPLATE)
    print(f"{TEMPLATE.relative_to(CHECKOUT)}: {len(template)} texts")
    if asked.what == "update":
        for path in catalogues():
            print(f"{path.relative_to(CHECKOUT)}: {update(path, template)} to translate")
    return 0


def catalogues() -> list[Path]:
    """The catalogue of each language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def language(path: Path) -> str:
    """The language a catalogue is in: "de"."""
    return path.parent.parent.name


def extract() -> Catalog:
    """Every text that is marked in the code."""
    with MAPPING.open() as file:
        methods, options = parse_mapping_cfg(file)
    own = {"django": in_django_templates, "toml": in_toml}
    methods = [(pattern, own.get(method, method)) for pattern, method in methods]
    found = extract_from_dir(CHECKOUT, methods, options, keywords=KEYWORDS, comment_tags=["Translators:"],
                             strip_comment_tags=True, directory_filter=is_ours)
    template = Catalog(header_comment=HEADER, charset="utf-8")
    for place, _line, text, comments, context in found:
        template.add(text, None, [(place, None)], auto_comments=comments, context=context)
    return template


def is_ours(folder: str) -> bool:
    """True for the folders of the rooms."""
    return Path(folder).is_relative_to(CHECKOUT / "alongside")


def in_django_templates(file, _keywords, _comment_tags, options) -> Iterator[tuple]:
    """Texts of pages in Django's own template language, which know `{% translate %}` only."""
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        if BLOCK.search(line):
            raise ValueError(f"{file.name}:{number}: write {{% translate %}}; a block of text is not extracted")
        for found in TRANSLATE.finditer(line):
            yield number, "gettext", found["words"], []


def in_toml(file, _keywords, _comment_tags, options) -> Iterator[tuple]:
    """Texts of data that comes with the house: whatever a `label` or `words` says."""
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        if found := SAID.match(line):
            yield number, "gettext", tomllib.loads(line)[found["name"]], []


def update(path: Path, template: Catalog) -> int:
    """Bring a catalogue in step with the template; returns how many texts are not translated."""
    catalogue = load(path)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True)
    catalogue.obsolete.clear()
    write(catalogue, path)
    return sum(not whole(message) for message in texts(catalogue))


def load(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else language(path))


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue the same way every time, so that only changes show: by place, without dates."""
    made = BytesIO()
    write_po(made, catalogue, width=110, sort_by_file=True)
    lines = made.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line[1:].startswith(UNSAID)))


def texts(catalogue: Catalog) -> list[Message]:
    """The messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """The singular and the plurals, or the one text there is."""
    return (text,) if isinstance(text, str) else tuple(text)


def whole(message: Message) -> bool:
    """True when every form is translated and nobody doubts it."""
    return all(forms(message.string or "")) and not message.fuzzy


def placeholders(text: str) -> list[str]:
    """The places in a text that something is put into: ["%(name)s", "{when}"]."""
    return sorted([found[0] for found in PERCENT.finditer(text)] + [found[0] for found in BRACES.finditer(text)])


def keys(catalogue: Catalog) -> set[tuple]:
    """What tells the messages of a catalogue apart."""
    return {(message.context, message.id) for message in texts(catalogue)}


def problems() -> list[str]:
    """Whatever is wrong with the catalogues, one line each."""
    template = load(TEMPLATE)
    found = differences(TEMPLATE, extract(), template)
    for path in catalogues():
        catalogue = load(path)
        found += differences(path, template, catalogue)
        found += [f"{path.relative_to(CHECKOUT)}: {fault}" for message in texts(catalogue)
                  for fault in faults(message, catalogue.num_plurals)]
    return found


def differences(path: Path, wanted: Catalog, held: Catalog) -> list[str]:
    """Which texts a catalogue lacks, and which are not in the code any more."""
    name, wanted, held = path.relative_to(CHECKOUT), keys(wanted), keys(held)
    lacks = [f"{name}: lacks {text!r}; run bin/messages update" for _context, text in sorted(wanted - held, key=str)]
    gone = [f"{name}: {text!r} is gone from the code; run bin/messages update"
            for _context, text in sorted(held - wanted, key=str)]
    return lacks + gone


def faults(message: Message, plurals: int) -> Iterator[str]:
    """What is wrong with one translation."""
    if not whole(message):
        yield f"not translated, or uncertain: {message.id!r}"
        return
    ours, theirs = forms(message.id), forms(message.string)
    if len(theirs) != (plurals if message.pluralizable else 1):
        yield f"has {len(theirs)} forms: {message.id!r}"
    if any(placeholders(text) != placeholders(ours[-1]) for text in theirs):
        yield f"has other placeholders: {message.id!r}"
    if any(edges(text) != edges(ours[-1]) for text in theirs):
        yield f"begins or ends with other blanks: {message.id!r}"


def edges(text: str) -> tuple[str, str]:
    """The blanks before and behind a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def compile_all(force: bool = False) -> bool:
    """Write the .mo files when a catalogue changed or one is missing; True when they were written."""
    wanted = fingerprint()
    there = all(path.with_suffix(".mo").exists() for path in catalogues())
    if not force and there and STAMP.exists() and STAMP.read_text() == wanted:
        return False
    for path in catalogues():
        made = BytesIO()
        write_mo(made, load(path))
        replace(path.with_suffix(".mo"), made.getvalue())
    STAMP.parent.mkdir(exist_ok=True)
    replace(STAMP, wanted.encode())
    return True


def fingerprint() -> str:
    """A print of all catalogues."""
    total = hashlib.sha256()
    for path in catalogues():
        total.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def replace(path: Path, data: bytes) -> None:
    """Write a file in one step, for others may be reading it."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


if __name__ == "__main__":
    sys.exit(main())
