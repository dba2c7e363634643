"""Pages that change or publish many items at once."""
