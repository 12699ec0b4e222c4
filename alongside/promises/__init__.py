"""What we said we would do, for whom and by when."""
