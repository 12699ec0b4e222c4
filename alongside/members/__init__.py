"""Who serves: sign-in, teams, roles and hours."""
