"""Default deny: every view says who may call it, and one that does not fails the system check."""

from functools import wraps
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.checks import Error, register
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import gettext as _

from alongside.lib.fragments import is_fragment
from alongside.lib.plainly import problem

DECLARED = "access_policy"
READER = "X-Reader"  # of what a script sends: whose page it stands on (`Principal.mark`)
FORM_FIELDS = frozenset(("csrfmiddlewaretoken", "reader"))  # what any form may carry beside its own; `reader` as above
SIGN_IN = "X-Sign-In"  # of an answer 401 to a script: where one comes in
# Views of libraries that carry their own guard; each is named here by its module, with the guard.
GUARDED_ELSEWHERE = {
    "allauth.": "allauth guards its own account pages",
    "django.views.i18n": "sets a language cookie, reads nothing",
    "ninja.": "the API's root carries its own authentication",
}


def _declare(view, policy: str):
    setattr(view, DECLARED, policy)
    return view


def wants_json(request) -> bool:
    """Whether a program on the page asked, which cannot follow anyone to the sign-in page."""
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def asked_by_script(request) -> bool:
    """Whether a script asked, for a part of a page or with a form that Turbo sends: another page, which it would be
    led to, is no answer that it can tell from the one it wanted."""
    sends = request.method not in ("GET", "HEAD")
    return is_fragment(request) or (sends and "turbo-stream" in request.headers.get("Accept", ""))


def _is_of_another(request) -> bool:
    """Whether the page that sends this was made for somebody else: another has signed in since, in another tab."""
    if request.method in ("GET", "HEAD"):
        return False
    said = request.headers.get(READER)
    if said is None and request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        said = request.POST.get("reader")
    kind = (said or "").partition(" ")[0]
    # From a person's own page one goes on to what is open to guests, too: that is nobody else.
    return kind in ("member", request.principal.kind) and said != request.principal.mark


def _signed_out(request, come_in: str) -> HttpResponse:
    """Answer 401 to whoever reads the page on which a script asked: nothing was taken, and one comes in there."""
    words = _("You are not signed in any more. Sign in, and try again.")
    if wants_json(request):
        answer = problem(401, words)
    else:
        answer = HttpResponse(words, status=401, content_type="text/plain; charset=utf-8")
    answer[SIGN_IN] = come_in
    return answer


def open_to_all(view):
    """Anyone may call this view, signed in or not."""
    return _declare(view, "all")


def members_only(view=None, *, role: str = "member"):
    """Only a signed-in member of at least `role` may call this view; others are asked to sign in, or refused.

    A script is told 401 instead of being sent to the sign-in page, as problem+json where it asks for JSON; so it is
    when the page was another member's. A form sent without a script is refused then.
    """

    def decorate(inner):
        @wraps(inner)
        def guarded(request, *args, **kwargs):
            another = _is_of_another(request)
            outside = request.principal.kind != "member"
            if (outside or another) and (wants_json(request) or asked_by_script(request)):
                return _signed_out(request, resolve_url(settings.LOGIN_URL))
            if outside:
                return redirect_to_login(request.get_full_path())
            if another or not request.principal.is_at_least(role):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return _declare(guarded, role)

    return decorate(view) if view else decorate


def admins_only(view):
    """Only owners and admins may call this view."""
    return members_only(view, role="admin")


def persons_only(view):
    """Only a person who came by a link of their own may call this view; others are led to where one asks for it.

    A script is told 401.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.principal.kind != "person" or _is_of_another(request):
            return _signed_out(request, resolve_url("my")) if asked_by_script(request) else redirect("my")
        return view(request, *args, **kwargs)

    return _declare(guarded, "person")


def members_and_guests(view):
    """A signed-in member, or a guest whom a link let into a booth; what each may see there, the view asks.

    Others are led to the doorstep, which says how one comes in; a script is told 401, as problem+json where it asks for
    JSON.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.principal.kind in ("member", "guest") and not _is_of_another(request):
            return view(request, *args, **kwargs)
        if wants_json(request):
            return problem(401, _("Your seat here is no longer open. Open the link that you were given once more."))
        come_in = f"{reverse('booths:doorstep')}?to={quote(request.path)}"
        return _signed_out(request, come_in) if asked_by_script(request) else redirect(come_in)

    return _declare(guarded, "guest")


def walk_views(resolver=None, prefix: str = ""):
    """Yield (path pattern, callback) of every URL of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk_views(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.callback


def policy_of(callback) -> str | None:
    """The policy of a view: "all", "person", "guest", a role, "elsewhere", or None when nobody declared one."""
    callback = getattr(callback, "func", callback)  # a view that a library bound to its own first argument
    declared = getattr(callback, DECLARED, None) or getattr(getattr(callback, "view_class", None), DECLARED, None)
    if declared:
        return declared
    module = getattr(callback, "__module__", "") or ""
    return "elsewhere" if module.startswith(tuple(GUARDED_ELSEWHERE)) else None


@register
def every_view_declares_its_access(app_configs, **kwargs):
    """System check: a view without a declared policy is an error, so forgetting one never ships."""
    return [
        Error(
            f"The view at '{path}' does not say who may call it.",
            hint="Decorate it with open_to_all, members_only, admins_only … from alongside.lib.access.",
            id="alongside.E001",
        )
        for path, callback in walk_views()
        if policy_of(callback) is None
    ]
