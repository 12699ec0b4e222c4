"""What this room holds of a person: whom they were usually with, and when."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.members.models import TheirMember
from alongside.people.belongings import Belonging, Difference, Item, Told, register


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

    def differing(self, kept_ids, taken_ids):
        """Two of them, where only one is offered first."""
        kept, taken = TheirMember.among(kept_ids), TheirMember.among(taken_ids)
        if not kept or not taken or kept == taken:
            return []
        return [Difference(_("Usually with"), kept.name, taken.name, choice=self.name)]

    def merged(self, kept_ids, taken_ids, shows_taken, at):
        """Whoever was not chosen is theirs no more, until the two are parted."""
        if self.differing(kept_ids, taken_ids):
            TheirMember.end(kept_ids if self.name in shows_taken else taken_ids, at)

    def parted(self, kept_ids, taken_ids, since):
        """Each has theirs again."""
        TheirMember.part(kept_ids, taken_ids, since)

    def since(self, person_ids, moment):
        """Who was chosen after `moment`."""
        rows = self._of(person_ids).filter(since__gt=moment)
        return [Item(each.pk, _("Usually with %(member)s") % {"member": each.member.name}, each.since) for each in rows]

    def move(self, ids, person_id):
        """They are somebody else's."""
        return TheirMember.objects.filter(pk__in=ids).update(person=person_id)

    def _of(self, person_ids):
        rows = TheirMember.objects.filter(person__in=person_ids).select_related("member__person", "by")
        return rows.order_by("since", "id")


register(TheirMembers())
