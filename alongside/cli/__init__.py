"""The `alongside` command: what an operator runs. Each command is a module; rooms add theirs in the table of `main`."""
