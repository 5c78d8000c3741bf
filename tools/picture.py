"""Pictures of a page at both widths, kept small: at most 256 colours, which is more than the design has."""

import base64
import re
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTHS = (1280, 375)
# A long list says no more further down.
TALLEST = 1700
BORN = {"Day": "14", "Month": "9", "Year": "1975"}  # of the demonstration's customers in the series
# Counts the colours of a picture. The commonest of each neighbourhood stays, so that small words on a colour do too, and
# the commonest of the rest; every other becomes the nearest of them.
PALETTE = """async (source) => {
  const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + source)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  const near = (colour) => colour & 0xf0f0f0;
  const order = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const seen = new Set();
  const firsts = order.filter((colour) => !seen.has(near(colour)) && seen.add(near(colour)));
  const kept = [...new Set([...firsts.slice(0, 200), ...order])].slice(0, 256);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const far = (one, other) => one.reduce((sum, part, n) => sum + (part - other[n]) ** 2, 0);
  const shades = kept.map(parts);
  const place = new Map(kept.map((colour, n) => [colour, n]));
  for (const colour of counts.keys()) {
    if (place.has(colour)) continue;
    const own = parts(colour);
    place.set(colour, shades.reduce((best, shade, n) => (far(own, shade) < far(own, shades[best]) ? n : best), 0));
  }
  const said = Array.from(pixels, (pixel) => String.fromCharCode(place.get(pixel)));
  let rows = "";
  for (let n = 0; n < said.length; n += 65536) rows += said.slice(n, n + 65536).join("");
  return { width: bitmap.width, height: bitmap.height, shades: shades.flat(), rows: btoa(rows) };
}"""


def take(page: Page, picture: str, made: list[str]) -> None:
    """Both widths of what a page shows now."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": tall})
        (FOLDER / f"{picture}-{width}.png").write_bytes(smaller(page, shot))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    made.append(picture)


def smaller(page: Page, shot: bytes) -> bytes:
    """The same picture with a palette."""
    blank = page.context.new_page()
    found = blank.evaluate(PALETTE, base64.b64encode(shot).decode())
    blank.close()
    width, height = found["width"], found["height"]
    pixels = base64.b64decode(found["rows"])
    rows = b"".join(b"\0" + pixels[n * width : (n + 1) * width] for n in range(height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(found["shades"])),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def record(page: Page, case: str) -> None:
    """The record of one of the demonstration's cases."""
    page.goto(f"/customers/search/?q={case.replace(' ', '+')}")
    page.get_by_role("link", name=re.compile(f"^{case} ")).first.click()


def open_own_page(page: Page, case: str) -> None:
    """A customer's own door, by a link that is shown at the desk."""
    record(page, case)
    page.get_by_role("link", name="Their own page").click()
    page.get_by_role("button", name="Show a link here, once").click()
    secret = re.search(r"/my/l/[^/\s\"]+/", page.content())
    assert secret is not None, "the page shows no link"
    page.goto(secret.group())


def through_the_door(page: Page) -> None:
    for label, value in BORN.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Open my page").click()
    page.wait_for_url("**/my/")
