"""Finding things over all of these."""
