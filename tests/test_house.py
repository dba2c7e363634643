"""What the whole tree keeps to: one stylesheet without sides, templates without inline code, a known top level."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRESCRIBED = {
    ".ci", ".gitignore", "LICENSE", "Makefile", "README.md", "constraints.txt", "docs", "migrations",
    "pyproject.toml", "requirements-dev.txt", "requirements.txt", "seed_actions.yaml", "templates", "tests",
    "tracker", "wsgi.py",
}  # fmt: skip
STYLESHEETS = sorted((ROOT / "tracker").rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MAILS = ROOT / "templates" / "email"  # mail clients know only inline style
PAGES = [path for path in TEMPLATES if MAILS not in path.parents]

PHYSICAL_SIDE = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b"
    r"|(?<![\w-])(?:left|right|top|bottom)\s*:"
    r"|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
INLINE_CODE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|<[^>]*\s(?:style|on[a-z]+)\s*=|javascript:",
    re.IGNORECASE,
)
BROWSER_TESTS = sorted((ROOT / "tests" / "browser").glob("[ct]*.py"))
#: by itself a click does not wait for the page that comes of it: `press` does
BUTTON_CLICKED = re.compile(r"(?:\"button\"|type=submit).*\.click\(")


def said(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def physical_sides(css: str) -> list[str]:
    return PHYSICAL_SIDE.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


@pytest.mark.parametrize("path", STYLESHEETS, ids=said)
def test_a_stylesheet_names_no_physical_side(path: Path) -> None:
    assert physical_sides(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "css", ["a{margin-left:0}", "a{ top : 0}", "a{text-align:right}", "a{border-top-left-radius:0}"]
)
def test_a_physical_side_is_seen(css: str) -> None:
    assert physical_sides(css)


@pytest.mark.parametrize(
    "css", ["a{inset-inline-start:0}", "a{text-align:start}", "/* left: */", "a{vertical-align:top}"]
)
def test_a_logical_side_passes(css: str) -> None:
    assert not physical_sides(css)


def colours(css: str, selector: str) -> dict[str, str]:
    block = re.search(rf"{re.escape(selector)} \{{(.*?)\}}", css, re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block[1]))


def test_both_themes_have_all_colours_and_a_dark_part_those_of_a_dark_page() -> None:
    css = (ROOT / "tracker/web/static/style.css").read_text(encoding="utf-8")
    light = colours(css, ':root, [data-theme="light"]')
    dark = colours(css, "@media (prefers-color-scheme: dark) {\n  :root")
    assert light.keys() == dark.keys()
    assert colours(css, '[data-theme="dark"]') == dark


@pytest.mark.parametrize("path", PAGES, ids=said)
def test_a_page_holds_no_inline_script_style_or_handler(path: Path) -> None:
    assert INLINE_CODE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "html", ["<script>x</script>", '<p style="a">', "<a\n onclick='x'>", '<a href="javascript:x">']
)
def test_inline_code_is_seen(html: str) -> None:
    assert INLINE_CODE.search(html)


@pytest.mark.parametrize("html", ['<script src="/a.js" defer></script>', '<p class="style">', "one = two"])
def test_a_script_of_its_own_file_passes(html: str) -> None:
    assert not INLINE_CODE.search(html)


@pytest.mark.parametrize("path", BROWSER_TESTS, ids=said)
def test_a_button_is_pressed_and_its_page_awaited(path: Path) -> None:
    assert BUTTON_CLICKED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=said)
def test_a_template_is_under_120_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 120


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_only_prescribed_files_stand_at_the_top() -> None:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout, so nothing says which files belong to the project")
    tracked = {name.split("/")[0] for name in answer.stdout.split("\0") if name}
    assert tracked <= PRESCRIBED


def test_there_is_a_picture_of_each_page_at_both_widths_and_all_are_small() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    wide = {picture.stem.removesuffix("-1280") for picture in pictures if picture.stem.endswith("-1280")}
    narrow = {picture.stem.removesuffix("-360") for picture in pictures if picture.stem.endswith("-360")}
    assert (wide, len(wide)) == (narrow, 14)
    assert sum(picture.stat().st_size for picture in pictures) < 2_000_000


def documents_named_in(path: Path) -> set[Path]:
    """Return where the links of a document and the mentions in a module point."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return {path.parent / link for link in re.findall(r"\]\(([\w./-]+)\)", text)}
    return {ROOT / name for name in re.findall(r"docs/\w+\.md", text)}


def test_every_document_that_is_named_exists() -> None:
    sources = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "tracker").rglob("*.py")]
    named = set[Path]().union(*map(documents_named_in, sources))
    assert len(named) > 5
    assert [said(path) for path in named if not path.exists()] == []
