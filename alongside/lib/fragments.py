"""Whether a request asks for a part of a page only: a Turbo frame, or a region that is fetched again."""


def frame_of(request) -> str:
    """The id of the Turbo frame that asks, or an empty text."""
    return request.headers.get("Turbo-Frame", "")


def is_region(request) -> bool:
    """True when a region of the page is fetched again by itself, and no Turbo frame."""
    return is_fragment(request) and not frame_of(request)


def is_fragment(request) -> bool:
    """True when a script asks for a part of the page; a plain browser gets the whole one."""
    return bool(frame_of(request) or request.headers.get("X-Fragment"))
