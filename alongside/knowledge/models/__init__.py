"""Lessons and their steps."""

from alongside.knowledge.models.lesson import Lesson
from alongside.knowledge.models.part import LessonPart

__all__ = ["Lesson", "LessonPart"]
