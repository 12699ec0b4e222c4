"""Small deeds, moods, and what someone usually has."""
