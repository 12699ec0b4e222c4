"""Products, question sets, answers, and what was asked of whom."""

from alongside.profiles.models.answer import GUESSED, OBSERVED, PROVENANCES, TOLD, VERIFIED, Answer
from alongside.profiles.models.asked import ANSWERED, NEVER, NOT_NOW, OUTCOMES, Asked
from alongside.profiles.models.product import Product, Subject, kind_of, whose
from alongside.profiles.models.question import KINDS, Question, QuestionSet

__all__ = [
    "ANSWERED", "GUESSED", "KINDS", "NEVER", "NOT_NOW", "OBSERVED", "OUTCOMES", "PROVENANCES", "TOLD", "VERIFIED",
    "Answer", "Asked", "Product", "Question", "QuestionSet", "Subject", "kind_of", "whose",
]
