"""People at the counter, on the phone and on site."""
