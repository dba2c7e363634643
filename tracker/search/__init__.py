"""Full-text search of items, updates, turns and people."""
