"""Reads what was noted of several kinds in one query, each row as the model it is, with who noted it."""

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from alongside.moments.models import ALL, Had, Moment, Mood, Note, Noted
from alongside.people.models import Person

_MODELS = {model.NAME: model for model in ALL}
_SAID = {Had: ("what", "usual"), Moment: ("kind", "words"), Mood: ("mood", ""), Note: ("text", "")}
_COLUMNS = ("name", "id", "person_id", "at", "visit", "by_id", "by__called", "by__full_name", "said", "more")


def read(*several: QuerySet) -> list[Noted]:
    """The rows of these querysets of moments, moods, what was had and notes; each may be ordered and cut."""
    first, *others = (_plain(rows) for rows in several)
    return [_row(*values) for values in first.union(*others, all=True)]


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
    by = Person(pk=by_id, called=called, full_name=full_name) if by_id else None
    return model(pk=id, person_id=person_id, at=at, visit=visit, by=by, **fields)
