"""Mail of somebody with two records, and what is left of letters when they are let go."""

import pytest

from alongside.channels.email.belongings import Mail
from alongside.channels.email.models import RawMail
from alongside.conversations.writing import Address, receive
from alongside.people.merging import merge
from alongside.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def joseph(joe):
    """Joe once more."""
    return Person.meet(full_name="Joseph Hallam", email="joseph@letters.example")


def test_a_letter_from_either_address_is_of_whoever_stands(arrive, mail, joe, joseph, lena):
    merge(joe, joseph, by=lena.person)
    message = arrive(mail(sender="joseph@letters.example"))
    assert (message.author, message.conversation.person) == (joe, joe)
    assert Person.objects.filter(merged_into=None, member=None).count() == 1


def test_an_answer_in_an_old_thread_stays_with_whom_it_began(arrive, mail, joe, joseph, lena):
    first = arrive(mail("Is it open?", sender="joseph@letters.example", Message_ID="<first@x>"))
    merge(joe, joseph, by=lena.person)
    second = arrive(mail("Well?", sender="joseph@letters.example", In_Reply_To="<first@x>"))
    assert second.conversation == first.conversation
    assert (second.author, second.conversation.whom) == (joseph, joe)


def test_a_shared_address_suggests_whom_we_spoke_with_last_under_any_record(arrive, mail, joe, joseph, ryan, lena):
    arrive(mail(sender="joseph@letters.example"))
    merge(joe, joseph, by=lena.person)
    ryan.reach_at("email", "joe@hallam.example")
    assert arrive(mail(sender="joe@hallam.example")).author == joe


def test_letters_of_others_that_quote_them_keep_no_bytes_of_them(arrive, mail, joe, ryan, cafe):
    first = arrive(mail("kept of Ryan", sender="ryan@kessler.example", Message_ID="<first@x>"))
    receive(first.conversation, author=joe, sender=Address("joe@hallam.example"), text="canary of Joe")
    arrive(mail("Thanks\n\n> canary of Joe", sender="ryan@kessler.example", In_Reply_To="<first@x>"))
    Mail().erase([joe.id], "delete")
    left = b"".join(bytes(each.raw) for each in RawMail.objects.all())
    assert b"canary" not in left and b"kept of Ryan" in left
