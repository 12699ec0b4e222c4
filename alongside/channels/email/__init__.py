"""Mail in and mail out: mailboxes, raw mail, the outbox, the post office."""
