"""What a member sees of joining, of themself and of the organisation."""
