"""Files on their way in, as a lead brings them in on the page."""

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.importers.jobs import bring_in
from alongside.importers.models import DONE, UNDONE, PeopleImport


def upload(desk, text, name="people.csv") -> PeopleImport:
    """The file, looked at and not brought in."""
    raw = text.encode() if isinstance(text, str) else text
    answer = desk.post("/settings/imports", {"file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()
    return PeopleImport.objects.latest("id")


def carried_out(desk, text, name="people.csv") -> PeopleImport:
    """The file, brought in."""
    bringing = upload(desk, text, name)
    desk.post(f"/settings/imports/{bringing.id}/carrying-out")
    bring_in()
    bringing.refresh_from_db()
    assert bringing.state == DONE
    return bringing


def taken_back(desk, bringing: PeopleImport) -> PeopleImport:
    """The import, taken back."""
    desk.post(f"/settings/imports/{bringing.id}/undoing")
    bring_in()
    bringing.refresh_from_db()
    assert bringing.state == UNDONE
    return bringing


def shown(desk, bringing: PeopleImport) -> str:
    """Its page."""
    return desk.get(f"/settings/imports/{bringing.id}").content.decode()
