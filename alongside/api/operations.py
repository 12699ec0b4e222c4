"""What every operation says of itself: its answers, the errors it may give, and the scope it needs."""

from alongside.api.recognition import Needs
from alongside.api.schemas.base import Problem

ERRORS = (400, 401, 403, 404, 405, 409, 413, 422, 429)


def answers(shape, status: int = 200) -> dict:
    """The keywords of an operation that answers with `shape`, or with a problem."""
    return {"response": {status: shape, **dict.fromkeys(ERRORS, Problem)}}


def needs(scope: str = "") -> dict:
    """The keywords of an operation that needs a key with `scope`; it is named in the description of the API, too."""
    return {"auth": Needs(scope), "openapi_extra": {"x-scope": scope} if scope else {}}
