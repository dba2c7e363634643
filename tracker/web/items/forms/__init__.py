"""Forms of an item."""
