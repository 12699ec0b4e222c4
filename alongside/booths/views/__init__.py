"""What the booths answer: the doorstep, the page and its table, what is done on it, and handing over links."""
