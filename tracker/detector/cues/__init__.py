"""What signals that a sentence puts something forward."""
