"""The doors that a link opens: signing in once, answering an invitation. A look (GET) spends nothing."""

from allauth.account.utils import perform_login
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from alongside.desk.joining import invitations, links
from alongside.desk.joining.forms import AnswerForm
from alongside.desk.joining.opening import closed, not_too_often
from alongside.lib.access import open_to_all
from alongside.lib.answers import answer
from alongside.members.models import Organisation
from alongside.members.placeholder import is_placeholder


def _come_in(request, member):
    """Sign in with a new session; whoever was signed in on this browser is not any more."""
    return perform_login(request, member, email_verification="none")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to_all
@not_too_often
@sensitive_variables("token")
def come_in(request, token: str):
    """Show whom the link signs in; sign them in when the button is pressed."""
    if request.method != "POST":
        member = links.look_at(token)
        if member is None:
            return closed(request)
        return answer(request, "desk/joining/come_in.html", {"arriving": member, "new": is_placeholder(member)})
    member = links.spend(token)
    return _come_in(request, member) if member else closed(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
@open_to_all
@not_too_often
@sensitive_variables("token")
def join(request, token: str):
    """Show the invitation; make the member when they have said how they are called."""
    try:
        key = invitations.look_at(token)
        form = AnswerForm(request.POST or None, email=key.data["email"])
        if request.method == "POST" and form.is_valid():
            return _come_in(request, invitations.accept(token, **form.cleaned_data))
    except invitations.AlreadyHere as already:
        return closed(request, already.member)
    except invitations.Closed:
        return closed(request)
    context = {
        "form": form,
        "email": key.data["email"],
        "inviter": key.issued_by,
        "organisation": Organisation.ours().name,
    }
    return answer(request, "desk/joining/join.html", context)
