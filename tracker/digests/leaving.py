"""The address in every digest that ends it: signed for one person and one purpose, good as long as he is here."""

from itsdangerous import BadSignature, URLSafeSerializer

PURPOSE = "stop digests"


def token_for(secret: str, person_id: int) -> str:
    """Return what stands at the end of the person's address."""
    return str(URLSafeSerializer(secret, salt=PURPOSE).dumps(person_id))


def person_of(secret: str, token: str) -> int | None:
    """Return whose address it is; None if it was not signed by us for this."""
    try:
        number = URLSafeSerializer(secret, salt=PURPOSE).loads(token)
    except BadSignature:
        return None
    return number if isinstance(number, int) else None
