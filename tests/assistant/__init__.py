"""Tests of an operator's own language model, with a server of our own in its place."""
