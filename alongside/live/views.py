"""The two addresses of the room: the stream of hints, and "I am here"."""

from functools import partial

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST, require_safe

from alongside.lib.access import open_to_all
from alongside.lib.afterwards import Afterwards
from alongside.live.hub import Stream
from alongside.live.models.presence import LOOKING, STATES, arrive, leave
from alongside.live.models.topics import allowed
from alongside.live.streams import run_stream

MOST_TOPICS = 60
GONE = "gone"


@open_to_all
@require_safe
def live(request):
    """Server-sent events for `?topics=a,b`: each topic's own room says who may listen; one refusal refuses all."""
    topics = sorted({topic for part in request.GET.getlist("topics") for topic in part.split(",") if topic})
    if not topics or len(topics) > MOST_TOPICS:
        return HttpResponseBadRequest(f"Name 1 to {MOST_TOPICS} topics.", content_type="text/plain")
    if not all(allowed(request.principal, topic) for topic in topics):
        raise Http404
    scope = request.META.get("asgi.scope") or {"headers": []}
    since = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    response = Afterwards(
        partial(run_stream, Stream(scope, request.principal, topics), since), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


@open_to_all
@require_POST
def here(request):
    """Say that whoever asks is looking at, typing in, or gone from a topic they may listen to."""
    topic = request.POST.get("topic") or request.GET.get("topic", "")
    state = request.POST.get("state", LOOKING)
    tab = request.POST.get("tab", "")[:40]
    if topic.startswith("here:") or not request.principal.person_id or not allowed(request.principal, topic):
        raise Http404
    if state == GONE:
        leave(topic, request.principal.person_id, tab)
    elif state in STATES:
        arrive(topic, request.principal.person_id, state, tab)
    else:
        return HttpResponseBadRequest(f"The state is one of {', '.join((*STATES, GONE))}.", content_type="text/plain")
    return HttpResponse(status=204)
