"""Settings where siblings meet: members and their invitations, teams and the inboxes they serve."""
