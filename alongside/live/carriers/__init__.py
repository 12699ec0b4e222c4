"""Other ways than NOTIFY to carry hints between processes."""

CHANNEL = "alongside_live"
