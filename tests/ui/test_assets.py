"""The built stylesheet, script and fonts belong to their sources and load nothing from elsewhere."""

import hashlib
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
BUILT = ROOT / "waymark" / "web" / "ui" / "static" / "ui"
TEMPLATES = ROOT / "waymark" / "web"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def manifest() -> dict[str, dict[str, str]]:
    return json.loads((BUILT / "build.json").read_text())


def sources() -> set[str]:
    named = {"build.js", "package.json", "package-lock.json"}
    return named | {
        path.relative_to(ASSETS).as_posix() for path in (ASSETS / "src").rglob("*") if path.is_file()
    }


def test_what_is_built_was_built_from_the_present_sources() -> None:
    """When this fails: `npm ci && npm run build` in assets/."""
    assert {name: digest(ASSETS / name) for name in sources()} == manifest()["sources"]


def test_what_is_built_has_not_been_changed_by_hand() -> None:
    present = {path.relative_to(BUILT).as_posix() for path in BUILT.rglob("*") if path.is_file()} - {
        "build.json"
    }
    assert {name: digest(BUILT / name) for name in present} == manifest()["built"]


def test_the_stylesheet_loads_only_our_own_fonts() -> None:
    css = (BUILT / "waymark.css").read_text()
    found = re.findall(r"url\(\"?([^)\"]*)", css)
    assert found
    assert all((BUILT / name).is_file() and name.startswith("fonts/") for name in found)


def test_crown_crest_and_government_font_are_nowhere_in_the_stylesheet() -> None:
    css = (BUILT / "waymark.css").read_text().lower()
    assert not [
        word for word in ("gds transport", "crown", "crest", ".govuk-header", ".govuk-footer") if word in css
    ]


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ASSETS / "package-lock.json").read_text()


def test_scripts_refer_to_no_source_map() -> None:
    assert not [path.name for path in BUILT.glob("*.js") if "sourceMappingURL" in path.read_text()]


def test_no_template_holds_inline_script_or_style_or_data_images() -> None:
    script = r"<script(?![^>]*\ssrc=)(?![^>]*application/json)"
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|src=\"data:|" + script)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if inline.search(path.read_text())
    ]
    assert not found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_accent_can_be_read_on_white_and_on_every_pale_ground() -> None:
    colours = dict(
        re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", (ASSETS / "src/scss/_colours.scss").read_text(), re.M)
    )
    grounds = ["#ffffff", colours["accent-pale"], colours["pale"], colours["amber-pale"]]
    for ground in grounds:
        assert contrast(colours["accent"], ground) >= 4.5
        assert contrast(colours["quiet"], ground) >= 4.5
    assert contrast(colours["accent"], colours["focus"]) >= 3
