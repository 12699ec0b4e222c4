"""Screens of lessons: all of them, one with its steps, and one step."""
