"""Keeps the search documents as their things are now. Hearing twice writes the same again."""

from alongside.events.models import listen
from alongside.search import indexing
from alongside.search.stems import forget_languages


@listen(
    "people.met", "people.renamed", "people.described", "people.identity_added", "people.identity_removed", newest=True
)
def person_changed(event):
    """Someone is known, or known better."""
    indexing.index_people([event.subject_id])


@listen(
    "conversations.message_received",
    "conversations.message_written",
    "conversations.note_written",
    "conversations.message_undone",
)
def message_changed(event):
    """Something was written or taken back; the message as it stands now decides which."""
    indexing.index_messages([event.data["message"]])


@listen(
    "conversations.retitled",
    "conversations.moved",
    "conversations.merged",
    "conversations.unmerged",
    "conversations.let_in",
    "conversations.split_out",
    "conversations.given",
    "conversations.erased",
)
def conversation_changed(event):
    """Messages are shown elsewhere, under another name or as another's."""
    named = (event.data.get(name) for name in ("conversation", "kept", "taken", "to"))
    indexing.index_conversations({id for id in named if id})


@listen("members.organisation_described")
def languages_changed(event):
    """Other languages have other stems, so everything is made anew, in a job of its own."""
    if {"languages", "language"} & set(event.data["fields"]):
        from alongside.search.jobs import rebuild_all

        forget_languages()
        rebuild_all.defer()
