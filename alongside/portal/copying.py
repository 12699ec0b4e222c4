"""Packing all that we hold of a person: as data, as a page that needs nothing else, their files and their mail."""

import json
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q, Sum
from django.template.loader import render_to_string
from django.utils import timezone, translation
from markupsafe import Markup

from alongside.booths.models import BoothFile
from alongside.booths.record import renderings
from alongside.booths.record.answering import name_of, record_of
from alongside.channels.email.belongings import raw_of
from alongside.conversations.models import Enclosure
from alongside.files.models import File
from alongside.lib.child import ChildError
from alongside.members.models import Organisation
from alongside.members.zones import language_of, zone_of
from alongside.people import belongings
from alongside.people.models import Address, Person
from alongside.portal import page
from alongside.portal.models import Copy
from alongside.portal.models.copy import KEPT

log = logging.getLogger(__name__)

PURPOSE = "my_page_copy"
AT_ONCE = 4 * 1024 * 1024  # bytes of files up to which a copy is packed while the person waits
FEW = 500  # things up to which it is
STYLE = Markup("""<style>
body { font: 1rem/1.6 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
body { color: #1f2328; background: #fff; }
h2 { margin-top: 2.5rem; } dt { color: #57606a; margin-top: 1rem; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.how { color: #57606a; font-size: 0.875rem; }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #16181b; } dt, .how { color: #a9b1ba; } }
</style>""")


def ask(person: Person) -> Copy:
    """Begin a copy; a small one is packed when this returns, a large one by a job."""
    from alongside.portal.jobs import pack_copy

    copy = Copy.objects.create(person=person)
    weight = files_of(person.cluster_ids).aggregate(bytes=Sum("size"))["bytes"] or 0
    if weight <= AT_ONCE and sum(each.count(person.cluster_ids) for each in belongings.every()) <= FEW:
        pack(copy)
    else:
        transaction.on_commit(lambda: pack_copy.defer(copy_id=copy.id))
    return copy


def pack(copy: Copy) -> None:
    """Pack it, in the language and zone of its person."""
    person, house = copy.person, Organisation.ours()
    language = language_of(person.language, house.language) or translation.get_language()
    with translation.override(language), timezone.override(zone_of(person.zone, house.zone)):
        with tempfile.TemporaryFile() as whole:
            _write(whole, person, house)
            whole.seek(0)
            with transaction.atomic():
                file = File.keep(whole, name="my-page.zip", content_type="application/zip", purpose=PURPOSE)
                Copy.objects.filter(pk=copy.pk).update(file=file)
    copy.file = file


def forget_old() -> int:
    """Remove the copies whose day is over. Returns how many."""
    old = list(Copy.objects.filter(asked_at__lt=timezone.now() - KEPT).select_related("file"))
    for copy in old:
        copy.forget()
    return len(old)


def everything(person: Person, house: Organisation) -> dict:
    """All of it as plain data."""
    ids = person.cluster_ids
    return {
        "house": house.name, "made_at": timezone.now(), "zone": timezone.get_current_timezone_name(), "id": person.id,
        "people": [_about(each) for each in Person.objects.filter(id__in=ids).order_by("id")],
        "reached_at": [{"kind": each.kind, "value": each.value, "provenance": each.provenance,
                        "verified_at": each.verified_at, "since": each.added_at} for each in page.reached_at(person)],
        "addresses": list(Address.objects.filter(person__in=ids).order_by("id").values(
            "street", "postcode", "city", "country", "provenance", "added_at")),
        "rooms": {each.name: {"label": str(each.label), "items": each.export(ids)} for each in belongings.every()},
        "files": [{"name": in_copy(file), "kind": file.content_type, "bytes": file.size} for file in files_of(ids)],
    }


def files_of(ids: list[int]):
    """Every file that lies in their conversations, notes included, or their booths, or that they brought."""
    enclosed = Enclosure.objects.filter(message__conversation__person__in=ids).values("file_id")
    laid = BoothFile.objects.filter(Q(booth__person__in=ids) | Q(by__person__in=ids)).values("file_id")
    theirs = Q(id__in=enclosed) | Q(id__in=laid) | Q(by__in=ids)
    return File.objects.filter(theirs).exclude(purpose=PURPOSE).order_by("id")


def in_copy(file: File) -> str:
    """Where a file lies in the copy: its number keeps two of one name apart."""
    return f"files/{file.id}-{file.name}"


def _about(person: Person) -> dict:
    names = ("id", "called", "full_name", "what_matters", "born", "zone", "language", "since")
    return {name: getattr(person, name) for name in names}


def _plain(value) -> str:
    """A day or a moment in whole, as the page and every room write it."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _write(whole, person: Person, house: Organisation) -> None:
    data = everything(person, house)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("everything.json", json.dumps(data, default=_plain, indent=1, ensure_ascii=False))
        packed.writestr("my-page.html", readable(person, house, data))
        for booth in page.booths_of(person):
            for name, content in _records(booth):
                packed.writestr(name, content)
        for file in files_of(person.cluster_ids).select_related("blob").iterator():
            with packed.open(in_copy(file), "w", force_zip64=True) as inside:
                for piece in file.chunks():
                    inside.write(piece)
        for mail in raw_of(person.cluster_ids).only("id", "raw").iterator(chunk_size=20):
            packed.writestr(f"mail/{mail.id}.eml", bytes(mail.raw))


def _records(booth) -> Iterator[tuple[str, str]]:
    """What both sides keep of a page: its words, and what was drawn. One that cannot be read is left out."""
    try:
        record = record_of(booth)
    except ChildError:
        log.exception("The record of booth %s could not be packed", booth.id)
        return
    where = f"pages/{booth.id}-{name_of(record)}"
    yield f"{where}/record.md", renderings.markdown(record)
    if drawn := renderings.sketch(record):
        yield f"{where}/sketch.svg", drawn


def readable(person: Person, house: Organisation, data: dict) -> str:
    """All of it as a page that loads nothing and runs nothing."""
    sections = [page.Section(each.name, each.their_label, each.held(person.cluster_ids)) for each in belongings.every()]
    return render_to_string("portal/copy.html", {
        "style": STYLE, "person": person, "house": house.name, "data": data, "known": page.KNOWN,
        "reached": page.reached_at(person), "openings": page.openings(person, most=None),
        "card": [told for section in sections if section.name == "card" for told in section.told],
        "sections": [section for section in sections if section.told and section.name not in page.OF_THE_CARD],
    })
