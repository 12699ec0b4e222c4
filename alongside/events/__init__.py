"""The ledger: what happened, to whom, and who must hear of it."""
