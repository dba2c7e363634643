"""Handing over open duties when somebody leaves."""
