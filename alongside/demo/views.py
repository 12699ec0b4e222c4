"""The post office stands for the outside world: read what Joe received, and write to us as Joe."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.channels.email import post_office as office
from alongside.channels.email.models import Mailbox, PostOfficeLetter
from alongside.demo import filling, removing
from alongside.demo.forms import LetterForm
from alongside.lib.access import admins_only, members_only
from alongside.people.models import Person


@require_safe
@members_only
def post_office(request, person_id=None):
    """Everyone outside who has an address, and the letters of the one chosen."""
    everyone = _outsiders()
    chosen = get_object_or_404(everyone, pk=person_id) if person_id else None
    answered = _answered(request, chosen)
    page = _page(chosen, everyone, _blank_letter(chosen, answered), answered)
    if chosen is None and request.principal.is_at_least("owner"):  # they may hold links that open doors
        page["others"] = office.letters_for_others([each.email for each in everyone], limit=20)
    return render(request, "demo/post_office.html", page)


@require_POST
@members_only
def letters(request, person_id):
    """Post a letter as that person: it comes in as an ordinary mail."""
    everyone = _outsiders()
    person = get_object_or_404(everyone, pk=person_id)
    form = LetterForm(request.POST, person=person)
    if not form.is_valid():
        page = _page(person, everyone, form, None)
        return render(request, "demo/post_office.html", page, status=422)
    letter = form.cleaned_data
    files = [(file.name, file.content_type, file.read()) for file in request.FILES.getlist("files")]
    office.post(
        letter["to"],
        sender=person.email,
        name=person.full_name,
        subject=letter["subject"],
        text=letter["text"],
        files=files,
        answers=letter["answers"],
    )
    messages.success(request, _("Posted. It lies in our inbox “%(inbox)s” now.") % {"inbox": letter["to"].inbox.name})
    return redirect("demo:someone", person.id)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def about(request):
    """What the demo is, and the button that takes it away."""
    if not filling.is_filled():
        raise Http404
    if request.method == "POST":
        removing.remove()
        messages.success(request, _("The demo is gone. The house is yours."))
        return redirect("/")
    return render(request, "demo/about.html")


def _outsiders():
    """People who can be written as: those with a mail address who do not serve here; none without a post office."""
    if not Mailbox.objects.filter(transport=Mailbox.POST_OFFICE).exists():
        raise Http404
    return Person.objects.filter(identities__kind="email", demo=True).distinct().order_by("sort_key", "id")


def _answered(request, person) -> PostOfficeLetter | None:
    """The letter that is being answered, when the address names one that this person received."""
    number = request.GET.get("answer", "")
    if not (person and number.isdecimal()):
        return None
    return PostOfficeLetter.objects.filter(pk=number, recipient=person.email.casefold()).first()


def _blank_letter(person, answered):
    if person is None:
        return None
    last = person.conversations.order_by("-last_at", "-id").first()
    first = {"to": Mailbox.objects.filter(inbox=last.inbox_id).first() if last else None}
    if answered:
        subject = office.read(answered)["subject"]
        first = {
            "to": Mailbox.objects.filter(address=answered.sender).first(),
            "subject": subject if subject.lower().startswith("re:") else f"Re: {subject}",
            "answers": answered.id,
        }
    return LetterForm(initial=first, person=person)


def _page(person, everyone, form, answered) -> dict:
    return {
        "everyone": everyone,
        "person": person,
        "letters": office.letters_for(person.email, limit=20) if person else [],
        "form": form,
        "answered": answered,
        "doors": Mailbox.objects.filter(transport=Mailbox.POST_OFFICE).select_related("inbox"),
    }
