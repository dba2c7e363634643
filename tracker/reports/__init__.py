"""What the room sees: reports."""
