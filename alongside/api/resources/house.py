"""The house itself: inboxes, tags, members, and the key that asks."""

from ninja import Router

from alongside.api.operations import answers, needs
from alongside.api.schemas.conversations import Inboxes, Me, Members, Tags
from alongside.conversations.models import Inbox, Tag
from alongside.members.models import Member

router = Router(tags=["house"])


@router.get("/me", **answers(Me), **needs())
def read_key(request):
    """For whom this key acts, what it may do and until when."""
    key = request.api_key
    return {"member": shape_of(request.member), "scopes": key.scopes, "expires_at": key.expires_at}


@router.get("/inboxes", **answers(Inboxes), **needs("conversations:read"))
def list_inboxes(request):
    """The inboxes that the key's member sees."""
    return {"items": list(Inbox.objects.visible_to(request.principal).filter(archived_at=None))}


@router.get("/tags", **answers(Tags), **needs("conversations:read"))
def list_tags(request):
    """All tags, by name."""
    return {"items": list(Tag.objects.all())}


@router.get("/members", **answers(Members), **needs("conversations:read"))
def list_members(request):
    """Members who serve today, by name: to whom a conversation can be given."""
    members = Member.objects.filter(is_active=True).select_related("person").order_by("person__sort_key", "id")
    return {"items": [shape_of(member) for member in members]}


def shape_of(member: Member) -> dict:
    """A member as the API shows them."""
    return {"id": member.id, "name": member.name, "role": member.role, "person": member.person_id}
