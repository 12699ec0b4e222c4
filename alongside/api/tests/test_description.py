"""The description is true: what it promises is what comes back, for whatever a program may think of sending."""

import json
from urllib.parse import quote

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from alongside.api import throttling
from alongside.api.root import api
from alongside.booths.models import Booth, BoothFile, BoothLink, Participant, Step
from alongside.conversations.models import Conversation
from alongside.conversations.tagging import tag
from alongside.conversations.writing import Address, receive
from alongside.files.models import File
from alongside.keys.models import SCOPES

WITHOUT_A_KEY = "/api/v1/booths/join"  # who has a link's token needs none


def operations():
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
    return [operation.ok() for operation in schema.get_all_operations()]


def test_every_operation_names_its_errors_and_its_scope():
    described = api.get_openapi_schema()
    for path, methods in described["paths"].items():
        for method, about in methods.items():
            assert set(about["responses"]) >= {400, 401, 403, 404, 429}, (method, path)
            assert about["responses"][404]["content"].keys() == {"application/problem+json"}
            assert about["operationId"] and about["summary"]
            if path == WITHOUT_A_KEY:
                assert about["security"] == [] and "x-scope" not in about
                continue
            assert about["security"]
            assert path == "/api/v1/me" or about["x-scope"] in SCOPES, path


def test_anyone_may_read_it_and_it_is_a_page_too(client):
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
    page = client.get("/api/v1/docs").content.decode()
    assert "/api/v1/conversations/{id}/messages" in page and "people:read" in page and 'id="not-found"' in page


@pytest.fixture
def real(joe, cafe, lena):
    """Ids that exist, by the beginning of the path they belong to."""
    conversation = Conversation.start(inbox=cafe, person=joe, subject="Beans")
    lies = File.keep(b"beans, please", name="list.txt", by=joe)
    message = receive(conversation, author=joe, sender=Address(joe.email), text="Do you have beans?",
                      files=[(lies, "", False)])
    booth = Booth.open(by=lena.person, person=joe)
    place, link = Participant.sit_down(booth, lena), BoothLink.make(booth, by=lena.person)[0]
    word = tag(conversation, "beans", by=lena.person)
    return {
        "people": {"id": joe.id, "identity_id": joe.identities.get().id},
        "conversations": {"id": conversation.id, "tag_id": word.id},
        "messages": {"id": message.id},
        "files": {"id": lies.id},
        "booths": {"id": booth.code, "step_id": Step.add(booth, "Bake", by=place).id, "link_id": link.id,
                   "file_id": BoothFile.lay(booth, lies.copy(by=joe), by=place).id},
    }


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_it_answers_as_described(operation, program, owner, real):
    """A few dozen requests an operation, valid and not: never a 5xx, never an answer that is not described."""
    mine, seen = program(owner), set()
    known = real.get(operation.path.split("/")[3], {})

    @settings(max_examples=20, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(data=st.data())
    def run(data):
        throttling._buckets.clear()
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if known and data.draw(st.booleans()):
            case.path_parameters = {name: known[name] for name in case.path_parameters}
        body = None if isinstance(case.body, NotSet) else case.body
        query = "&".join(f"{_quoted(k)}={_quoted(v)}" for k, v in (case.query or {}).items())
        answer = mine(case.method, case.formatted_path + (f"?{query}" if query else ""), body)
        seen.add(answer.status_code)
        described = {int(status): about for status, about in operation.definition.raw["responses"].items()}
        assert answer.status_code in described, (case, answer.content)
        media = described[answer.status_code].get("content")
        if media:
            assert answer["Content-Type"].split(";")[0] in media
        if answer.status_code < 300 and answer.data is not None:
            _fits(answer.data, media["application/json"]["schema"], operation.schema.raw_schema)

    run()
    if operation.method == "get" or operation.path.endswith(("/notes", "/closure")):
        assert 200 in seen or 201 in seen, f"{operation.label} never worked: {seen}"


def _quoted(value) -> str:
    return quote(value if isinstance(value, str) else json.dumps(value), safe="", errors="replace")


def _fits(data, schema: dict, root: dict) -> None:
    jsonschema_rs.validate({**schema, "components": root["components"]}, data)
