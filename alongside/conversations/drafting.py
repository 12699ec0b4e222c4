"""Drafts: what a member is writing, saved at every pause, so that neither a crash nor a second tab loses a word."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.conversations.letters import MAX_FILES, MAX_RECIPIENTS, TooLong, checked_text, one_line
from alongside.conversations.models import Conversation, Draft
from alongside.members.models import Member

FIELDS = frozenset(("text", "subject", "to", "cc", "bcc", "files", "mode", "inbox", "seen_id", "send_at"))


class DraftConflict(Exception):
    """Another tab saved since; nothing was written. `current` is what stands, None when it was sent or discarded."""

    def __init__(self, current: Draft | None):
        super().__init__("conflict")
        self.current = current


def save(member: Member, *, conversation: Conversation | None = None, draft_id: int | None = None,
         kind: str = "message", revision: int = 0, **fields) -> Draft:
    """Keep what `member` has written so far, as the revision after `revision` (0 for the first save).

    In a conversation a member has one draft of each kind; a draft for a new one is found by `draft_id`. Raises
    DraftConflict when `revision` is not the one that stands, TooLong, TypeError for an unknown field, and ValueError
    for words of a note that are to go as a message or the other way round.
    """
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"a draft has no {', '.join(sorted(unknown))}")
    fields = _checked(fields)
    usual = "note" if kind == "note" else "reply" if conversation else "new"
    if (fields.get("mode", usual) == "note") != (kind == "note"):
        raise ValueError("a note stays a note")
    conversation = conversation and conversation.standing()
    try:
        with transaction.atomic():
            draft = _locked(member, conversation, draft_id, kind)
            if (draft.revision if draft else 0) != revision:
                raise DraftConflict(draft)
            draft = draft or Draft(member=member, conversation=conversation, kind=kind, mode=usual)
            for name, value in fields.items():
                setattr(draft, name, value)
            draft.revision, draft.saved_at = draft.revision + 1, timezone.now()
            draft.save()
    except IntegrityError:  # the other tab's first save came between
        raise DraftConflict(_locked(member, conversation, draft_id, kind, lock=False)) from None
    return draft


def load(member: Member, conversation: Conversation) -> dict[str, Draft]:
    """The member's drafts in one conversation, by kind ("message", "note"); blank ones are left out."""
    drafts = Draft.objects.filter(member=member, conversation=conversation)
    return {draft.kind: draft for draft in drafts if not draft.is_blank}


def new_ones(member: Member) -> list[Draft]:
    """The member's drafts for conversations that have not begun, the latest first."""
    drafts = Draft.objects.filter(member=member, conversation=None).select_related("inbox").order_by("-saved_at")
    return [draft for draft in drafts[:50] if not draft.is_blank or draft.to]


def discard(draft_id: int, member: Member) -> bool:
    """Throw one of the member's own drafts away; False when there was none."""
    return Draft.objects.filter(pk=draft_id, member=member).delete()[0] > 0


def _locked(member, conversation, draft_id, kind, lock=True) -> Draft | None:
    drafts = Draft.objects.select_for_update(of=("self",)) if lock else Draft.objects
    if conversation is not None:
        return drafts.filter(member=member, conversation=conversation, kind=kind).first()
    return drafts.filter(member=member, conversation=None, pk=draft_id).first() if draft_id else None


def _checked(fields: dict) -> dict:
    fields = dict(fields)
    if "text" in fields:
        fields["text"] = checked_text(fields["text"])
    if "subject" in fields:
        fields["subject"] = one_line(fields["subject"], 500)
    for role in ("to", "cc", "bcc"):
        if role in fields:
            fields[role] = _addresses(fields[role])
    if len(fields.get("files", ())) > MAX_FILES:
        raise TooLong("files", MAX_FILES)
    return fields


def _addresses(given) -> list[dict]:
    """Addresses as a draft keeps them, half-typed ones too: `Address`es or {"address", "name"}."""
    pairs = [(a["address"], a.get("name", "")) if isinstance(a, dict) else (a.address, a.name) for a in given]
    if len(pairs) > MAX_RECIPIENTS:
        raise TooLong("recipients", MAX_RECIPIENTS)
    return [{"address": one_line(address, 254), "name": one_line(name, 240)} for address, name in pairs]
