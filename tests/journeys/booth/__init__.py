"""Journeys at a booth."""
