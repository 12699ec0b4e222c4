"""`alongside bench`, in the small."""
