"""What was said: transcripts, turns, passages."""
