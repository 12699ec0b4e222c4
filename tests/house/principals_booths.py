"""The table of principals for booths: what a guest may, what members alone do, and the doorstep."""

from tests.house.rules import page

KNOCK = {"token": "n" * 43}

BOOTHS = {
    # booths: what a guest may, too
    "booths:booth": page("guest", GET=200, code="booth"),
    "booths:table": page("guest", GET=200, code="booth"),
    "booths:add_step": page("guest", POST=201, code="booth", tells={"words": "Serve"}),
    "booths:change_step": page("guest", POST=200, code="booth", id="step", tells={"done": True}),
    "booths:step_changes": page("guest", GET=200, code="booth", id="step"),
    "booths:say": page("guest", POST=201, code="booth", tells={"words": "Hello"}),
    "booths:agree": page("guest", POST=200, code="booth", tells={"words": "Fed by 8:30"}),
    "booths:ending": page("guest", POST=200, code="booth", tells={"answer": "reached"}),
    "booths:end": page("guest", POST=200, code="booth", tells={}),
    "booths:reopen": page("guest", POST=200, code="booth", tells={}),
    "booths:name": page("guest", POST=(200, 400), code="booth", tells={"name": "Ry"}),
    "booths:add_file": page("guest", POST=400, code="booth"),
    "booths:file": page("guest", GET=200, code="booth", id="booth_file"),
    "booths:remove_file": page("guest", POST=200, code="booth", id="booth_file", tells={}),
    "booths:go": page("guest", POST=200, code="booth", id="brought", tells={"part": 0}),
    "booths:lead": page("guest", POST=200, code="booth", id="brought", tells={"leader": None}),
    "booths:picture": page("guest", GET=200, code="booth", id="brought", number="=0"),
    "booths:record_words": page("guest", GET=200, code="booth"),
    "booths:record_paper": page("guest", GET=200, code="booth"),
    "booths:sketch": page("guest", GET=404, code="booth"),
    "booths:versions": page("guest", GET=200, code="booth"),
    "booths:keep_version": page("guest", POST=201, code="booth", tells={"name": "Before the rain"}),
    "booths:version": page("guest", GET=200, code="booth", id="snapshot"),
    # booths: the doorstep, and what members alone do
    "booths:doorstep": page("all", GET=200, outside={"GET": 200}),
    "booths:look": page("all", POST=404, outside={"POST": 404}, tells=KNOCK),
    "booths:come_in": page("all", POST=404, outside={"POST": 404}, tells=KNOCK | {"name": "Ryan"}),
    "booths:booths": page("member", GET=200, POST=302),
    "booths:promise_step": page("member", POST=200, code="open_booth", id="step", tells={"due_at": "2099-03-06"}),
    "booths:remind_of_step": page("member", POST=400, code="open_booth", id="step", tells={}),
    "booths:person": page("member", POST=200, code="open_booth", tells={"person": None}),
    "booths:remove": page("member", POST=200, code="open_booth", id="booth_guest", tells={}),
    "booths:known": page("member", POST=200, code="open_booth", id="booth_guest", tells={"person": "{person}"}),
    "booths:bring_lesson": page("member", POST=201, code="open_booth", tells={"lesson": "{lesson}"}),
    "booths:make_link": page("member", POST=201, code="open_booth", tells={}),
    "booths:revoke_link": page("member", POST=200, code="open_booth", id="booth_link", tells={}),
    "booths:inviting": page("member", GET=200, POST=422, code="open_booth"),
    "booths:mail": page("member", POST=302, code="open_booth"),
    "booths:screen": page("member", POST=200, code="open_booth"),
    "booths:present": page("member", GET=302, code="open_booth"),
    "booths:take_back": page("member", POST=302, code="open_booth", id="booth_link"),
    "booths:ask_out": page("member", POST=302, code="open_booth", id="booth_guest"),
    "booths:who": page("member", GET=200, POST=302, code="open_booth", id="booth_guest"),
    "booths:whose": page("member", GET=200, POST=302, code="open_booth"),
    "into_conversation": page("member", POST=302, id="conversation"),
}
