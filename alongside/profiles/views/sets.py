"""Settings of questions: the sets that are here, ours to load, and one's own to make and change."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.lib import asked
from alongside.lib.access import members_only
from alongside.lib.answers import answer
from alongside.profiles import loading
from alongside.profiles.forms import QuestionForm, QuestionSetForm
from alongside.profiles.models import KINDS, Question, QuestionSet


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def sets(request):
    """The sets that are here and ours to load; make one of your own."""
    form = QuestionSetForm(asked.sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = QuestionSet.make(told.pop("name"), **told)
        return redirect("profiles:set", made.id)
    held = list(QuestionSet.objects.visible_to(request.principal).prefetch_related("questions"))
    return answer(request, "profiles/sets.html", {
        "rows": [(each, sum(question.retired_at is None for question in each.questions.all())) for each in held],
        "ours": [(key, about) for key, about in _ours() if key not in {each.key for each in held}], "form": form,
    })


@require_POST
@members_only(role="lead")
def load(request):
    """Load one of the sets that came with the house."""
    wanted = request.POST.get("set", "")
    if wanted not in {key for key, _about in _ours()}:
        raise Http404
    done = loading.load_file(loading.EXAMPLES / f"{wanted}.yaml")
    messages.success(request, _("%(name)s is here, with %(count)d questions.")
                     % {"name": done.set.name, "count": done.set.questions.filter(retired_at=None).count()})
    return redirect("profiles:set", done.set.id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def one_set(request, set_id):
    """One set: its questions in their order, and what it is."""
    held = _set(request, set_id)
    about = {name: getattr(held, name) for name in QuestionSetForm.base_fields}
    form = QuestionSetForm(asked.sent(request), initial=about, answered=held.is_answered)
    if request.method == "POST" and form.is_valid():
        QuestionSet.objects.filter(pk=held.pk).update(**form.cleaned_data)
        return redirect("profiles:set", held.id)
    questions = list(held.questions.all())
    return answer(request, "profiles/set.html", {
        "set": held, "form": form, "kinds": KINDS,
        "questions": [question for question in questions if question.retired_at is None],
        "retired": [question for question in questions if question.retired_at],
    })


@require_POST
@members_only(role="lead")
def retire_set(request, set_id):
    """Ask none of it any more, or ask it again; what was answered stays."""
    held = _set(request, set_id)
    held.bring_back() if held.retired_at else held.retire()
    return redirect("profiles:set", held.id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def new_question(request, set_id):
    """Add a question at the end of a set."""
    held = _set(request, set_id)
    form = QuestionForm(asked.sent(request))
    if request.method == "POST" and form.is_valid():
        held.add(**form.cleaned_data, here=True)
        return redirect("profiles:set", held.id)
    return answer(request, "profiles/question.html", {"set": held, "question": None, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(role="lead")
def question(request, set_id, question_id):
    """Reword a question, or change what it takes."""
    held = _question(request, set_id, question_id)
    fixed = held.kind if held.answers.exists() else ""
    about = {name: getattr(held, name) for name in QuestionForm.base_fields} | {"choices": "\n".join(held.choices)}
    form = QuestionForm(asked.sent(request), initial=about, kind=fixed)
    if request.method == "POST" and form.is_valid():
        held.change(**form.cleaned_data)
        return redirect("profiles:set", held.set_id)
    return answer(request, "profiles/question.html", {"set": held.set, "question": held, "form": form})


@require_POST
@members_only(role="lead")
def move(request, set_id, question_id):
    """One place up or down (`way`)."""
    ways = {"up": -1, "down": 1}
    if request.POST.get("way") not in ways:
        raise BadRequest("way")
    _question(request, set_id, question_id).move(ways[request.POST["way"]])
    return redirect("profiles:set", set_id)


@require_POST
@members_only(role="lead")
def retire(request, set_id, question_id):
    """Ask it no more, or ask it again."""
    held = _question(request, set_id, question_id)
    held.bring_back() if held.retired_at else held.retire()
    return redirect("profiles:set", set_id)


def _set(request, id) -> QuestionSet:
    return get_object_or_404(QuestionSet.objects.visible_to(request.principal), pk=id)


def _question(request, set_id, id) -> Question:
    questions = Question.objects.visible_to(request.principal).select_related("set")
    return get_object_or_404(questions, pk=id, set=set_id)


def _ours() -> list[tuple[str, dict]]:
    """The sets that came with the house: key and what the file says of them."""
    return [(path.stem, loading.read_file(path)[0]) for path in sorted(loading.EXAMPLES.glob("*.yaml"))]
