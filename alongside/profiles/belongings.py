"""What this room holds of a person: what they make, answers about them and about that, and what they were asked."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.belongings import DELETE, Belonging, Difference, Item, Kind, Told, register, retell
from alongside.profiles.models import TOLD, VERIFIED, Answer, Asked, Product, Question
from alongside.profiles.models.question import DATE, NUMBER, TEXT

BATCH = 1000
TELLING = (TEXT, DATE, NUMBER)  # kinds of answers from which one may read who it was


class Products(Belonging):
    """What they make or bring. It says by its name whose it is, so it goes with them, whichever way they go."""

    name = "products"
    label = gettext_lazy("What they make or bring")
    order = 29

    def held(self, person_ids: list[int]) -> list[Told]:
        """Each by its name and code, the oldest first."""
        return [Told(what=str(self.label), value=f"{each.name} {each.code}".strip(), at=each.since, provenance="told",
                     by=each.by.name if each.by else "") for each in _made(person_ids)]

    def export(self, person_ids: list[int]) -> list[dict]:
        """The same as plain values."""
        return [{"name": each.name, "code": each.code, "since": each.since.isoformat(),
                 "retired_at": each.retired_at.isoformat() if each.retired_at else None,
                 "written_down_by": each.by.name if each.by else ""} for each in _made(person_ids)]

    def erase(self, person_ids: list[int], how: str) -> int:
        """They go, with what is known of them."""
        _all, by_model = Product.objects.filter(maker__in=person_ids).delete()
        return by_model.get(Product._meta.label, 0)

    def since(self, person_ids: list[int], moment: datetime) -> list[Item]:
        """What was written down after `moment`."""
        return [Item(each.pk, each.name, each.since) for each in _made(person_ids).filter(since__gt=moment)]

    def move(self, ids: list[int], person_id: int) -> int:
        """Say that another makes them; what is known of them goes along."""
        retell("profiles.", "product", ids, person_id)
        return Product.objects.filter(pk__in=ids).update(maker=person_id)


class Answers(Belonging):
    """Answers with their provenance; one that was taken back by its person says nothing any more."""

    name = "profiles"
    label = gettext_lazy("What we know")
    order = 30
    kinds = (Kind("answers", gettext_lazy("Answers to questions")),)

    def held(self, person_ids: list[int]) -> list[Told]:
        """Every answer that says something, the oldest first."""
        return [
            Told(what=answer.words_for_them, value=answer.shown, at=answer.known_at,
                 provenance=answer.provenance, by=answer.by.name if answer.by else "", how=_how(answer),
                 details=_since_then(answer))
            for answer in _theirs(person_ids)
        ]

    def export(self, person_ids: list[int]) -> list[dict]:
        """The same as plain values, with what was asked and not answered."""
        answers = [
            {"question": answer.words, "answer": answer.value.splitlines() if "\n" in answer.value else answer.value,
             "how_we_know": answer.provenance, "how_we_knew_before": answer.was,
             "written_down_by": answer.by.name if answer.by else "", "at": answer.at.isoformat(),
             "confirmed_at": answer.confirmed_at.isoformat() if answer.confirmed_at else None,
             "confirmed_by": answer.confirmed_by.name if answer.confirmed_by else "",
             "state": _state(answer), "set": answer.question.set.name,
             "product": answer.product.name if answer.product else None}
            for answer in _theirs(person_ids)
        ]
        asked = Asked.objects.filter(person__in=person_ids).select_related("question", "product").order_by("at", "id")
        return answers + [{"question_asked": each.question.as_asked, "at": each.at.isoformat(),
                           "outcome": each.outcome, "product": each.product.name if each.product else None}
                          for each in asked]

    def erase(self, person_ids: list[int], how: str) -> int:
        """All of it, or for ANONYMISE what is in own words, a day, a number, or sensitive; the rest names nobody."""
        answers = Answer.objects.held_of(person_ids)
        asked, _by_model = Asked.objects.filter(person__in=person_ids).delete()
        if how == DELETE:
            gone, _by_model = answers.delete()
            return gone + asked
        gone = 0
        for telling in (answers.filter(question__kind__in=TELLING), answers.filter(question__sensitive=True)):
            gone += telling.delete()[0]
        return gone + asked + answers.update(from_message=None, from_visit=None)

    def since(self, person_ids: list[int], moment: datetime) -> list[Item]:
        """Answers about them that were written down after `moment`; those about a product go with it."""
        answers = Answer.objects.filter(person__in=person_ids, at__gt=moment).select_related("question")
        return [Item(answer.pk, f"{answer.words} {answer.shown}".strip(), answer.at)
                for answer in answers.order_by("at", "id")]

    def move(self, ids: list[int], person_id: int) -> int:
        """Give those answers to another person."""
        retell("profiles.", "answer", ids, person_id)
        return Answer.objects.filter(pk__in=ids).update(person_id=person_id)

    def differing(self, kept_ids: list[int], taken_ids: list[int]) -> list[Difference]:
        """Questions to which the two answered otherwise: all of it stands side by side."""
        kept, taken = _values(kept_ids), _values(taken_ids)
        return [Difference(question.words, " · ".join(kept[question]), " · ".join(taken[question]))
                for question in kept if question in taken and set(kept[question]) != set(taken[question])]

    def parted(self, kept_ids: list[int], taken_ids: list[int], since: datetime) -> None:
        """An answer that only gave way to one of the other holds again."""
        for ids in (kept_ids, taken_ids):
            Answer.objects.take_up(ids, since)

    def expired(self, kind: str, before: datetime) -> int:
        """Answers that nobody gave or confirmed since `before`."""
        return Answer.objects.known_before(before).count() if kind == "answers" else 0

    def discard(self, kind: str, before: datetime) -> int:
        """Remove those."""
        gone = 0
        while kind == "answers":
            ids = list(Answer.objects.known_before(before).order_by("pk").values_list("pk", flat=True)[:BATCH])
            gone += Answer.objects.filter(pk__in=ids).delete()[0]
            if len(ids) < BATCH:
                break
        return gone


def _made(person_ids: list[int]):
    return Product.objects.filter(maker__in=person_ids).select_related("by").order_by("since", "id")


def _theirs(person_ids: list[int]):
    answers = Answer.objects.held_of(person_ids).exclude(value="")
    people = ("person", "product__maker", "by", "confirmed_by")
    return answers.select_related("question__set", "product", *people).order_by("at", "id")


def _values(person_ids: list[int]) -> dict[Question, list[str]]:
    """What holds of somebody by each question, in words, the newest first."""
    found = {}
    holding = Answer.objects.filter(person__in=person_ids).current().select_related("question__set")
    for answer in holding.order_by("question__set__name", "question__order", "question_id", "-at", "-id"):
        words = found.setdefault(answer.question, [])
        if answer.shown not in words:
            words.append(answer.shown)
    return found


def _how(answer: Answer) -> str:
    """Who told or looked, as one says it to whom it is about; "" where the provenance says enough."""
    if answer.provenance == TOLD:
        return _("You told us") if answer.is_own else ""
    who = answer.confirmed_by or answer.by
    if answer.provenance != VERIFIED or answer.is_about(who):
        return ""
    return _("%(name)s looked at it together with you") % {"name": who.name} if who else _("We looked at it together")


def _since_then(answer: Answer) -> dict[str, str]:
    """What became of it, in words; nothing of what holds."""
    words = {"earlier": _("another answer took its place"), "taken back": _("we took it back")}.get(_state(answer))
    return {_("since then"): words} if words else {}


def _state(answer: Answer) -> str:
    if answer.withdrawn_at:
        return "taken back"
    return "earlier" if answer.settled_at else "holds"


register(Products())
register(Answers())
