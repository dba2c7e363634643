"""The pages of people, bodies and handovers."""
