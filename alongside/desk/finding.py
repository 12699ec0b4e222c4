"""What the palette offers for a few letters: people, products, things to do, and what was said or written."""

from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.desk import commands
from alongside.people.recognising import recognise
from alongside.profiles.finding import products_for

MOST_PEOPLE = 6
MOST_PRODUCTS = 4
MOST_COMMANDS = 8
MOST_SAID = 6


@dataclass(frozen=True)
class Option:
    """One line: where it leads, a drawing, the words, a hint beside them, and the keys that do the same."""

    href: str
    icon: str
    words: str
    hint: str = ""
    keys: str = ""


@dataclass(frozen=True)
class Group:
    """Options of one sort under their heading."""

    id: str
    title: str
    options: list[Option] = field(default_factory=list)
    is_unsure: bool = False  # nothing in it is as it was typed, only like it; what is called so comes before


def groups(request, words: str) -> list[Group]:
    """Everything that fits `words`, the most likely first; with no words, what one does most."""
    fitting = commands.matching(request, words)
    found = [
        _people(request.principal, words),
        Group("products", _("Products"), _products(request.principal, words)),
        Group("do", _("Do"), _commands(request, fitting, words)),
        Group("said", _("Said or written"), _said(request.principal, words)),
    ]
    if found[0].is_unsure and any(not command.takes for command in fitting):
        found.insert(0, found.pop(2))
    return [group for group in found if group.options]


def _people(principal, words: str) -> Group:
    recognised = recognise(principal, words, MOST_PEOPLE) if words else []
    people = [found.person for found in recognised]
    options = [
        Option(reverse("people:person", args=[person.id]), "person", person.name or person.email or _("Someone new"),
               person.full_name if person.full_name != person.name else person.email)
        for person in people
    ]
    return Group("people", _("People"), options, is_unsure=not any(found.fits_as_typed for found in recognised))


def _products(principal, words: str) -> list[Option]:
    return [
        Option(reverse("profiles:product", args=[product.id]), "product", product.name,
               product.code or product.maker.standing().name)
        for product in products_for(principal, words, MOST_PRODUCTS)
    ]


def _commands(request, fitting: list[commands.Command], words: str) -> list[Option]:
    about = [command for command in fitting if command.takes]
    called = [command for command in fitting if not command.takes][:MOST_COMMANDS - len(about)]
    return [
        Option(command.href(request, words), command.icon, str(command.name) % {"words": words}, "", command.keys)
        for command in (*called, *about)
    ]


def _said(principal, words: str) -> list[Option]:
    """What the search room finds, where there is one: its `palette.options(principal, words, limit)`."""
    if not words or not find_spec("alongside.search.palette"):
        return []
    return import_module("alongside.search.palette").options(principal, words, MOST_SAID)
