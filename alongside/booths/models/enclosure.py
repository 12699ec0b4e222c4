"""A file that somebody laid on the table."""

from django.db import models, transaction
from django.utils import timezone

from alongside.booths.models.booth import Booth, Full
from alongside.booths.models.participant import Participant
from alongside.events.models import record
from alongside.files.models import File, in_use

MOST_FILES = 200
MOST_BYTES = 500 * 1024 * 1024  # of all that was ever laid on one table


class BoothFileQuerySet(models.QuerySet):
    """Files by who may see them."""

    def visible_to(self, principal):
        """Whoever sees the booth sees what lies in it."""
        return self.filter(booth__in=Booth.objects.visible_to(principal))

    def standing(self):
        """Those that were not taken off."""
        return self.filter(removed_at=None).order_by("id")


class BoothFile(models.Model):
    """One file, from either side. `in_page`: it is shown in the notes or on the sketch, not in the list of files."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    in_page = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=64, blank=True)

    objects = BoothFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booth", "once"], name="booth_file_once", condition=~models.Q(once="")),
        ]

    def __str__(self):
        return self.file.name

    @classmethod
    def lay(cls, booth: Booth, file: File, *, by: Participant, in_page: bool = False, once: str = "") -> "BoothFile":
        """Lay a file on the table. Records `booth.file_added`. Raises NotOpen, Full when there are too many."""
        with transaction.atomic():
            booth.hold().refuse_ended()
            known = once and cls.objects.filter(booth=booth, once=once).first()
            if known:
                return known
            lying = cls.objects.filter(booth=booth).aggregate(number=models.Count("id"), size=models.Sum("file__size"))
            if lying["number"] >= MOST_FILES or (lying["size"] or 0) + file.size > MOST_BYTES:
                raise Full("there are as many files as a page holds")
            laid = cls.objects.create(booth=booth, file=file, by=by, in_page=in_page, once=once)
            record("booth.file_added", by=by.person, subject=booth.person, data=booth.ids(file=file.id))
            booth.tell("files")
        return laid

    def remove(self, *, by: Participant) -> None:
        """Take it off the table. A second time is harmless."""
        with transaction.atomic():
            self.booth.hold().refuse_ended()
            if BoothFile.objects.filter(pk=self.pk, removed_at=None).update(removed_at=timezone.now()):
                record("booth.file_removed", by=by.person, subject=self.booth.person,
                       data=self.booth.ids(file=self.file_id))
                self.booth.tell("files")


@in_use.register
def files_on_tables():
    """Files that lie, or lay, in a booth."""
    return BoothFile.objects.values("file")
