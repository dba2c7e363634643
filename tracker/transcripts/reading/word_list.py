"""Word lists, written as one reads them."""


def words(listing: str) -> frozenset[str]:
    """The words of a listing, split at blanks."""
    return frozenset(listing.split())
