"""Push and presence: says "this fragment changed" and "they are here", never content."""
