"""What of their card a person writes themself: what matters to them, their language, birthday and time zone."""

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.people.birthdays import born_of
from alongside.people.correcting import Correctable, Line, register
from alongside.people.models import MOST_LETTERS, Person
from alongside.people.zones import zone_of

WHAT_MATTERS, LANGUAGE, BORN, ZONE = 1, 2, 3, 4


class Card(Correctable):
    """Four lines of the card; `people.described` is recorded as by themself."""

    name, order = "card", 10

    def lines(self, person):
        """What stands there now."""
        return [Line(WHAT_MATTERS, _("What we should know before we say good morning"), person.what_matters, long=True),
                Line(LANGUAGE, _("The language we speak with you"), person.language,
                     choices=tuple(settings.LANGUAGES)),
                Line(BORN, _("The day you were born, if we may know it"), str(person.born or ""), kind="date",
                     autocomplete="bday"),
                Line(ZONE, _("Your time zone, such as Europe/Lisbon, so that nobody rings you at night"), person.zone)]

    def correct(self, person: Person, id: int, value: str) -> bool:
        """Have it as they say."""
        value = value.strip()
        if len(value) > MOST_LETTERS:
            raise ValueError(_("At most %(most)d letters, please.") % {"most": MOST_LETTERS})
        if id == WHAT_MATTERS:
            person.describe(by=person, what_matters=value)
        elif id == LANGUAGE:
            if value and value not in dict(settings.LANGUAGES):
                raise ValueError(_("We do not speak that language yet."))
            person.describe(by=person, language=value)
        elif id == BORN:
            person.describe(by=person, born=born_of(value) or "")
        elif id == ZONE:
            person.describe(by=person, zone=zone_of(value))
        return id in (WHAT_MATTERS, LANGUAGE, BORN, ZONE)


register(Card())
