"""The record of a booth: what both sides wrote, drew and did, to keep as Markdown, as a PDF, and as a picture."""
