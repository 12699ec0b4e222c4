"""People written down twice: looked for at night, shown to members, decided by them."""
