"""Print how well every group of layouts is read: the ones tuned on, and the ones held out."""

from tests.transcripts.layouts.render import marked_pages, page, settings
from tests.transcripts.layouts.scoring import Score, score


def _line(name: str, of: Score) -> str:
    return f"{name:22} turns F1 {of.f1:.3f} ({of.found} found, {of.meant} meant)  persons {of.right}/{of.persons}"


def main() -> None:
    """Print one line a group, and one for each part."""
    every = [(setting, page(setting)) for setting in settings()]
    every += [(one.setting, one) for one in marked_pages()]
    for part in dict.fromkeys(setting.part for setting, _ in every):
        ours = [(setting.group, text) for setting, text in every if setting.part == part]
        for group in dict.fromkeys(group for group, _ in ours):
            print(_line(f"{part} {group}", score(text for name, text in ours if name == group)))
        print(_line(f"{part}, all", score(text for _, text in ours)))


if __name__ == "__main__":
    main()
