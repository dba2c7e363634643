"""The fonts a browser of the tests draws with: those named here, whatever else the machine has."""

import os
from collections.abc import Iterable
from pathlib import Path

#: Debian's fonts-dejavu-core and fonts-noto-core: the second is wider in places, and higher
FONTS = ("DejaVu", "Noto")
PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".local/share/fonts"))
SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  {places}
  <cachedir>{cache}</cachedir>
  <selectfont>
    <rejectfont><glob>*</glob></rejectfont>
    <acceptfont><pattern><patelt name="family"><string>{sans}</string></patelt></pattern></acceptfont>
    <acceptfont><pattern><patelt name="family"><string>{mono}</string></patelt></pattern></acceptfont>
  </selectfont>
  <match>
    <edit name="family" mode="append"><string>{sans}</string></edit>
  </match>
</fontconfig>
"""


def families(font: str) -> tuple[str, str]:
    """Return the names of its upright family and of the one for code."""
    return f"{font} Sans", f"{font} Sans Mono"


def is_there(font: str, places: Iterable[str] = PLACES) -> bool:
    """Tell whether the machine has the font."""
    start = f"{font}Sans"
    return any(
        path.stem in (start, f"{start}-Regular") for place in places for path in Path(place).rglob(f"{start}*.ttf")
    )


def drawn_with(font: str, folder: Path) -> dict[str, str]:
    """Return the environment of a browser that has this font alone."""
    sans, mono = families(font)
    settings = folder / f"{font}.conf"
    places = "".join(f"<dir>{place}</dir>" for place in PLACES)
    settings.write_text(SETTINGS.format(places=places, cache=folder / "cache", sans=sans, mono=mono), "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}
