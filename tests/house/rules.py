"""What a line of the table of principals is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """One line of the table."""

    who: str
    answers: dict[str, int]
    arguments: dict[str, str] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)
    sends: dict[str, str] = field(default_factory=dict)
    tells: dict | None = None
    asks: str = ""
    blind: bool = False


def page(who: str, *, outside=None, sends=None, tells=None, asks="", blind=False, **more) -> Page:
    """A line: methods are written in capitals, arguments of the address in small letters."""
    answers = {name: status for name, status in more.items() if name.isupper()}
    arguments = {name: thing for name, thing in more.items() if not name.isupper()}
    return Page(who, answers, arguments, outside or {}, sends or {}, tells, asks, blind)


def form() -> Page:
    """A page of allauth for everyone; those who are signed in are led on."""
    return page("all", GET=302, POST=302, PUT=302, DELETE=302, outside={"GET": 200, "POST": 200, "PUT": 200})
