"""Addresses of the booths: the list, the doorstep, the page with its table, and what is done on it."""

from django.urls import path, register_converter

from alongside.booths.views import (
    doorstep,
    files,
    inviting,
    lessons,
    links,
    lists,
    naming,
    page,
    people,
    record,
    steps,
    talk,
    versions,
)


class Code:
    """What stands for a booth in an address."""

    regex = "[A-Za-z0-9_-]{1,64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    to_url = to_python


register_converter(Code, "code")

app_name = "booths"
one = "booths/<code:code>"
urlpatterns = [
    path("booths", lists.booths, name="booths"),
    path("join", doorstep.doorstep, name="doorstep"),
    path("join/look", doorstep.look, name="look"),
    path("join/in", doorstep.come_in, name="come_in"),
    path(one, page.booth, name="booth"),
    path(f"{one}/seated", page.seated, name="seated"),
    path(f"{one}/table", page.table_of, name="table"),
    path(f"{one}/steps", steps.add, name="add_step"),
    path(f"{one}/steps/<int:id>", steps.change, name="change_step"),
    path(f"{one}/steps/<int:id>/changes", steps.changes, name="step_changes"),
    path(f"{one}/steps/<int:id>/promise", steps.promise, name="promise_step"),
    path(f"{one}/steps/<int:id>/remind", steps.remind, name="remind_of_step"),
    path(f"{one}/lines", talk.say, name="say"),
    path(f"{one}/goal/agree", talk.agree, name="agree"),
    path(f"{one}/ending", talk.ending, name="ending"),
    path(f"{one}/end", talk.end, name="end"),
    path(f"{one}/reopen", talk.reopen, name="reopen"),
    path(f"{one}/name", people.name, name="name"),
    path(f"{one}/person", people.person, name="person"),
    path(f"{one}/participants/<int:id>/remove", people.remove, name="remove"),
    path(f"{one}/participants/<int:id>/person", people.known, name="known"),
    path(f"{one}/files", files.add, name="add_file"),
    path(f"{one}/files/<int:id>", files.file, name="file"),
    path(f"{one}/files/<int:id>/remove", files.remove, name="remove_file"),
    path(f"{one}/lessons", lessons.bring, name="bring_lesson"),
    path(f"{one}/lessons/<int:id>/go", lessons.go, name="go"),
    path(f"{one}/lessons/<int:id>/lead", lessons.lead, name="lead"),
    path(f"{one}/lessons/<int:id>/pictures/<int:number>", files.picture, name="picture"),
    path(f"{one}/record.md", record.take, {"form": "md"}, name="record_words"),
    path(f"{one}/record.pdf", record.take, {"form": "pdf"}, name="record_paper"),
    path(f"{one}/sketch.svg", record.take, {"form": "svg"}, name="sketch"),
    path(f"{one}/versions", versions.past, name="versions"),
    path(f"{one}/versions/keep", versions.keep, name="keep_version"),
    path(f"{one}/versions/<int:id>", versions.past_one, name="version"),
    path(f"{one}/links", links.make, name="make_link"),
    path(f"{one}/links/<int:id>/revoke", links.revoke, name="revoke_link"),
    path(f"{one}/inviting", inviting.inviting, name="inviting"),
    path(f"{one}/inviting/mail", inviting.mail, name="mail"),
    path(f"{one}/inviting/screen", inviting.screen, name="screen"),
    path(f"{one}/inviting/present", inviting.present, name="present"),
    path(f"{one}/inviting/links/<int:id>", inviting.take_back, name="take_back"),
    path(f"{one}/inviting/guests/<int:id>", inviting.ask_out, name="ask_out"),
    path(f"{one}/inviting/guests/<int:id>/who", naming.who, name="who"),
    path(f"{one}/inviting/whose", naming.whose, name="whose"),
]
