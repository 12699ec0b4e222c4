"""Tests of the house itself: floors, documents, locks, the code's own rules, and who may call what."""
