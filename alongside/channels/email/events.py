"""What the mail room tells: {kind: what its data holds}. Ids only; the ledger holds no words."""

TOLD = {
    "email.mailbox_connected": ("mailbox", "inbox"),
    "email.mailbox_started": ("mailbox", "inbox"),
    "email.mailbox_paused": ("mailbox", "inbox"),
    "email.mailbox_resumed": ("mailbox", "inbox"),
    "email.mailbox_changed": ("mailbox", "inbox"),
    "email.mailbox_disconnected": ("mailbox", "inbox"),
    "email.mailbox_failing": ("mailbox", "inbox"),
    "email.mailbox_well": ("mailbox", "inbox"),
}
