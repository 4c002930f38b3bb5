"""Eight constructed municipalities that differ in what misleads: none of them describes a real one."""

from __future__ import annotations

from pathlib import Path

from tests.compare.kommuner import skriv

_REGISTER = "".join(
    f'"suksessrate.{s}" = "kilde: konstruert register 2024"\n' for s in ("uholdbar", "utsatt", "stabil")
)
_GODE = "".join(
    f'"suksessrate.{s}" = {{ fordeling = "beta", suksess = {n}, forsoek = 100 }}\n'
    for s, n in (("uholdbar", 90), ("utsatt", 90), ("stabil", 95))
)
_DEFLATOR = "".join(f"{aar} = {nivaa}\n" for aar, nivaa in zip(range(2019, 2025), range(100, 106), strict=True))
AATTE = {
    "Askeladden": "",
    "Bakkebygd": "".join(f"[{g}]\ninntaksaar = 1\ninntak = {{ uholdbar = 10, utsatt = 10, stabil = 10 }}\n" for g in ("unge_voksne", "familier")),
    "Dalvik": "[unge_voksne]\nloennskostnad = 500000\n[familier]\nloennskostnad = 500000\n",
    "Elvesund": f"[unge_voksne]\nsuksessrate = {{ uholdbar = 0.9, utsatt = 0.9, stabil = 0.95 }}\n[unge_voksne.kilder]\n{_REGISTER}[unge_voksne.usikkerhet]\n{_GODE}",
    "Fjellheim": "[unge_voksne]\ninntak = { uholdbar = 0, utsatt = 0, stabil = 6 }\n[familier]\ninntak = { uholdbar = 0, utsatt = 0, stabil = 0 }\n",
    "Granlund": "[unge_voksne]\nsuksessrate = { uholdbar = 0.4, utsatt = 0.5, stabil = 0.6 }\n[[unge_voksne.tiltak]]\n"
    'navn = "Booppfølging"\nenhetskostnad = 700\nkilde = "antakelse: konstruert"\n[familier]\nsuksessrate = { uholdbar = 0.5, utsatt = 0.6, stabil = 0.6 }\n',
    "Havnes": "[unge_voksne]\ninntaksaar = 1\ninntak = { uholdbar = 1, utsatt = 0, stabil = 0 }\nsuksessrate = { uholdbar = 0.95, utsatt = 0.95, stabil = 0.95 }\n",
    "Innbygda": "prisaar = 2024\n[unge_voksne]\nanalyseperiode = 12\nneddiskontering = 0.04\nsuksessrate = { uholdbar = 0.7, utsatt = 0.8, stabil = 0.85 }\n"
    f"[unge_voksne.utvidet]\nfast_aarskostnad = 250000\n[indekser.kommunal_deflator]\n{_DEFLATOR}",
}  # fmt: skip


def skriv_aatte(mappe: Path) -> Path:
    """Write the eight; returns their folder."""
    for navn, tekst in AATTE.items():
        skriv(mappe, navn, tekst)
    return mappe
