"""Alongside: a customer-service platform that treats people as people."""

__version__ = "0.1.0"
