"""Members, their teams, hours and locations, and the organisation they serve in."""

from alongside.members.models.hours import Hours
from alongside.members.models.location import Location
from alongside.members.models.member import Member
from alongside.members.models.organisation import Organisation
from alongside.members.models.team import Team, TeamPlace
from alongside.members.models.their_member import TheirMember

__all__ = ["Hours", "Location", "Member", "Organisation", "Team", "TeamPlace", "TheirMember"]
