"""People and their identities."""

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router, Status
from ninja.params import Path

from alongside.api.operations import answers, needs
from alongside.api.pages import page
from alongside.api.problems import Problem, not_found
from alongside.api.resources import loading
from alongside.api.schemas.base import Id, Paging, words
from alongside.api.schemas.people import Identity, NewIdentity, NewPerson, People, PersonChange
from alongside.api.schemas.people import Person as PersonShape
from alongside.lib.keyset import BadCursor
from alongside.people import listing
from alongside.people.birthdays import born_of
from alongside.people.models import Person
from alongside.people.reaching import stop_reaching
from alongside.people.renewing import once

router = Router(tags=["people"])


class PeopleAsked(Paging):
    """Which people to list."""

    q: words(200, description="The beginnings of a name or an address.") = ""


@router.get("/people", **answers(People), **needs("people:read"))
def list_people(request, response: HttpResponse, asked: Query[PeopleAsked]):
    """People by name; with `q`, those whose name or address begins so (the first page only)."""
    try:
        if asked.q.strip():
            found, after = listing.beginning_with(request.principal, asked.q, asked.limit), None
        else:
            found, after = listing.page(request.principal, asked.cursor, asked.limit)
    except BadCursor:
        raise Problem(400, "not-valid", "This cursor was not made by us, or is damaged.") from None
    return page(request, response, [shape_of(person) for person in found], after)


@router.post("/people", **answers(PersonShape, 201), **needs("people:write"))
def write_down_person(request, response: HttpResponse, given: NewPerson):
    """Write down someone new. Nobody is looked up: the same address may belong to several people."""
    by = request.member.person
    with once():
        person = Person.meet(called=given.called, full_name=given.full_name, by=by)
        for identity in given.identities:
            person.reach_at(identity.kind, identity.value, provenance=identity.provenance, by=by)
        described = _described(given)
        if any(described.values()):
            person.describe(by=by, **described)
    response["Location"] = f"{request.path}/{person.id}"
    return Status(201, shape_of(loading.person(request, person.id)))


@router.get("/people/{int:id}", **answers(PersonShape), **needs("people:read"))
def read_person(request, id: Path[Id]):
    """One person; one who was merged into another answers as that one, whose `merged` names them."""
    return shape_of(loading.person(request, id))


@router.patch("/people/{int:id}", **answers(PersonShape), **needs("people:write"))
def change_person(request, id: Path[Id], given: PersonChange):
    """Call someone otherwise, or note what matters to them, their zone, language and birthday."""
    person, by = loading.person(request, id), request.member.person
    with transaction.atomic():
        if given.called is not None or given.full_name is not None:
            called = person.called if given.called is None else given.called
            full_name = person.full_name if given.full_name is None else given.full_name
            person.rename(called=called, full_name=full_name, by=by)
        described = _described(given)
        if described:
            person.describe(by=by, **described)
    return shape_of(person)


@router.post("/people/{int:id}/identities", **answers(Identity, 201), **needs("people:write"))
def add_identity(request, id: Path[Id], given: NewIdentity):
    """Add an address; one that the person has already is found, not doubled."""
    person = loading.person(request, id)
    identity = person.reach_at(given.kind, given.value, provenance=given.provenance, by=request.member.person)
    return Status(201, identity)


@router.delete("/people/{int:id}/identities/{int:identity_id}", **answers(None, 204), **needs("people:write"))
def remove_identity(request, id: Path[Id], identity_id: Path[Id]):
    """Take an address off a person; what was said from there stays."""
    person = loading.person(request, id)
    identity = next((one for one in person.reached if one.id == identity_id), None)
    if identity is None:
        raise not_found()
    stop_reaching(identity, by=request.member.person)
    return Status(204, None)


def _described(given: NewPerson | PersonChange) -> dict:
    """What is told of them besides their names, as `Person.describe` takes it."""
    told = given.dict(include={"what_matters", "zone", "language", "born"}, exclude_none=True)
    return told | ({"born": born_of(told["born"]) or ""} if "born" in told else {})


def shape_of(person: Person) -> dict:
    """A person as the API shows them."""
    columns = ("id", "name", "called", "full_name", "what_matters", "zone", "language", "since")
    return {name: getattr(person, name) for name in columns} | {
        "kind": person.kind, "born": person.born, "merged": person.cluster_ids[1:], "identities": person.reached}
