"""When: meetings and milestones."""
