"""Bringing people in: the file, what its columns mean, what would happen, what happened, and taking it back."""

import csv

from babel.numbers import format_decimal
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.files.models import File, sweep_blobs
from alongside.importers import tables, vcards
from alongside.importers.fields import guess
from alongside.importers.forms import FileForm, MappingForm
from alongside.importers.jobs import put_in_line
from alongside.importers.models import BROKEN, DRAFT, PURPOSE, VCARD, PeopleImport
from alongside.importers.previewing import preview
from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.look.times import reader_locale

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def imports(request):
    """The files that people were brought in from, and a field for another."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("importers:one", _started(request, form).id)
        except tables.NotATable as wrong:
            form.add_error("file", words_of(wrong))
    newest = PeopleImport.objects.select_related("by").order_by("-at")[:30]
    return answer(request, "importers/imports.html", {"form": form, "imports": newest})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def one(request, id):
    """One file: how it is read and what would happen; once it was brought in, what happened."""
    bringing = get_object_or_404(PeopleImport.objects.select_related("file", "by"), pk=id)
    if bringing.state != DRAFT or bringing.file is None:
        broken = bringing.rows.filter(outcome=BROKEN).order_by("line")
        return render(request, "importers/done.html", {
            "bringing": bringing, "counts": bringing.counts(), "broken": broken[:50],
            "progress": bringing.progress(), "grouped": grouped,
            "people": bringing.rows.exclude(person=None).select_related("person").order_by("line")[:50]})
    raw = bringing.file.read()
    form = _mapping_form(request, bringing, raw)
    if form and request.method == "POST" and form.is_valid():
        bringing.mapping, bringing.day_first = form.mapping, form.cleaned_data["day_first"]
        bringing.save(update_fields=["mapping", "day_first"])
        return redirect("importers:one", bringing.id)
    seen = preview(bringing, raw) if not (form and form.errors) else None
    return answer(request, "importers/mapping.html", {"bringing": bringing, "form": form, "seen": seen})


@require_POST
@members_only(role="lead")
def carry_out(request, id):
    """Bring in what the preview showed."""
    bringing = get_object_or_404(PeopleImport, pk=id)
    if bringing.begin():
        put_in_line()
    return redirect("importers:one", bringing.id)


@require_POST
@members_only(role="lead")
def stop(request, id):
    """Bring in no more for now."""
    get_object_or_404(PeopleImport, pk=id).stop()
    return redirect("importers:one", id)


@require_POST
@members_only(role="lead")
def take_back(request, id):
    """Undo an import; its page says how far that is."""
    bringing = get_object_or_404(PeopleImport, pk=id)
    if bringing.take_back():
        sweep_blobs()
        put_in_line()
    return redirect("importers:one", bringing.id)


@require_safe
@members_only(role="lead")
def broken(request, id):
    """The rows that were not brought in, with their line and reason, as a table to mend and bring in again."""
    bringing = get_object_or_404(PeopleImport, pk=id)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="not-brought-in-{bringing.id}.csv"'})
    writer = csv.writer(response)
    writer.writerow([_("Line"), _("Why it was left out")])
    for row in bringing.rows.filter(outcome=BROKEN).order_by("line"):
        writer.writerow([row.line, defused(row.reason)])
    return response


def defused(cell: str) -> str:
    """The cell as text even for a program that would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def grouped(number: int) -> str:
    """A number as the reader writes it: 3,953."""
    return format_decimal(number, "#,##0", locale=reader_locale())


def words_of(wrong: tables.NotATable) -> str:
    """Why a file cannot be read."""
    return {
        "empty": _("There is nobody in this file."),
        "binary": _("This is no table of text. Save it as CSV first, then choose that file."),
        "too_long": _("This file has more than 100,000 rows. Cut it into several, please."),
        "too_wide": _("This file has more than 200 columns. Is it a table of people?"),
    }[wrong.reason]


def _started(request, form: FileForm) -> PeopleImport:
    given, kind = form.cleaned_data["file"], form.kind
    raw = given.read()
    if kind == VCARD:
        mapping, whole = {}, len(vcards.read(raw))
    else:
        table = tables.read(raw)
        mapping, whole = guess(table.headings), len(table.rows)
    by = request.member.person
    file = File.keep(raw, name=given.name, by=by, purpose=PURPOSE)
    return PeopleImport.objects.create(file=file, name=file.name, kind=kind, mapping=mapping, whole=whole, by=by)


def _mapping_form(request, bringing: PeopleImport, raw: bytes) -> MappingForm | None:
    if bringing.kind == VCARD:
        return None
    headings = tables.read(raw).headings
    if request.method == "POST":
        return MappingForm(headings, request.POST)
    return MappingForm(headings, initial={**bringing.mapping, "day_first": "day" if bringing.day_first else "month"})
