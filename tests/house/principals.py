"""The table: for every address of the product, who may call it, how, and what it answers them.

A line is `"name of the address": page(who, METHOD=status, …, argument="thing")`:

- `who`: "all", "member", "lead", "admin", "owner", or "person" for who came by a link of their own, as the view's
  decorator says (`alongside.lib.access`).
- `METHOD=status`: each method that it knows, and what it answers to whoever may; any other method is a 405.
- `argument="thing"`: a part of the address, and what of `world.py` stands there; the thing says who sees it, and what a
  foreign one is. `"=text"` stands for itself.
- `outside`: what somebody who is not signed in gets, where that is not the door ("all" only).
- `sends`: the form that is posted. `asks`: the query. `blind`: it answers for a foreign id as for a missing one, but
  not with a 404, because it says nothing of either.

The API's table is `principals_api.py`, that of live topics and of querysets `principals_rows.py`.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """One line of the table."""

    who: str
    answers: dict[str, int]
    arguments: dict[str, str] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)
    sends: dict[str, str] = field(default_factory=dict)
    asks: str = ""
    blind: bool = False


def page(who: str, *, outside=None, sends=None, asks="", blind=False, **more) -> Page:
    """A line: methods are written in capitals, arguments of the address in small letters."""
    answers = {name: status for name, status in more.items() if name.isupper()}
    arguments = {name: thing for name, thing in more.items() if not name.isupper()}
    return Page(who, answers, arguments, outside or {}, sends or {}, asks, blind)


def form() -> Page:
    """A page of allauth for everyone; those who are signed in are led on."""
    return page("all", GET=302, POST=302, PUT=302, DELETE=302, outside={"GET": 200, "POST": 200, "PUT": 200})


MAIL = {"kind": "note", "body": "We have it.", "once": "m1"}

PAGES = {
    "look:gallery": page("admin", GET=200),
    "live": page("all", GET=200, asks="topics=conversation:{conversation}", outside={"GET": 404}),
    "live_here": page("all", POST=204, sends={"topic": "conversation:{conversation}"}, outside={"POST": 404}),
    # people
    "people:people": page("member", GET=200),
    "people:new": page("member", GET=200, POST=422),
    "people:complete": page("member", GET=200),
    "people:person": page("member", GET=200, id="person"),
    "people:card": page("member", GET=302, id="person"),
    "people:now": page("member", GET=302, id="person"),
    "people:timeline": page("member", GET=200, id="person"),
    "people:edit": page("member", GET=200, POST=302, id="person", sends={"called": "Ryan"}),
    "people:identities": page("member", GET=200, POST=422, id="person"),
    "people:remove_identity": page("member", POST=302, id="person", identity_id="identity"),
    # profiles
    "profiles:profile": page("member", GET=200, id="person"),
    "profiles:known": page("member", GET=302, id="person"),
    "profiles:answer": page("member", GET=200, POST=422, id="person", question_id="question"),
    "profiles:act": page("member", POST=302, id="person", answer_id="answer", sends={"act": "verify"}),
    "profiles:find_out": page("member", GET=200, POST=422, id="person"),
    "profiles:products": page("member", GET=200),
    "profiles:new_product": page("member", GET=200, POST=422),
    "profiles:product": page("member", GET=200, id="product"),
    "profiles:edit_product": page("member", GET=200, POST=422, id="product"),
    "profiles:retire_product": page("member", POST=302, id="product"),
    "profiles:product_answer": page("member", GET=200, POST=422, id="product", question_id="product_question"),
    "profiles:product_act": page("member", POST=302, id="product", answer_id="product_answer", sends={"act": "verify"}),
    "profiles:product_find_out": page("member", GET=200, POST=422, id="product"),
    "profiles:sets": page("lead", GET=200, POST=422),
    "profiles:load": page("lead", POST=302, sends={"set": "buyer"}),
    "profiles:set": page("lead", GET=200, POST=422, set_id="question_set"),
    "profiles:retire_set": page("lead", POST=302, set_id="question_set"),
    "profiles:new_question": page("lead", GET=200, POST=422, set_id="question_set"),
    "profiles:question": page("lead", GET=200, POST=422, set_id="question_set", question_id="question"),
    "profiles:move": page("lead", POST=302, set_id="question_set", question_id="question", sends={"way": "up"}),
    "profiles:retire": page("lead", POST=302, set_id="question_set", question_id="question"),
    "people:prefer_identity": page("member", POST=302, id="person", identity_id="identity"),
    "people:relations": page("member", GET=200, POST=404, id="person"),
    "people:end_relation": page("member", POST=302, id="person", relation_id="relation"),
    "people:same_as": page("member", GET=200, id="person"),
    "people:merge": page("member", GET=200, POST=409, id="person", other="other_person"),
    "people:duplicates": page("member", GET=200),
    "people:look_for_duplicates": page("member", POST=302),
    "people:decide_duplicate": page("member", POST=302, id="suggestion", sends={"decision": "to_ask"}),
    "people:ask_duplicate": page("member", POST=302, id="suggestion",
                                 sends={"person": "{person}", "said": "later"}),
    "people:part": page("member", GET=200, POST=302, id="merged_people"),
    # keys and files
    "settings_api_keys": page("admin", GET=200, POST=422, sends={"x": "1"}),
    "settings_revoke_api_key": page("admin", POST=302, key_id="api_key"),
    "upload": page("member", POST=400),
    "file": page("all", GET=200, token="file", outside={"GET": 404}),
    # members: the door
    "account_login": form(),
    "account_logout": page("all", GET=200, POST=302, outside={"GET": 302, "POST": 302}),
    "account_inactive": page("all", GET=200, outside={"GET": 200}),
    "account_change_password": page("member", GET=200, POST=200, PUT=200),
    "account_set_password": page("member", GET=302, POST=302, PUT=302, DELETE=302),
    "account_reset_password": page("all", GET=200, POST=200, PUT=200, outside={"GET": 200, "POST": 200, "PUT": 200}),
    "account_reset_password_done": page("all", GET=200, outside={"GET": 200}),
    "account_reset_password_from_key": page(
        "all", GET=200, POST=200, PUT=200, DELETE=200, uidb36="=1", key="=nothing",
        outside={"GET": 200, "POST": 200, "PUT": 200, "DELETE": 200}),
    "account_reset_password_from_key_done": page("all", GET=200, outside={"GET": 200}),
    # members: settings
    "set_up": page("owner", GET=302, POST=302),
    "settings": page("member", GET=200),
    "settings_you": page("member", GET=200, POST=422, sends={"x": "1"}),
    "settings_look": page("member", POST=302),
    "settings_notifications": page("member", GET=200, POST=302),
    "settings_sessions": page("member", GET=200),
    "settings_end_session": page("member", POST=302, session_id="session"),
    "settings_end_other_sessions": page("member", POST=302),
    "settings_end_all_sessions": page("member", POST=302),
    "settings_organisation": page("admin", GET=200, POST=422, sends={"x": "1"}),
    "people_their_member": page("member", POST=302, person_id="person"),
    "settings_hours": page("member", GET=200, POST=422, sends={"day_0": "whenever"}),
    "settings_member_hours": page("admin", GET=200, POST=422, member_id="colleague", sends={"day_0": "whenever"}),
    "settings_locations": page("admin", GET=200, POST=422, sends={"x": "1"}),
    "settings_location": page("admin", GET=200, POST=422, location_id="location", sends={"x": "1"}),
    "settings_close_location": page("admin", POST=302, location_id="location"),
    "settings_reopen_location": page("admin", POST=302, location_id="location"),
    "settings_member": page("admin", GET=200, member_id="colleague"),
    "settings_change_role": page("admin", POST=302, member_id="colleague", sends={"role": "lead"}),
    "settings_come_back": page("admin", POST=302, member_id="colleague"),
    # the counter
    "moments:kinds": page("lead", GET=200, POST=422),
    "moments:kind": page("lead", GET=200, POST=422, id="moment_kind"),
    "moments:move": page("lead", POST=302, id="moment_kind", sends={"way": "up"}),
    "moments:retire": page("lead", POST=302, id="moment_kind"),
    "moments:new_idea": page("lead", POST=422, id="moment_kind"),
    "moments:idea": page("lead", GET=200, POST=422, id="moment_kind", idea_id="idea"),
    "moments:retire_idea": page("lead", POST=302, id="moment_kind", idea_id="idea"),
    "counter:counter": page("member", GET=200, asks="q=ryan"),
    "counter:found": page("member", GET=302, asks="q=ryan"),
    "counter:here": page("member", GET=302),
    "counter:come": page("member", POST=302, sends={"person": "{person}"}),
    "counter:newcomer": page("member", POST=422),
    "counter:stand": page("member", POST=302),
    "counter:take_back": page("member", POST=404),
    "counter:visit": page("member", GET=200, id="visit"),
    "counter:note": page("member", POST=302, id="visit", sends={"what": "mood", "value": "calm"}),
    "counter:leave": page("member", POST=302, id="visit"),
    # promises
    "promises:promises": page("member", GET=200),
    "promises:make": page("member", GET=200, POST=422, person_id="person"),
    "promises:promise": page("member", GET=200, id="promise"),
    "promises:keep": page("member", POST=302, id="promise"),
    "promises:reopen": page("member", POST=302, id="promise"),
    "promises:withdraw": page("member", POST=302, id="promise"),
    "promises:renegotiate": page("member", POST=422, id="promise"),
    "promises:break": page("member", POST=422, id="promise"),
    "promises:hand_over": page("member", POST=302, id="promise"),
    # conversations: lists
    "conversations:inbox": page("member", GET=302),
    "conversations:view": page("member", GET=200, view="=all"),
    "conversations:rows": page("member", GET=200, view="=all"),
    "conversations:tabs": page("member", GET=200, view="=all"),
    "conversations:filters": page("member", GET=200, view="=all"),
    "conversations:chosen": page("member", POST=302, sends={"act": "close", "chosen": "{conversation}"},
                                 blind=True),
    "conversations:bulk_choices": page("member", GET=200),
    "conversations:tag_names": page("member", GET=200),
    # conversations: writing first
    "conversations:new": page("member", GET=302),
    "conversations:draft_page": page("member", GET=200, id="draft"),
    "conversations:draft_keep": page("member", POST=400, PUT=400, DELETE=204, id="draft"),
    "conversations:draft_discard": page("member", POST=302, id="draft"),
    "conversations:draft_send": page("member", POST=422, id="draft"),
    # conversations: one of them
    "conversations:conversation": page("member", GET=200, id="conversation"),
    "conversations:messages": page("member", GET=200, id="conversation"),
    "conversations:presence": page("member", POST=200, id="conversation", sends={"state": "looking"}),
    "conversations:present": page("member", GET=200, id="conversation"),
    "conversations:answer": page("member", POST=302, id="conversation", sends=MAIL),
    "conversations:note": page("member", POST=302, id="conversation", sends=MAIL | {"once": "m2"}),
    "conversations:draft": page("member", POST=400, PUT=400, DELETE=204, id="conversation"),
    "conversations:saved_replies": page("member", GET=200, id="conversation"),
    "conversations:colleagues": page("member", GET=200, id="conversation"),
    "conversations:close": page("member", POST=302, id="conversation"),
    "conversations:reopen": page("member", POST=302, id="conversation"),
    "conversations:snooze": page("member", POST=302, id="conversation"),
    "conversations:hand_over": page("member", GET=200, POST=302, id="conversation"),
    "conversations:prioritise": page("member", POST=302, id="conversation", sends={"priority": "1"}),
    "conversations:retitle": page("member", POST=302, id="conversation", sends={"subject": "Folder"}),
    "conversations:tag": page("member", POST=302, id="conversation", sends={"name": "folder"}),
    "conversations:untag": page("member", POST=302, id="conversation", tag_id="tag"),
    "conversations:unread": page("member", POST=302, id="conversation"),
    "conversations:spam": page("member", POST=302, id="conversation"),
    "conversations:throw_away": page("member", POST=302, id="conversation"),
    "conversations:purge": page("owner", POST=302, id="trashed"),
    "conversations:block": page("member", GET=200, POST=422, id="conversation"),
    "conversations:move": page("member", GET=200, POST=302, id="conversation"),
    "conversations:merge": page("member", GET=200, POST=302, id="conversation", sends={"other": "{second}"}),
    "conversations:unmerge": page("member", POST=302, id="merging"),
    "conversations:let_in": page("member", POST=302, id="held"),
    "conversations:split": page("member", POST=302, id="held"),
    "conversations:body": page("member", GET=200, id="message"),
    # its pictures are asked for without a session: the address says for whom it was made
    "conversations:picture": page("all", GET=424, outside={"GET": 424}, id="pictured", token="picture"),
    "conversations:undo": page("member", POST=302, id="outgoing"),
    "conversations:send_now": page("member", POST=302, id="outgoing"),
    "conversations:again": page("member", POST=302, id="outgoing"),
    # notifications and search
    "notifications:notifications": page("member", GET=200),
    "notifications:see": page("member", POST=302),
    "notifications:latest": page("member", GET=200),
    "notifications:wishes": page("member", GET=200, POST=302),
    "search": page("member", GET=200, asks="q=folder"),
    # bringing people in
    "importers:imports": page("lead", GET=200, POST=422),
    "importers:one": page("lead", GET=200, POST=422, id="import", sends={"0": ""}),
    "importers:carry_out": page("lead", POST=302, id="import"),
    "importers:take_back": page("lead", POST=302, id="import"),
    "importers:broken": page("lead", GET=200, id="import"),
    # mail
    "settings_mail": page("admin", GET=200, POST=422, sends={"x": "1"}),
    "settings_mail_servers": page("admin", GET=302, POST=302),
    "settings_mail_aside": page("admin", GET=200),
    "settings_mail_take_in": page("admin", POST=302, raw_id="aside"),
    "settings_mailbox": page("admin", GET=200, POST=422, mailbox_id="mailbox", sends={"x": "1"}),
    "settings_mail_answers": page("admin", POST=302, mailbox_id="mailbox"),
    "settings_mail_start": page("admin", GET=200, POST=422, mailbox_id="mailbox", sends={"x": "1"}),
    "settings_mail_pause": page("admin", POST=302, mailbox_id="mailbox"),
    "settings_mail_resume": page("admin", POST=302, mailbox_id="paused"),
    "settings_mail_disconnect": page("admin", POST=302, mailbox_id="mailbox"),
    # the demo
    "demo:post_office": page("member", GET=200),
    "demo:someone": page("member", GET=200, person_id="outsider"),
    "demo:letters": page("member", POST=422, person_id="outsider"),
    "demo:about": page("admin", GET=404, POST=404),
    # a person's own page
    "my": page("all", GET=200, POST=422, sends={"x": "1"}, outside={"GET": 200, "POST": 422}),
    "my_leave": page("all", POST=302, outside={"POST": 302}),
    "my_link": page("all", GET=200, POST=302, outside={"GET": 200, "POST": 302}, token="my_link"),
    "my_name": page("person", POST=422, sends={"x": "1"}),
    "my_correct": page("person", POST=302, sends={"x": "1"}),
    "my_objection": page("person", GET=200, POST=422, sends={"x": "1"}),
    "my_ask_copy": page("person", POST=302),
    "my_copy": page("person", GET=200, id="copy"),
    "my_copy_file": page("person", GET=200, id="copy"),
    "my_forget": page("person", GET=200, POST=422, sends={"x": "1"}),
    "my_forget_link": page("all", GET=200, POST=200, outside={"GET": 200, "POST": 200}, token="forget_link"),
    "forget_person": page("lead", GET=200, POST=422, id="person", sends={"x": "1"}),
    "settings_retention": page("admin", GET=200, POST=422, sends={"x": "1"}),
    "my_talk": page("person", GET=200, POST=422, id="talk", sends={"x": "1"}),
    "my_file": page("person", GET=200, id="my_file"),
    "send_page": page("member", GET=200, POST=422, id="person", sends={"x": "1"}),
    # the desk
    "desk:home": page("member", GET=302),
    "desk:find": page("member", GET=200, asks="q=ryan"),
    "desk:rail": page("member", GET=200),
    "settings_members": page("admin", GET=200),
    "settings_leave": page("admin", POST=302, member_id="colleague"),
    "settings_invite": page("admin", POST=422),
    "settings_invite_again": page("admin", POST=200, key_id="invitation"),
    "settings_revoke_invitation": page("admin", POST=302, key_id="invitation"),
    "settings_teams": page("lead", GET=200, POST=200),
    "settings_team": page("lead", GET=200, team_id="team"),
    "settings_describe_team": page("admin", POST=422, team_id="team"),
    "settings_team_inboxes": page("admin", POST=302, team_id="team"),
    "settings_take_in": page("lead", POST=422, team_id="team"),
    "settings_let_go": page("lead", POST=302, team_id="team", member_id="colleague"),
    "settings_dissolve_team": page("admin", POST=302, team_id="team"),
    "settings_address": page("member", GET=200, POST=422, sends={"x": "1"}),
    "new_address": page("all", GET=200, POST=302, outside={"GET": 200, "POST": 302}, token="new_address"),
    "come_in": page("all", GET=200, POST=302, outside={"GET": 200, "POST": 302}, token="sign_in"),
    "join": page("all", GET=200, POST=422, outside={"GET": 200, "POST": 422}, token="join", sends={"x": "1"}),
}
