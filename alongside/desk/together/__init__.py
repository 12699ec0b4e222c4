"""Where booths and conversations meet: a seat at the shared page, offered in an answer."""
