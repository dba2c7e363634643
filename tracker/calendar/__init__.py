"""Milestones and the items due at them: the timeline, moving and cancelling."""
