"""Talks of our own writing, set in the layouts in which transcripts are published, with their gold turns."""
