"""Products: the list of them, the page of one, writing one down, and what is known of it."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.answers import answer as page_or_wrong
from alongside.lib.keyset import BadCursor
from alongside.people.gathering import gather
from alongside.people.models import Person
from alongside.people.recognising import recognise
from alongside.profiles import finding_out, listing
from alongside.profiles.forms import ProductForm, origin_of
from alongside.profiles.models import Product
from alongside.profiles.views.find_out import find_out_about
from alongside.profiles.views.profile import act_on, answer_about, sheets_of, visible

MOST_MAKERS = 12


@require_safe
@members_only
def products(request):
    """Everything that somebody makes or brings, by name; `q` finds by the beginnings of names and codes, `maker` says
    whose."""
    words, maker = asked.words(request), _maker(request)
    try:
        found, after = listing.page(request.principal, words, request.GET.get("after"), maker)
    except BadCursor as broken:
        raise BadRequest("cursor") from broken
    return render(request, "profiles/products.html", {
        "products": found, "after": after, "words": words, "maker": maker})


@require_safe
@members_only
def product(request, id):
    """One product: what is known of it with how we know it, and one thing to find out."""
    held = _product(request, id)
    return render(request, "profiles/product.html", {
        **sheets_of(held), "finding": finding_out.next_finding(held, request.principal),
        "origin": origin_of(request.GET), "back": request.path,
    })


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new_product(request):
    """Write one down: `maker` says whose it is, else they are looked for by `q`."""
    maker = _maker(request)
    if maker is None:
        return _who_makes_it(request)
    form = ProductForm(maker, asked.sent(request))
    if request.method == "POST" and form.is_valid():
        held = Product.write_down(maker=maker, by=request.member.person, **form.cleaned_data)
        messages.success(request, _("%(name)s is written down.") % {"name": held.name})
        return redirect("profiles:product", held.id)
    return page_or_wrong(request, "profiles/product_form.html", {"maker": maker, "product": None, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit_product(request, id):
    """Call it otherwise, or give it to another `maker`, who is looked for by `q`."""
    held = _product(request, id)
    if request.method != "POST" and "q" in request.GET:
        return _who_makes_it(request, held)
    maker = _maker(request) or held.maker.standing()
    about = {"name": held.name, "code": held.code}
    form = ProductForm(maker, asked.sent(request), initial=about, besides=held)
    if request.method == "POST" and form.is_valid():
        held.change(maker=maker, by=request.member.person, **form.cleaned_data)
        return redirect("profiles:product", held.id)
    return page_or_wrong(request, "profiles/product_form.html", {"maker": maker, "product": held, "form": form})


@require_POST
@members_only
def retire_product(request, id):
    """It is made no more, or made again; what is known of it stays."""
    held, by = _product(request, id), request.member.person
    held.bring_back(by=by) if held.retired_at else held.retire(by=by)
    return redirect("profiles:product", held.id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def answer(request, id, question_id):
    """Write down an answer about a product, beside what is there; nothing is overwritten."""
    return answer_about(request, _product(request, id), question_id)


@require_POST
@members_only
def act(request, id, answer_id):
    """One tap on one answer about a product: `act` is confirm, verify, choose or withdraw."""
    return act_on(request, _product(request, id), answer_id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def find_out(request, id):
    """The question to ask about a product at the next contact with whoever makes it."""
    return find_out_about(request, _product(request, id))


def _product(request, id) -> Product:
    return get_object_or_404(Product.objects.visible_to(request.principal).with_maker(), pk=id)


def _maker(request) -> Person | None:
    """Who was said to make it; None where nobody was. Raises Http404."""
    id = request.POST.get("maker") or request.GET.get("maker") or ""
    if not id:
        return None
    if not (id.isascii() and id.isdecimal() and len(id) < 19):
        raise Http404
    return visible(request, int(id))


def _who_makes_it(request, held: Product | None = None):
    words = asked.words(request)
    found = recognise(request.principal, words, MOST_MAKERS) if words else []
    gather([each.person for each in found])
    context = {"product": held, "words": words, "found": found}
    return render(request, "profiles/maker.html", context, status=422 if request.method == "POST" else 200)
