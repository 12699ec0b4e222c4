"""The booth: one page that a member and a person share, live."""
