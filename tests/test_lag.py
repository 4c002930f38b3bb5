"""The layers: errors <- base <- parameters <- model <- results <- workbook <- effektbok and the other questions <- cli. Arrows never run back."""

from __future__ import annotations

import ast
from pathlib import Path

PAKKE = Path(__file__).parents[1] / "velferdslab_model"
LAG = [
    "version", "errors", "base", "parameters", "model", "register", "setning", "alternativ", "bevegelse", "results", "overfoering", "figur8", "noekkelrader", "hva_om", "endringer", "oekonomiplan",
    "workbook", "page", "katalog", "effektbok", "prisliste", "scenarios", "contract", "uncertainty", "compare", "assess", "utenfor", "personas", "saksframlegg", "veiledning", "check", "app", "cli",
]  # fmt: skip


def importer(fil: Path) -> set[str]:
    """Names of the package's own modules that a file imports, also inside functions."""
    ut: set[str] = set()
    for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, fil
            ut |= {node.module}
        elif isinstance(node, ast.Import):
            ut |= {navn.name for navn in node.names}
    return {navn for navn in ut if navn.startswith("velferdslab_model.")}


def test_importene_gaar_bare_nedover() -> None:
    filer = [p for p in PAKKE.rglob("*.py") if p.relative_to(PAKKE).parts[0] not in ("__init__.py", "__main__.py")]
    assert len(filer) > 30
    for fil in filer:
        her = fil.relative_to(PAKKE).parts[0].removesuffix(".py")
        for navn in importer(fil):
            der = navn.split(".")[1]
            assert LAG.index(der) <= LAG.index(her), f"{fil.relative_to(PAKKE)} importerer {navn}"


def test_byggesettet_kjenner_ingen_oekonomi() -> None:
    """A workbook of another kind must be able to stand on it without the effect model."""
    for fil in (PAKKE / "workbook").glob("*.py"):
        rom = {navn.split(".")[1] for navn in importer(fil)}
        assert rom <= {"version", "errors", "base", "workbook"}, f"{fil.name} importerer {rom}"


def test_sammenligningens_analyse_vet_ikke_hvordan_den_vises() -> None:
    """compare/*.py computes; tabs/ and report/ show, and writing.py writes."""
    filer = {fil.name: fil for fil in (PAKKE / "compare").glob("*.py")}
    assert {"sammenligning.py", "dekomponering.py", "rangering.py", "vurdering.py", "kolonner.py"} < filer.keys()
    for navn in filer.keys() - {"writing.py"}:
        brukt = importer(filer[navn])
        rom = {en.split(".")[1] for en in brukt}
        assert not rom & {"workbook", "page", "katalog", "effektbok"}, f"{navn} importerer {brukt}"
        assert not any(
            en.startswith(("velferdslab_model.compare.tabs", "velferdslab_model.compare.report")) for en in brukt
        )


def test_analysene_og_rommene_ved_siden_av_bygger_ikke_paa_effektmodellens_bok() -> None:
    """The tabs of an uncertainty analysis are added to that book; nothing else of it is."""
    brukt = {
        f"{rom}/{fil.name}"
        for rom in ("uncertainty", "compare", "contract", "assess", "utenfor", "personas", "katalog")
        for fil in (PAKKE / rom).rglob("*.py")
        if any(navn.startswith("velferdslab_model.effektbok") for navn in importer(fil))
    }
    assert brukt == {"uncertainty/tabs.py"}
    assert "velferdslab_model.effektbok" not in " ".join(importer(Path(__file__).parent / "workbook" / "proevebok.py"))


def test_siden_kjenner_ingen_oekonomi() -> None:
    """A page of another kind must be able to stand on it."""
    for fil in (PAKKE / "page").glob("*.py"):
        rom = {navn.split(".")[1] for navn in importer(fil)}
        assert rom <= {"version", "errors", "base", "workbook", "page"}, f"{fil.name} importerer {rom}"


def test_modellen_leser_ingen_fil_og_ingen_klokke() -> None:
    for fil in (PAKKE / "model").glob("*.py"):
        for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8"))):
            navn = [n.name for n in node.names] if isinstance(node, ast.Import) else []
            navn += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {n.split(".")[0] for n in navn} & {"os", "io", "pathlib", "datetime", "time", "random"}, fil
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("open", "print", "input"), fil


def test_ingen_sirkler_mellom_filene() -> None:
    graf = {
        "velferdslab_model." + ".".join(p.relative_to(PAKKE).with_suffix("").parts): importer(p)
        for p in PAKKE.rglob("*.py")
        if p.name not in ("__init__.py", "__main__.py")
    }
    ferdig: set[str] = set()
    while len(ferdig) < len(graf):
        klare = {navn for navn, bruk in graf.items() if navn not in ferdig and not (bruk & graf.keys()) - ferdig}
        assert klare, f"sirkel blant {sorted(graf.keys() - ferdig)}"
        ferdig |= klare


def test_ingen_fil_er_for_lang_til_aa_leses_i_en_sittende() -> None:
    for fil in PAKKE.rglob("*.py"):
        assert len(fil.read_text(encoding="utf-8").splitlines()) <= 450, fil
