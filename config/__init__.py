"""Wiring: settings, addresses, the server and its schedule; no behaviour lives here."""
