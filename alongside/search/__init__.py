"""Finding people, messages, notes and files by what was written and by who, where and when."""
