"""What the API remembers."""

from alongside.api.models.idempotent_answer import KEPT_FOR, IdempotentAnswer

__all__ = ["KEPT_FOR", "IdempotentAnswer"]
