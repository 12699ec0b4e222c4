"""One folder per way in and out of the house."""
