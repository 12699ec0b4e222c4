"""One thread with a person, over any channel."""
