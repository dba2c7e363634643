"""The pages of the outbox and of past digests."""
