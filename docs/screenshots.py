"""Makes the pictures of the pages in docs/images, from the article in seeds/.

Needs Chromium, Playwright (the extra "browser") and pngquant. The pictures show the fonts
that are installed; the ones in the repository were made with Debian's fonts-open-sans and fonts-crosextra-caladea.

    python docs/screenshots.py
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import quotekit

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
# Each picture: the screen, the scheme, and the speaker or threat at which the pointer is.
PICTURES = {
    "page-light": ({"width": 1200, "height": 1000}, "light", None),
    "page-dark": ({"width": 1200, "height": 1000}, "dark", "[data-key=s1] .qk-name"),
    "page-phone": ({"width": 390, "height": 844}, "light", None),
}
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def main() -> None:
    """Writes the pictures."""
    IMAGES.mkdir(exist_ok=True)
    text = (ROOT / "seeds" / "security_talks.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "page.html"
        page_file.write_text(quotekit.render(quotekit.extract(text)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, (screen, scheme, pointed_at) in PICTURES.items():
            page = browser.new_page(viewport=screen, color_scheme=scheme, reduced_motion="reduce")
            page.set_default_timeout(120_000)
            page.goto(page_file.as_uri())
            if pointed_at is not None:
                page.hover(pointed_at)
            picture = IMAGES / f"{name}.png"
            # The whole page at once shows the threats, too.
            page.screenshot(path=picture, full_page=pointed_at is None and name != "page-phone")
            subprocess.run(["pngquant", "--force", "--speed=8", "--ext=.png", "48", str(picture)], check=True)
            print(picture.relative_to(ROOT), f"{picture.stat().st_size / 1024:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
