"""The port through which what somebody wrote and drew is taken out of the shared document of a booth."""

from collections.abc import Callable

from alongside.booths.models import Booth

_rewriters: list[Callable[[Booth, list[int]], None]] = []


def rewrites(function: Callable[[Booth, list[int]], None]) -> Callable:
    """Register `function(booth, participant_ids)`, called in the erasing's transaction. May decorate it."""
    if function not in _rewriters:
        _rewriters.append(function)
    return function


def take_out(booth: Booth, participant_ids: list[int]) -> None:
    """Take out of the document of `booth` what these of its participants wrote and drew."""
    for function in _rewriters:
        function(booth, participant_ids)
