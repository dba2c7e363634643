"""What is followed up: items, positions, responses, owners."""
