"""Members, their teams and the organisation they serve in."""

from alongside.members.models.member import Member
from alongside.members.models.organisation import Organisation
from alongside.members.models.team import Team, TeamPlace

__all__ = ["Member", "Organisation", "Team", "TeamPlace"]
