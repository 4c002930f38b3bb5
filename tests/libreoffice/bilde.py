"""Make the picture in the README: python -m tests.libreoffice.bilde (needs soffice, pdftoppm and Pillow)."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image, ImageChops

from velferdslab_model import beregn, load_forutsetninger, write_arbeidsbok

MAAL = Path(__file__).parents[2] / "docs" / "arbeidsbok.png"
FOERST = "Unge voksne: effektmodell"


def _kjoer(*kommando: str) -> None:
    subprocess.run(kommando, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _foerste_side(pdf: Path) -> str:
    """The first page of the tab «Unge voksne»."""
    tekst = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return str(next(i for i, side in enumerate(tekst.split("\f"), start=1) if side.startswith(FOERST)))


def main() -> None:
    """Print the default workbook and keep the top of the page."""
    with tempfile.TemporaryDirectory() as mappe:
        fil = Path(mappe) / "effektmodell_asker.xlsx"
        write_arbeidsbok(beregn(load_forutsetninger()), fil, date(2026, 11, 22))
        _kjoer("soffice", "--headless", "--convert-to", "pdf", "--outdir", mappe, str(fil))
        bilde, nummer = Path(mappe) / "side", _foerste_side(fil.with_suffix(".pdf"))
        _kjoer(
            "pdftoppm",
            "-r",
            "110",
            "-f",
            nummer,
            "-l",
            nummer,
            "-png",
            "-singlefile",
            str(fil.with_suffix(".pdf")),
            str(bilde),
        )
        side = Image.open(bilde.with_suffix(".png")).convert("RGB")
    uten_bunntekst = side.crop((0, 0, side.width, int(side.height * 0.93)))
    hvitt = Image.new("RGB", uten_bunntekst.size, "white")
    venstre, topp, hoyre, bunn = ImageChops.difference(uten_bunntekst, hvitt).getbbox() or (0, 0, *side.size)
    MAAL.parent.mkdir(exist_ok=True)
    uten_bunntekst.crop((venstre - 10, topp - 10, hoyre + 10, bunn + 10)).quantize(64).save(MAAL, optimize=True)


if __name__ == "__main__":
    main()
