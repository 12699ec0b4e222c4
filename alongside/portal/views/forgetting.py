"""Being forgotten: the person asks on their page and confirms by a letter's button; or a lead does it when asked."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from alongside.keys.models import Key
from alongside.lib import letters
from alongside.lib.access import members_only, open_to_all, persons_only
from alongside.lib.answers import answer
from alongside.members.models import Organisation
from alongside.people.belongings import ANONYMISE
from alongside.people.models import Identity, Person
from alongside.portal import erasing, links, sessions
from alongside.portal.forms import ForgetForm, SureForm
from alongside.portal.views.door import closed, not_too_often

PURPOSE = "forget_me"
LASTS = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@persons_only
def ask(request):
    """They choose what shall go; a letter asks once more, since whoever sits at their browser may not be them."""
    person = request.person
    form = ForgetForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "house": Organisation.ours().name, "goes": erasing.held(person.cluster_ids),
               "colleague": hasattr(person, "member")}
    if request.method != "POST" or context["colleague"] or not form.is_valid():
        return answer(request, "portal/forget.html", context)
    if _write(person, form.cleaned_data["how"]):
        return answer(request, "portal/forget.html", {**context, "written": True})
    messages.error(request, _("No letter could be sent just now. Please try again later."))
    return redirect("my")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to_all
@not_too_often
@sensitive_variables("token")
def confirm(request, token: str):
    """Say what the link of the letter would end; end it when the button is pressed, and show the receipt."""
    if request.method != "POST":
        key = Key.objects.find(token, PURPOSE)
        person = _whose(key)
        if person is None:
            return closed(request)
        return answer(request, "portal/forget_sure.html", {"leaving": person, "how": key.data["how"]})
    with transaction.atomic():
        key = Key.objects.spend(token, PURPOSE)
        person = _whose(key)
        if person is None:
            return closed(request)
        ids = person.cluster_ids
        try:
            receipt = erasing.erase(person, key.data["how"], by=None)
        except erasing.CannotErase:
            return closed(request)
        context = {"receipt": receipt, "stays": erasing.held(ids) if receipt.how == ANONYMISE else [],
                   "zone": timezone.get_current_timezone_name()}
    return sessions.take_away(answer(request, "portal/forgotten.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only(role="lead")
def by_member(request, id: int):
    """A lead forgets somebody who asked for it here or on the phone."""
    person = get_object_or_404(Person.objects.visible_to(request.principal), pk=id).standing()
    form = SureForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "person": person, "goes": erasing.held(person.cluster_ids, to_them=False),
               "colleague": hasattr(person, "member")}
    if request.method != "POST" or context["colleague"] or not form.is_valid():
        return answer(request, "portal/forget_person.html", context)
    receipt = erasing.erase(person, form.cleaned_data["how"], by=request.member.person)
    messages.success(request, _("They are forgotten. The receipt is %(receipt)s.") % {"receipt": receipt.id})
    return redirect("people:people")


def _write(person: Person, how: str) -> bool:
    """Send the link that ends it all to the address they proved."""
    identity = next((each for each in links.addresses_of(person) if each.verified_at), None)
    if identity is None:
        return False
    data = {"how": how, "identity": identity.id}
    _key, token = Key.issue(PURPOSE, by=person, subject=person, lasts=LASTS, uses=1, data=data)
    return letters.send(to=identity.value, subject=_("Shall we forget you?"), text=_(
        "Hello %(name)s,\n\nyou asked us to forget you. If that is so, open this link within an hour and press the "
        "button there. It cannot be undone:\n\n%(url)s\n\nIf it was not you, do nothing; then nothing happens, and "
        "please tell us."
    ) % {"name": person.name, "url": settings.PUBLIC_URL + reverse("my_forget_link", args=[token])})  # fmt: skip


def _whose(key: Key | None) -> Person | None:
    if key is None or key.subject_id is None:
        return None
    person = key.subject.standing()
    here = Identity.objects.filter(pk=key.data.get("identity"), person__in=person.cluster_ids).exists()
    return person if here else None
