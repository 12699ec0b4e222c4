"""Attachments: kept by content in the database, served as what they safely are, through links bound to a reader."""
