"""`alongside sign-in ADDRESS`: a one-time link for who is locked out, or to see the demo as one of its own."""

import argparse
import sys

from alongside.desk.first_link import sign_in_link
from alongside.members.models import Member


def main(argv: list[str]) -> int:
    """Print the link; 0 done, 1 nobody signs in with that address."""
    parser = argparse.ArgumentParser(prog="alongside sign-in", description="A link that signs a member in once.")
    parser.add_argument("address", help="the mail that the member signs in with")
    asked = parser.parse_args(argv)
    try:
        print(f"Good once, within the hour: {sign_in_link(asked.address)}")
    except Member.DoesNotExist:
        everyone = Member.objects.filter(is_active=True).order_by("id").values_list("email", flat=True)[:20]
        known = ", ".join(everyone) or "no members yet"
        print(f"Nobody signs in as {asked.address}. There are: {known}", file=sys.stderr)
        return 1
    return 0
