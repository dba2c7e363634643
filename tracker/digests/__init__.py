"""Digests: what each person hears, once a week."""
