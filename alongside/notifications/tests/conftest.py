"""The conversations of the cast, told about here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.conversations.tests.conftest import folder as folder_unheard
from alongside.conversations.tests.conftest import loan
from alongside.events.delivery import deliver_all
from alongside.events.models import Delivery

__all__ = ["everyone_hears", "folder", "folder_unheard", "loan"]


def everyone_hears():
    """Tell the listeners now. The database's clock stands still in a test's transaction, so everything is made due."""
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=1))
    deliver_all()


@pytest.fixture
def folder(folder_unheard):
    """Ryan's conversation, of which everyone has heard."""
    everyone_hears()
    return folder_unheard
