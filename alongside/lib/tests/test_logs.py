"""The log: a line for what a reader was told, the whole trace for what was our fault."""

import io
import logging

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.module_loading import import_string


@pytest.fixture
def console():
    """A handler as the settings describe it, and a function that gives what it wrote."""
    described = settings.LOGGING["handlers"]["console"]
    assert described["filters"] == ["answered"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(import_string(settings.LOGGING["filters"]["answered"]["()"])())
    logger = logging.getLogger("tests.log")
    logger.addHandler(handler)
    yield logger, written.getvalue
    logger.removeHandler(handler)


@pytest.mark.parametrize(("wrong", "traced"), [(BadRequest("x"), False), (Http404(), False), (KeyError("x"), True)])
def test_a_trace_stands_only_where_we_were_wrong(console, wrong, traced):
    logger, written = console
    try:
        raise wrong
    except Exception:
        logger.error("It did not work: /inbox", exc_info=True)
    assert "It did not work: /inbox" in written()
    assert ("Traceback" in written()) is traced
