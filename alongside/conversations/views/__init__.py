"""Screens of conversations: lists, one conversation, its composer, and what can be done with one or many."""
