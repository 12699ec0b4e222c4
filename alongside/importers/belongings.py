"""What is held of a person because they were brought in from a file."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.files.models import File, in_use, sweep_blobs
from alongside.importers.models import BROKEN, DONE, DRAFT, PURPOSE, STOPPED, ImportedRow, PeopleImport
from alongside.people.belongings import Belonging, Kind, Told, register
from alongside.people.telling import Known, known_of


class BroughtIn(Belonging):
    """That a row of a file tells of them; the file itself goes as soon as it was brought in."""

    name, label, order = "imports", gettext_lazy("Brought in from a file"), 80
    kinds = (Kind("imports", gettext_lazy("Files that people were brought in from"), default_days=90),)

    def held(self, person_ids: list[int]) -> list[Told]:
        """From which file, and by whom."""
        return [
            Told(what=_("Brought in from a file"), value=row.bringing.name, at=row.bringing.at, provenance="told",
                 by=row.bringing.by.name)
            for row in self._rows(person_ids)
        ]

    def export(self, person_ids: list[int]) -> list[dict]:
        """The same, as plain values."""
        return [{"file": row.bringing.name, "line": row.line, "at": row.bringing.at.isoformat()}
                for row in self._rows(person_ids)]

    def erase(self, person_ids: list[int], how: str) -> int:
        """Forget which rows told of them, and every file that was not brought in, for it may tell of them too."""
        waiting = PeopleImport.objects.filter(state=DRAFT).delete()[0]
        PeopleImport.objects.filter(state=STOPPED).update(state=DONE, file=None)  # those who came can be taken back
        in_use.among(File.objects.filter(purpose=PURPOSE)).delete()
        sweep_blobs()
        rows = ImportedRow.objects.filter(person__in=person_ids)
        self._forget_words(known_of(person_ids), rows)
        return waiting + rows.update(person=None, print="", added={}, reason="")

    @staticmethod
    def _forget_words(them: Known, rows) -> None:
        """Clear what was wrong with rows that tell of them, and names of files that do, or that hold nobody else."""
        broken = ImportedRow.objects.filter(outcome=BROKEN).exclude(reason="").values_list("id", "reason")
        telling = [id for id, reason in broken.iterator() if them.is_told_of(reason)]
        ImportedRow.objects.filter(id__in=telling).update(reason="")
        others = ImportedRow.objects.filter(person__isnull=False).exclude(id__in=rows.values("id"))
        alone = set(rows.values_list("bringing", flat=True)) - set(others.values_list("bringing", flat=True))
        files = PeopleImport.objects.exclude(name="").values_list("id", "name")
        PeopleImport.objects.filter(
            id__in=[id for id, name in files if id in alone or them.is_told_of(name)]).update(name="")

    def expired(self, kind: str, before: datetime) -> int:
        """How many files are older than that."""
        return PeopleImport.objects.filter(at__lt=before).count()

    def discard(self, kind: str, before: datetime) -> int:
        """Forget them; whoever they brought stays."""
        old = PeopleImport.objects.filter(at__lt=before)
        count = old.count()
        old.delete()
        return count

    @staticmethod
    def _rows(person_ids: list[int]):
        return ImportedRow.objects.filter(person__in=person_ids).select_related("bringing__by").order_by("id")


register(BroughtIn())
