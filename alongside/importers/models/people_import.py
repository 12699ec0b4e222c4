"""One file of people that a member brings in."""

from django.db import models, transaction
from django.utils import timezone

from alongside.files.models import File, in_use
from alongside.people.models import Person

CSV, VCARD = "csv", "vcard"
PURPOSE = "import"  # of the files that people are brought in from
DRAFT, RUNNING, STOPPED, DONE, UNDOING, UNDONE = "draft", "running", "stopped", "done", "undoing", "undone"
STATES = (DRAFT, RUNNING, STOPPED, DONE, UNDOING, UNDONE)


class PeopleImport(models.Model):
    """A file, how its columns are read, and what became of it.

    `mapping` gives a field for each column (CSV), by its place; `day_first` says how 03/04/1961 is read.
    `whole` is how many rows the file has (0 where that was not counted), those that cannot be read among them.
    Taking it back begins at the last row; `undone_to` is the line to which that has come.
    """

    file = models.ForeignKey(File, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=5, choices=[(CSV, "CSV"), (VCARD, "vCard")])
    mapping = models.JSONField(default=dict)
    day_first = models.BooleanField(default=True)
    state = models.CharField(max_length=7, default=DRAFT, choices=[(s, s) for s in STATES])
    whole = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_to = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="import_newest")]

    def __str__(self):
        return self.name

    def begin(self) -> bool:
        """Have it brought in, or go on with it; False when that was said before, or the file is not there any more."""
        return self._turn((DRAFT, STOPPED), state=RUNNING) if self.file_id else False

    def stop(self) -> bool:
        """Bring in no more of it for now; what came in stays. False when it does not run."""
        return self._turn((RUNNING,), state=STOPPED, done_at=timezone.now())

    def take_back(self) -> bool:
        """Have what it put in taken out, and let the file go; False when nothing is in, or that was said before."""
        with transaction.atomic():
            if not self._turn((DONE, STOPPED), state=UNDOING):
                return False
            self.let_file_go()
        return True

    def let_file_go(self) -> None:
        """Hold on to the file no longer; whoever wants to be forgotten shall not be found in it. Sweep blobs after."""
        file, self.file = self.file, None
        self.save(update_fields=["file"])
        if file:
            in_use.among(File.objects.filter(pk=file.pk)).delete()

    def _turn(self, states, **more) -> bool:
        return PeopleImport.objects.filter(pk=self.pk, state__in=states).update(**more) > 0

    def claim(self, state: str) -> bool:
        """Hold it for this transaction, if it is in `state` and nobody else holds it."""
        free = PeopleImport.objects.select_for_update(skip_locked=True).filter(pk=self.pk, state=state)
        return bool(free.values_list("pk", flat=True))

    def progress(self) -> tuple[int, int] | None:
        """How many rows are dealt with, and of how many, while it goes on."""
        if self.state in (RUNNING, STOPPED):
            return (self.rows.count(), self.whole) if self.whole else None
        if self.state != UNDOING:
            return None
        done = 0 if self.undone_to is None else self.rows.filter(line__gte=self.undone_to).count()
        return done, self.rows.count()

    def counts(self) -> dict[str, int]:
        """How many rows came to which end."""
        found = self.rows.order_by().values("outcome").annotate(many=models.Count("id"))
        return {each["outcome"]: each["many"] for each in found}


@in_use.register
def files_of_imports():
    """The ids of files from which people are still to be brought in."""
    return PeopleImport.objects.filter(file__isnull=False).values("file_id")
