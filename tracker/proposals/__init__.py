"""What was put forward: detection and triage."""
