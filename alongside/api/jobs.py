"""What the API forgets in time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.api.models import KEPT_FOR, IdempotentAnswer


@app.periodic(cron="17 * * * *")
@app.task(name="api.forget_answers", queueing_lock="api.forget_answers")
def forget_answers(timestamp: int = 0) -> int:
    """Every hour: forget answers older than a day. Returns how many went."""
    return IdempotentAnswer.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]
