"""Measures Alongside beside the raw limits of the same work in the same run; never a timed test."""
