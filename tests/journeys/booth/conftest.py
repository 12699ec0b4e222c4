"""Who sits at a booth, for every journey there."""

from tests.journeys.booth.sitting import lena, link, ryan  # noqa: F401
