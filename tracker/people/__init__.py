"""Who: bodies, people, terms, parties, sign-in."""
