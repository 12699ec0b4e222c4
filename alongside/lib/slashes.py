"""One address for each page: none ends in a slash, and one that is asked for with it leads on to the one without."""

from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes


class OneAddress(CommonMiddleware):
    """Django's, but it takes a slash away where Django would add one."""

    def should_redirect_with_slash(self, request) -> bool:
        """Never: none of our addresses has one."""
        return False

    def process_response(self, request, response):
        """Lead a reader on from an address that names a page but for its slash; nothing that is sent is led on."""
        if response.status_code == 404 and request.method in ("GET", "HEAD") and _has_one_too_many(request.path_info):
            path, _slash, query = request.get_full_path().partition("?")
            return HttpResponsePermanentRedirect(escape_leading_slashes(path[:-1]) + (f"?{query}" if query else ""))
        return super().process_response(request, response)


def _has_one_too_many(path: str) -> bool:
    return len(path) > 1 and path.endswith("/") and not is_valid_path(path) and bool(is_valid_path(path[:-1]))
