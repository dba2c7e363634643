"""The agenda of a milestone."""
