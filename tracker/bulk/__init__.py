"""Changing many items at once, and undoing it."""
