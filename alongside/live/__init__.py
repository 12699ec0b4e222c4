"""Push and presence: says "this changed", never what it says now."""
