"""Every token, in one table: links, API keys, invitations."""
