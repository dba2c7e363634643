"""What a signed-in person sees first."""


def contents() -> dict[str, object]:
    """Return the values that front/_my_page.html shows."""
    return {}
