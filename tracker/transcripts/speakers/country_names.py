"""The names of countries, as labels and introductions give them; source: Unicode CLDR, by way of Babel."""

from functools import cache

from babel import Locale

from tracker.transcripts.speakers.printed_names import folded

# As meetings call them, beside CLDR's names.
SPOKEN = (
    "Russian Federation", "United States of America", "USA", "US", "U.S.", "UK", "Great Britain", "Republic of Korea",
    "Korea", "Czech Republic", "Cote d'Ivoire", "Ivory Coast", "European Union", "EU", "Holy See", "Viet Nam",
    "Islamic Republic of Iran", "Venezuela", "Bolivia", "Tanzania", "Moldova", "Syrian Arab Republic", "Lao PDR",
    "Macedonia", "Burma", "Swaziland", "Cape Verde", "Turkey", "Hong Kong", "Macao", "Palestine", "Timor-Leste",
    "The Netherlands", "Holland", "The Gambia", "Democratic Republic of the Congo", "Congo", "Brunei Darussalam",
    "Trinidad and Tobago", "Saint Lucia", "Antigua and Barbuda", "Bosnia and Herzegovina",
)  # fmt: skip
LANGUAGES = ("en", "fr", "es")


@cache
def countries() -> frozenset[str]:
    """Every country's name, folded."""
    names = {folded(name) for name in SPOKEN}
    for language in LANGUAGES:
        places = Locale(language).territories
        names |= {folded(name) for code, name in places.items() if code.isalpha() and code not in {"EZ", "UN", "ZZ"}}
    return frozenset(names)


def is_country(words: str) -> bool:
    """Whether the words are the name of a country, with or without an article before it."""
    plain = folded(words.strip(" \xa0,.;:"))
    return plain in countries() or plain.removeprefix("the ") in countries()
