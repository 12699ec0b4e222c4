"""The table of the API: for every operation the scope that a key needs, and what it answers to a key that has it.

A line is `"name of the operation": call(METHOD, scope, status, body, argument="thing")`, things as in `principals.py`.
`scope` is "" where any living key may ask, and None where nobody needs one.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Call:
    """One line of the table."""

    method: str
    scope: str | None
    status: int
    body: dict | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    asks: str = ""


def call(method: str, scope: str | None, status: int = 200, body: dict | None = None, *, asks: str = "",
         **arguments: str) -> Call:
    """A line; `asks` is the query."""
    return Call(method, scope, status, body, arguments, asks)


READ, WRITE, SAY = "conversations:read", "conversations:write", "messages:write"
SIT, SHARE = "booths:read", "booths:write"
LATER = {"until": "2999-01-01T09:00:00Z"}

CALLS = {
    "api_openapi": call("GET", None),
    "api_docs": call("GET", None),
    "api_nothing": call("GET", None, 404, rest="=v1/nothing"),
    "api-v1:api-root": call("GET", None, 404),
    "api-v1:read_key": call("GET", ""),
    "api-v1:list_inboxes": call("GET", READ),
    "api-v1:list_tags": call("GET", READ),
    "api-v1:list_members": call("GET", READ),
    "api-v1:list_people": call("GET", "people:read"),
    "api-v1:write_down_person": call("POST", "people:write", 201, {"called": "Nora"}),
    "api-v1:read_person": call("GET", "people:read", id="person"),
    "api-v1:change_person": call("PATCH", "people:write", 200, {"called": "Ry"}, id="person"),
    "api-v1:add_identity": call("POST", "people:write", 201, {"kind": "phone", "value": "+49301234567"}, id="person"),
    "api-v1:remove_identity": call("DELETE", "people:write", 204, id="person", identity_id="identity"),
    "api-v1:list_conversations": call("GET", READ),
    "api-v1:begin_conversation": call("POST", WRITE, 400, {}),
    "api-v1:read_conversation": call("GET", READ, id="conversation"),
    "api-v1:change_conversation": call("PATCH", WRITE, 200, {"subject": "Folder"}, id="conversation"),
    "api-v1:assign": call("PUT", WRITE, 200, {"member": None}, id="conversation"),
    "api-v1:close": call("PUT", WRITE, 200, {}, id="conversation"),
    "api-v1:reopen": call("DELETE", WRITE, 200, id="conversation"),
    "api-v1:snooze": call("PUT", WRITE, 200, LATER, id="conversation"),
    "api-v1:wake": call("DELETE", WRITE, 200, id="conversation"),
    "api-v1:tag": call("POST", WRITE, 201, {"name": "loan"}, id="conversation"),
    "api-v1:untag": call("DELETE", WRITE, 200, id="conversation", tag_id="tag"),
    "api-v1:list_messages": call("GET", READ, id="conversation"),
    "api-v1:write_message": call("POST", SAY, 201, {"seat": "yours", "text": "It is me."}, id="conversation"),
    "api-v1:read_message": call("GET", READ, id="message"),
    "api-v1:take_back": call("DELETE", SAY, 204, id="outgoing"),
    "api-v1:send_file": call("POST", SAY, 201, {"this": "is JSON, and a file"}, asks="name=a.json"),
    "api-v1:read_file": call("GET", READ, id="enclosed"),
    "api-v1:list_booths": call("GET", SIT),
    "api-v1:open_booth": call("POST", SHARE, 201, {"goal": "Fed by 8:30"}),
    "api-v1:join_booth": call("POST", None, 404, {"token": "n" * 43, "name": "Ryan"}),
    "api-v1:read_booth": call("GET", SIT, id="open_booth"),
    "api-v1:make_booth_link": call("POST", SHARE, 201, {"role": "view"}, id="open_booth"),
    "api-v1:revoke_booth_link": call("DELETE", SHARE, 204, id="open_booth", link_id="booth_link"),
    "api-v1:say_how_it_ended": call("PUT", SHARE, 200, {"answer": "partly"}, id="open_booth"),
    "api-v1:end_booth": call("PUT", SHARE, 200, {}, id="open_booth"),
    "api-v1:reopen_booth": call("DELETE", SHARE, 200, id="open_booth"),
    "api-v1:add_step": call("POST", SHARE, 201, {"words": "Serve"}, id="open_booth"),
    "api-v1:change_step": call("PATCH", SHARE, 200, {"done": True}, id="open_booth", step_id="step"),
    "api-v1:list_lines": call("GET", SIT, id="open_booth"),
    "api-v1:say_line": call("POST", SHARE, 201, {"words": "Hello"}, id="open_booth"),
    "api-v1:lay_file": call("POST", SHARE, 422, {"file": 1}, id="open_booth"),
    "api-v1:read_booth_file": call("GET", SIT, id="open_booth", file_id="booth_file"),
    "api-v1:write_note": call("POST", SAY, 201, {"text": "Look here."}, id="conversation"),
}
