"""A label printer that is not ours: zpl-renderer-js (MIT), which is zebrash in WebAssembly, run by Node.

dev.py installs it beside the other packages. Where Node or the package is missing, the tests that want it are skipped
with what to do.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageOps

MODULES = Path(sys.prefix) / "node_modules"
_SCRIPT = """
const { ready } = require("zpl-renderer-js");
const jobs = JSON.parse(require("fs").readFileSync(0, "utf8"));
(async () => {
  const { api } = await ready;
  const pictures = [];
  for (const [zpl, width, height, dots] of jobs)
    pictures.push(await api.zplToBase64MultipleAsync(zpl, width, height, dots));
  process.stdout.write(JSON.stringify(pictures), () => process.exit(0));
})();
"""


@functools.cache
def _why_missing() -> str:
    if shutil.which("node") is None:
        return (
            "NOT TESTED: Node is missing, which runs the foreign ZPL interpreter. Install nodejs and npm, then ./dev.py"
        )
    if not (MODULES / "zpl-renderer-js").is_dir():
        return f"NOT TESTED: zpl-renderer-js is not in {MODULES}. Delete .venv/installed and run dev.py."
    return ""


def printed(payload: bytes, width_mm: float, height_mm: float, dots_per_mm: int = 8) -> Image.Image:
    """Print one ZPL label on a foreign printer and give its picture."""
    return printed_all([(payload, width_mm, height_mm, dots_per_mm)])[0]


def printed_all(jobs: list[tuple[bytes, float, float, int]]) -> list[Image.Image]:
    """Print several labels in one run of Node, which takes a second to start; one picture for each label printed."""
    if why := _why_missing():
        pytest.skip(why)
    asked = json.dumps([(payload.decode("ascii"), width, height, dots) for payload, width, height, dots in jobs])
    done = subprocess.run(
        ["node", "-e", _SCRIPT],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "NODE_PATH": str(MODULES)},
    )
    assert done.returncode == 0, done.stderr
    pictures = [png for sheets in json.loads(done.stdout) for png in sheets]
    return [Image.open(io.BytesIO(base64.b64decode(png))).convert("L") for png in pictures]


def scanned(picture: Image.Image) -> list[tuple[str, str]]:
    """What a scanner reads from a label: symbology identifier and text, sorted."""
    framed = ImageOps.expand(picture.convert("L"), 20, 255)
    found = zxingcpp.read_barcodes(framed, text_mode=zxingcpp.TextMode.Plain)
    return sorted((code.symbology_identifier, code.text) for code in found)
