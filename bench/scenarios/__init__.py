"""What is measured: one module a figure, each with `run(options) -> list[Row]`."""
