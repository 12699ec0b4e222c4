"""Reads what was noted of several kinds at once, each row as the model it is, with who noted it."""

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from alongside.moments.models import ALL, Had, Moment, MomentKind, Mood, Note, Noted
from alongside.people.models import Person

_MODELS = {model.NAME: model for model in ALL}
_SAID = {Had: ("what", "usual"), Moment: ("kind_id", "words"), Mood: ("mood", ""), Note: ("text", "")}
_COLUMNS = ("name", "id", "person_id", "at", "visit", "by_id", "by__called", "by__full_name", "said", "more")


def read(*several: QuerySet) -> list[Noted]:
    """The rows of these querysets of moments, moods, what was had and notes; each may be ordered and cut.

    One query, and one more for the kinds of moments where there are any.
    """
    first, *others = (_plain(rows) for rows in several)
    found = [_row(*values) for values in first.union(*others, all=True)]
    moments = [row for row in found if isinstance(row, Moment) and row.kind_id]
    kinds = MomentKind.objects.in_bulk({row.kind_id for row in moments}, field_name="key") if moments else {}
    for row in moments:
        row.kind = kinds[row.kind_id]
    return found


def _plain(rows: QuerySet) -> QuerySet:
    """The same columns, whatever was noted: what it says as one or two texts."""
    said, more = _SAID[rows.model]
    named = rows.annotate(name=Value(rows.model.NAME), said=Cast(said, TextField()),
                          more=Cast(more, TextField()) if more else Value(""))
    return named.values_list(*_COLUMNS)


def _row(name, id, person_id, at, visit, by_id, called, full_name, said, more) -> Noted:
    model = _MODELS[name]
    fields = dict(zip(_SAID[model], (said, more), strict=True))
    fields.pop("", None)
    if model is Had:
        fields["usual"] = more == "true"
    if model is Moment:
        fields["kind_id"] = said or None
    by = Person(pk=by_id, called=called, full_name=full_name) if by_id else None
    return model(pk=id, person_id=person_id, at=at, visit=visit, by=by, **fields)
