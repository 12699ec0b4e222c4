"""How somebody becomes a member or comes back in: invitations and one-time links, where keys and members meet."""
