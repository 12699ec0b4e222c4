"""People over the API: the same verbs as on the screens."""

from alongside.events.models import Event


def test_write_down_read_change(program, owner):
    mine = program(owner)
    made = mine("post", "/people", {"called": "Ida", "full_name": "Ida Okafor", "zone": "Europe/Oslo",
                                    "identities": [{"kind": "email", "value": "ida@okafor.example"}]})  # fmt: skip
    assert made.status_code == 201 and made["Location"] == f"/api/v1/people/{made.data['id']}"
    read = mine("get", made["Location"])
    assert read.data == made.data
    assert read.data["name"] == "Ida" and read.data["identities"][0]["value"] == "ida@okafor.example"
    changed = mine("patch", made["Location"], {"called": "Idi", "what_matters": "Likes oat milk", "born": "1988-05-03"})
    assert changed.data["born"] == "1988-05-03" and mine("patch", made["Location"], {"born": ""}).data["born"] is None
    for no_day in ("2988-05-03", "19880503", "1988-W05-1", "soon", 1988):
        refused = mine("patch", made["Location"], {"born": no_day})
        assert refused.status_code == 400 and len(refused.data["errors"]) == 1, no_day
    assert (changed.data["called"], changed.data["full_name"]) == ("Idi", "Ida Okafor")
    told = Event.objects.filter(subject_id=made.data["id"], actor_id=owner.person_id)
    kinds = set(told.values_list("kind", flat=True))
    assert kinds >= {"people.met", "people.identity_added", "people.described", "people.renamed"}


def test_identities_come_and_go(program, owner, joe, ryan):
    mine = program(owner)
    added = mine("post", f"/people/{joe.id}/identities", {"kind": "phone", "value": "+49 30 901820"})
    again = mine("post", f"/people/{joe.id}/identities", {"kind": "phone", "value": "+49 (30) 901820"})
    assert added.status_code == again.status_code == 201 and added.data["id"] == again.data["id"]
    assert mine("delete", f"/people/{ryan.id}/identities/{added.data['id']}").status_code == 404
    assert mine("delete", f"/people/{joe.id}/identities/{added.data['id']}").status_code == 204
    assert [i["kind"] for i in mine("get", f"/people/{joe.id}").data["identities"]] == ["email"]


def test_pages_and_their_links(program, owner, joe, ryan, austin):
    mine, names, path = program(owner), [], "/people?limit=2"
    for _ in range(9):
        answer = mine("get", path)
        names += [person["name"] for person in answer.data["items"]]
        if not answer.data["next"]:
            assert "Link" not in answer
            break
        link, rel = answer["Link"].split("; ")
        assert rel == 'rel="next"'
        path = link.strip("<>")
    assert names == ["Austin", "Joe", "Marta", "Ryan"]


def test_finding_by_the_beginning_of_a_name(program, owner, joe, ryan):
    assert [p["name"] for p in program(owner)("get", "/people?q=hal").data["items"]] == ["Joe"]


def test_a_damaged_cursor_and_a_wrong_limit(program, owner):
    for query in ("cursor=xyz", "limit=0", "limit=1000", "limit=x", "cursor=%00"):
        assert program(owner)("get", f"/people?{query}").status_code == 400


def test_nobody_is_written_down_who_could_never_be_found(program, owner):
    mine = program(owner)
    for given, said in (
            ({}, "at least one of them says who it is"), ({"called": "  "}, "at least one of them"),
            ({"identities": [{"kind": "email", "value": "not an address"}]}, "not a mail address"),
            ({"identities": [{"kind": "phone", "value": "call me"}]}, "not a phone number"),
            ({"called": "Ida", "language": "!!"}, "language")):
        answer = mine("post", "/people", given)
        assert answer.status_code == 400, given
        assert said in answer.content.decode(), given
