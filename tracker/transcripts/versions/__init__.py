"""Corrected transcripts: where each passage stands in the newest version."""
