"""Every decision on a proposal, the queue, similar passages, and what the detector learns from decisions."""
