"""Where promises were made that were made at a visit."""

from alongside.look.environment import url_if
from alongside.promises.origins import Origin, Origins, register
from alongside.visits.models import Visit


class AtVisits(Origins):
    """At the counter, on the phone, on site."""

    def place(self, given, person, principal):
        """The visit, if it is theirs."""
        theirs = Visit.objects.visible_to(principal).of(person).filter(pk=given.get("visit") or 0)
        return {"visit_id": given["visit"]} if theirs.exists() else {}

    def tell(self, promises, principal):
        """How they came and where, with the way to the visit's page."""
        ids = {promise.visit_id for promise in promises} - {None}
        seen = Visit.objects.all() if principal is None else Visit.objects.visible_to(principal)
        visits = seen.select_related("location").in_bulk(ids) if ids else {}
        return {promise.id: Origin(_words(visits[promise.visit_id]), _way(promise.visit_id, principal))
                for promise in promises if promise.visit_id in visits}


def _words(visit: Visit) -> str:
    how = str(visit.get_kind_display())
    return f"{how}, {visit.location.name}" if visit.location else how


def _way(id: int, principal) -> str:
    return (url_if("counter:visit", id) or "") if principal and principal.serves else ""


register(AtVisits())
