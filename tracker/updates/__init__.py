"""What happened since: updates and their evidence."""
