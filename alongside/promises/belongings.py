"""What this room holds of a person: what was promised to them, and what became of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.belongings import ANONYMISE, Belonging, Item, Kind, Told, register, retell
from alongside.promises import origins
from alongside.promises.models import OPEN, Promise, PromiseChange
from alongside.promises.times import due_words

AT_ONCE = 1000


class Promises(Belonging):
    """Promises with their steps."""

    name, order, label = "promises", 30, gettext_lazy("Promises")
    kinds = (Kind("promises", gettext_lazy("Promises that are settled")),)

    def held(self, person_ids):
        """Each promise with its state in words, and what was said about it."""
        promises = list(self._of(person_ids).select_related("made_by").prefetch_related("changes"))
        places = origins.of(promises)
        return [
            Told(what=_state(promise), value=promise.words, at=promise.made_at, provenance="",
                 by=promise.made_by.name if promise.made_by else "",
                 details={**_made(places.get(promise.id)), **_said(promise)})
            for promise in promises
        ]

    def export(self, person_ids):
        """Every column that says something, with the steps."""
        rows = list(self._of(person_ids).select_related("made_by", "owner__person").prefetch_related("changes__by"))
        places = origins.of(rows)
        return [
            {"words": promise.words, "made_at": promise.made_at.isoformat(), "due_at": promise.due_at.isoformat(),
             "state": promise.state, "made_by": _name(promise.made_by), "kept_by": _name(promise.owner),
             "made_where": places[promise.id].words if promise.id in places else "",
             "steps": [{"kind": step.kind, "at": step.at.isoformat(), "by": _name(step.by), "why": step.why,
                        "amends": step.amends} for step in promise.changes.all()]}
            for promise in rows
        ]

    def erase(self, person_ids, how):
        """Gone, or without any words: that we kept what we said is ours to know, to whom and what is not."""
        promises = Promise.objects.filter(person__in=person_ids)
        if how == ANONYMISE:
            PromiseChange.objects.filter(promise__in=promises).update(why="", amends="")
            promises.filter(state=OPEN).delete()
            return promises.update(words="…", conversation_id=None, message_id=None, visit_id=None)
        count = promises.count()
        promises.delete()
        return count

    def since(self, person_ids, moment):
        """What was promised to them after `moment`."""
        return [Item(promise.id, promise.words, promise.made_at)
                for promise in self._of(person_ids).filter(made_at__gt=moment)]

    def move(self, ids, person_id):
        """Say that they were made to another person."""
        retell("promises.", "promise", ids, person_id)
        return Promise.objects.filter(id__in=ids).update(person=person_id)

    def expired(self, kind, before):
        """How many were settled before then; what is open is never old."""
        return self._settled(before).count()

    def discard(self, kind, before):
        """Remove those."""
        gone = 0
        while ids := list(self._settled(before).values_list("id", flat=True)[:AT_ONCE]):
            Promise.objects.filter(id__in=ids).delete()
            gone += len(ids)
        return gone

    def _of(self, person_ids):
        return Promise.objects.filter(person__in=person_ids).order_by("made_at", "id")

    def _settled(self, before):
        return Promise.objects.exclude(state=OPEN).filter(settled_at__lt=before)


def _name(who) -> str:
    return who.name if who else ""


def _state(promise: Promise) -> str:
    return {"open": _("We promised you"), "kept": _("We kept what we promised"),
            "broken": _("We did not keep what we promised")}.get(promise.state, _("Not wanted any more"))


def _made(origin: origins.Origin | None) -> dict:
    return {_("where it was said"): origin.words} if origin else {}


def _said(promise: Promise) -> dict:
    if promise.state == OPEN:
        return {_("by when"): due_words(promise)}
    last = max(promise.changes.all(), key=lambda step: (step.at, step.id), default=None)
    told = {_("why"): last.why, _("what was done about it"): last.amends} if last else {}
    return {name: value for name, value in told.items() if value}


register(Promises())
