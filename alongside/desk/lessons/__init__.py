"""Where booths and lessons meet: one of the house, laid on the table as a copy."""
