"""Bytes that people send: kept by their hash, given out by signed links."""
