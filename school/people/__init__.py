"""Who there is: accounts, members of schools, roles, families, and how they sign in."""
