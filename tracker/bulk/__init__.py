"""Bulk edits of items, and undoing them."""
