"""The shared document, live: kept change by change, the same for everyone who has the page open."""
