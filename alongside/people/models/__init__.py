"""People, how they are reached, where they live, and how they belong together."""

from alongside.people.models.address import Address
from alongside.people.models.card_opening import CardOpening
from alongside.people.models.identity import (
    CARD,
    EMAIL,
    EXTERNAL,
    KINDS,
    NATIONAL_ID,
    PHONE,
    PROVENANCE,
    Identity,
    identity_key,
)
from alongside.people.models.matching import CommonValue, LearntWeights, MatchingKeys
from alongside.people.models.merging import Merging
from alongside.people.models.person import HUMAN, MOST_LETTERS, ORGANISATION, NameKey, Person, lock_person
from alongside.people.models.recognition import KnownWord, RecognitionKeys
from alongside.people.models.relation import RELATIONS, Relation
from alongside.people.models.suggestion import Suggestion
from alongside.people.models.theirs import TheirsQuerySet, theirs

__all__ = [
    "CARD", "EMAIL", "EXTERNAL", "HUMAN", "KINDS", "MOST_LETTERS", "NATIONAL_ID", "ORGANISATION", "PHONE", "PROVENANCE",
    "RELATIONS", "Address", "CardOpening", "CommonValue", "Identity", "KnownWord", "LearntWeights", "MatchingKeys",
    "Merging", "NameKey", "Person", "RecognitionKeys", "Relation", "Suggestion", "TheirsQuerySet", "identity_key",
    "lock_person", "theirs",
]
