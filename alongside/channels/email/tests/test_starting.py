"""Reading begins with the second in which someone said so: no mail falls between."""

from datetime import UTC, datetime

import pytest

from alongside.channels.email.models import Mailbox

pytestmark = pytest.mark.django_db


def test_a_mail_that_comes_in_the_second_of_the_start_is_not_too_early(cafe, owner):
    mailbox = Mailbox.objects.create(inbox=cafe, address="hello@cafe.example", imap_host="imap.cafe.example")
    pressed = datetime(2026, 11, 22, 8, 12, 5, 700_000, tzinfo=UTC)
    mailbox.start(pressed, by=owner.person)
    as_the_server_tells_it = datetime(2026, 11, 22, 8, 12, 5, tzinfo=UTC)
    assert as_the_server_tells_it >= Mailbox.objects.get().importing_since
