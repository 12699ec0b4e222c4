"""What this room holds of a person: whom they were usually with, and when."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.members.models import TheirMember
from alongside.people.belongings import Belonging, Told, register


class TheirMembers(Belonging):
    """Their members, the earlier ones too."""

    name, order, label = "their_members", 40, gettext_lazy("Usually with")

    def held(self, person_ids):
        """Each with since when."""
        return [Told(what=_("Usually with"), value=each.member.name, at=each.since, by=each.by.name if each.by else "")
                for each in self._of(person_ids)]

    def export(self, person_ids):
        """Each with since when and until when."""
        return [{"member": each.member.name, "since": each.since.isoformat(),
                 "until": each.until.isoformat() if each.until else None} for each in self._of(person_ids)]

    def erase(self, person_ids, how):
        """Gone, however the rest is erased."""
        return TheirMember.objects.filter(person__in=person_ids).delete()[0]

    def _of(self, person_ids):
        rows = TheirMember.objects.filter(person__in=person_ids).select_related("member__person", "by")
        return rows.order_by("since", "id")


register(TheirMembers())
