"""Every human we know: who they are and how they are reached."""
