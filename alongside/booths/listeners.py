"""What follows when a booth has ended: the page as it was then is a version that stays."""

from alongside.booths.models import Booth
from alongside.booths.models.update import ENDED
from alongside.booths.syncing import versions
from alongside.events.models import listen


@listen("booth.ended")
def keep_the_end(event):
    """Hearing it again marks the same version; a booth that is gone has none."""
    booth = Booth.objects.filter(pk=event.data["booth"]).first()
    if booth and not booth.is_open:
        versions.keep(booth, why=ENDED)
