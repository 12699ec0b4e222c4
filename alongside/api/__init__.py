"""The house for other programs: people, conversations and messages over HTTP and JSON."""
