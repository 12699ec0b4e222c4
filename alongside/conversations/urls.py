"""Addresses of conversations: lists, one conversation, what is done with it, its messages, and writing first."""

from django.urls import path

from alongside.conversations.views import bulk, completing, conversation, inbox, merging, messages, new, verbs, writing

app_name = "conversations"
one = "conversations/<int:id>"
urlpatterns = [
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/<str:view>", inbox.view, name="view"),
    path("inbox/<str:view>/rows", inbox.rows, name="rows"),
    path("inbox/<str:view>/tabs", inbox.tabs, name="tabs"),
    path("inbox/<str:view>/filters", inbox.filters, name="filters"),
    path("conversations/new", new.new, name="new"),
    path("conversations/drafts/<int:id>", new.page, name="draft_page"),
    path("conversations/drafts/<int:id>/keep", new.keep, name="draft_keep"),
    path("conversations/drafts/<int:id>/discard", new.discard, name="draft_discard"),
    path("conversations/drafts/<int:id>/send", new.send, name="draft_send"),
    path("conversations/chosen", bulk.chosen, name="chosen"),
    path("conversations/chosen/choices", bulk.choices, name="bulk_choices"),
    path("conversations/tags", verbs.tags, name="tag_names"),
    path(one, conversation.conversation, name="conversation"),
    path(f"{one}/messages", conversation.messages, name="messages"),
    path(f"{one}/presence", conversation.presence, name="presence"),
    path(f"{one}/present", conversation.present, name="present"),
    path(f"{one}/answer", writing.answer, name="answer"),
    path(f"{one}/draft", writing.draft, name="draft"),
    path(f"{one}/saved-replies", completing.saved_replies, name="saved_replies"),
    path(f"{one}/colleagues", completing.colleagues, name="colleagues"),
    path(f"{one}/closure", verbs.close, name="close"),
    path(f"{one}/opening", verbs.reopen, name="reopen"),
    path(f"{one}/snooze", verbs.snooze, name="snooze"),
    path(f"{one}/assignment", verbs.hand_over, name="hand_over"),
    path(f"{one}/priority", verbs.prioritise, name="prioritise"),
    path(f"{one}/subject", verbs.retitle, name="retitle"),
    path(f"{one}/tags", verbs.tag, name="tag"),
    path(f"{one}/tags/<int:tag_id>/removal", verbs.untag, name="untag"),
    path(f"{one}/note", writing.note, name="note"),
    path(f"{one}/unread", verbs.unread, name="unread"),
    path(f"{one}/spam", verbs.spam, name="spam"),
    path(f"{one}/trash", verbs.throw_away, name="throw_away"),
    path(f"{one}/purge", verbs.purge, name="purge"),
    path(f"{one}/block", verbs.block, name="block"),
    path(f"{one}/inbox", verbs.move, name="move"),
    path(f"{one}/merging", merging.merge, name="merge"),
    path("mergings/<int:id>/undoing", merging.unmerge, name="unmerge"),
    path("participants/<int:id>/letting-in", merging.let_in, name="let_in"),
    path("participants/<int:id>/split", merging.split, name="split"),
    path("messages/<int:id>/body", messages.body, name="body"),
    path("messages/<int:id>/undoing", messages.undo, name="undo"),
    path("messages/<int:id>/departure", messages.send_now, name="send_now"),
    path("messages/<int:id>/another-try", messages.again, name="again"),
]
