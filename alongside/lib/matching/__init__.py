"""Whether two records tell of one person: plain functions over plain rows, with no models and nothing learnt by heart.

`reading` takes rows in and `plain` makes them comparable; `blocking` says which two are worth a look, `comparing` how
well each field agrees, `weighing` what that is worth (Fellegi and Sunter, rare values more), `judging` what to do with
it, `finding` does all of it over many people on every core. `full_names` compares two names and nothing else.
"""
