"""Around every request to the API: who asks, how often, whether it came before; and errors as problems, never pages."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig

from alongside.api import idempotency, problems, throttling, uploads
from alongside.api.recognition import recognise

PREFIX = "/api/"


class ApiAnswers:
    """Middleware; does nothing for the rest of the house."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Recognise the key, then answer."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if request.method != "HEAD":
            return self._whole(request)
        request.method = "GET"  # to every operation; the server sends no body
        try:
            return self._whole(request)
        finally:
            request.method = "HEAD"

    def _whole(self, request):
        recognise(request)
        headers = {}
        try:
            headers = throttling.take(request.api_key.id) if request.api_key else {}
            with uploads.taken_in(request):
                response = idempotency.once(request, lambda: self._answer(request))
        except problems.Problem as problem:
            response = problem.response()
        except RequestDataTooBig:
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            response = problems.Problem(413, detail=f"At most {most} bytes.").response()
        for name, value in {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **headers}.items():
            response.setdefault(name, value)
        return response

    def _answer(self, request):
        response = self.get_response(request)
        if response.status_code >= 400 and response.get("Content-Type", "") != problems.CONTENT_TYPE:
            return problems.of_response(response)
        return response
