"""The tab «Priskatalog»: prices live beside published figures, and a choice that is read where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from tests.conftest import DATO, hopp_over
from tests.regneark import LibreOffice, hvorfor_ikke_libreoffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.priskatalog_tab import PRISKATALOGFANE
from velferdslab_model.effektbok.register_tab import REGISTERFANE
from velferdslab_model.effektbok.tabs import TILVALG, USIKKERHETSFANER, Fanevalg, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.katalogvalg import IKKE_HOLDT, valgt_id
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger, Tiltak
from velferdslab_model.prisliste.writing import prisliste_xlsx
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser
from velferdslab_model.workbook.plan import Bok, Verdi
from velferdslab_model.workbook.writing import bytes_av

KOSTNADER = "Unge voksne | Kostnader"
RENNEBU = "praktisk_bistand_rennebu_2018"


def rader(fil: Path) -> dict[tuple[str, str], tuple[object, ...]]:
    """Stored values of the tab by tiltak and id, of unge voksne."""
    ark = openpyxl.load_workbook(fil, data_only=True)["Priskatalog"]
    alle = ark.iter_rows(min_row=7, values_only=True)
    return {(str(r[1]), str(r[12] or "")): r for r in alle if r[0] == "Unge voksne"}


def test_fanen_viser_pris_opphav_publisert_tall_og_avstand(tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(fra_toml({}, "t", "Asker")), DATO, [PRISKATALOGFANE]))
    r = rader(fil)["Økonomisk rådgivning", "ks_garantiloenn_3_aarig_2022"]
    assert (r[2], r[3], r[9], r[10]) == (550, "antakelse", "B", "samme størrelse")
    assert r[6] == pytest.approx(529_900 * 1.3 * 1.35 / 1700 / (1.031 * 1.035 * 1.044), rel=1e-9)
    assert r[7] == pytest.approx(550 / 491.04 - 1, abs=1e-4)
    assert (
        rader(fil)["Bostøtte", "bostoette_husstand_2022_januar"][3]
        == "oppgitt kilde; overføring: ingen kostnad for samfunnet"
    )
    uten = rader(fil)["Nettverkstiltak", ""]
    assert (uten[2], uten[4], uten[6], uten[7], uten[10]) == (10_000, None, None, None, "ikke funnet")
    assert kontroller(fil).funn == []


@cache
def _plan() -> Bok:
    return planlegg(beregn(load_forutsetninger()), DATO, [REGISTERFANE, PRISKATALOGFANE])


def skrevet(til: Path, celler: Mapping[tuple[str, str], Verdi], plan: Bok | None = None) -> Path:
    """The workbook with cells typed into by a program that computes nothing: every other number is as it was."""
    plan = plan or _plan()
    arkene = {ark.navn: ark for ark in plan.ark}
    for (navn, adresse), verdi in celler.items():
        ark = arkene[navn]
        gammel = next(c for c in ark.celler() if c.adresse == adresse)
        her = (gammel.rad, gammel.kol)
        arkene[navn] = replace(
            ark,
            faste=[*(c for c in ark.faste if (c.rad, c.kol) != her), replace(gammel, verdi=verdi, formel=None)],
            formler=[f for f in ark.formler if (f.rad, f.kol) != her],
        )
    til.write_bytes(bytes_av(replace(plan, ark=list(arkene.values())), DATO))
    return til


def valgcelle(tiltak: str, plan: Bok | None = None) -> tuple[str, str]:
    """The yellow cell of a tiltak of unge voksne."""
    ark = next(ark for ark in (plan or _plan()).ark if ark.navn == "Priskatalog")
    rader = {c.rad for c in ark.faste if (c.kol, c.verdi) == (0, "Unge voksne")}
    return ark.navn, f"E{min(c.rad for c in ark.faste if (c.kol, c.verdi) == (1, tiltak) and c.rad in rader) + 1}"


def priser(f: Forutsetninger) -> dict[str, Tiltak]:
    return {t.navn: t for t in f.unge_voksne.tiltak}


#: Chosen in all three ways; the first and the last are no transfers, and the second is.
VALGT = {
    "Booppfølging": (RENNEBU, "J8", 1, ("kommune", "grad A: offentlig kilde; sats; 2018")),
    "Bostøtte": ("bostoette_husstand_2022_januar", "J16", 12, ("stat", "grad B: regnet ut av publiserte tall; regnskapstall; januar 2022")),
    "Økonomisk verge": ("fast_verge_krevende_2025", "J20", 1, ("stat", "grad A: offentlig kilde; sats; 2025")),
}  # fmt: skip


@pytest.mark.treg
@pytest.mark.libreoffice
def test_et_valg_i_toml_prisliste_og_arbeidsbok_er_det_samme_i_norsk_libreoffice(tmp_path: Path) -> None:
    if grunn := hvorfor_ikke_libreoffice():
        hopp_over(grunn)
    toml = "".join(
        f'[[unge_voksne.tiltak]]\nnavn = "{navn}"\nkatalog = "{id_}"\nkatalog_ganger = {ganger}\n'
        for navn, (id_, _, ganger, _) in VALGT.items()
    )
    (tmp_path / "s.toml").write_text(f'navn = "Asker"\n{toml}', encoding="utf-8")
    f = load_forutsetninger(tmp_path / "s.toml")
    (tmp_path / "t.xlsx").write_bytes(arbeidsbok(beregn(f), DATO))
    (tmp_path / "p.xlsx").write_bytes(prisliste_xlsx(les_oppgitt(), "p.xlsx", DATO))
    skrevet(tmp_path / "b.xlsx", {})
    with LibreOffice("nb-NO") as norsk:
        norsk.lagre(tmp_path / "t.xlsx", tmp_path / "toml.xlsx")
        for fra, til, celler in (
            ("p", "liste", {("Priser", celle): id_ for id_, celle, *_ in VALGT.values()}),
            ("b", "bok", {valgcelle(navn): f" {id_.upper()}" for navn, (id_, *_) in VALGT.items()}),
        ):
            tastet: Any = [(ark, celle, {"tastet": tekst}) for (ark, celle), tekst in celler.items()]
            norsk.lagre(tmp_path / f"{fra}.xlsx", tmp_path / f"{til}.xlsx", tastet)
    boka = load_forutsetninger(tmp_path / "bok.xlsx")
    liste, _ = load_med_priser(None, tmp_path / "liste.xlsx")
    assert boka == f == load_forutsetninger(tmp_path / "toml.xlsx") == liste
    assert [priser(f)[navn].enhetskostnad for navn in VALGT] == pytest.approx(
        [340.56, 30301.6437441824, 11705.717002192]
    )
    for fil in ("bok", "liste"):
        k = kontroller(tmp_path / f"{fil}.xlsx")
        assert k.funn == [], fil
        sagt = [(e.tiltak, f"{e.ny} {e.kilde}") for _, e in k.endringer]
        for navn, (id_, _, _, (_, hva)) in VALGT.items():
            assert any(t == navn and f"priskatalogen, {id_} ({hva}" in tekst for t, tekst in sagt), (fil, navn)
    lagret = openpyxl.load_workbook(tmp_path / "bok.xlsx", data_only=True)
    kostnader = {r[0]: r for r in lagret[KOSTNADER].iter_rows(min_row=6, max_row=30, values_only=True)}
    fanen = {r[1]: r for r in reversed([*lagret["Priskatalog"].iter_rows(min_row=7, values_only=True)]) if r[0] == "Unge voksne"}  # fmt: skip
    register = {r[1]: r for r in lagret["Forutsetninger"].iter_rows(values_only=True) if r[0] == "Unge voksne"}
    # By hand: of the two published and the two estimated prices, one of each is replaced.
    assert "fra katalogen: 3, fra egen katalog: 0, endret av kommunen: 0" in str(lagret["Forutsetninger"]["A3"].value)
    svar = CliRunner().invoke(cli, ["run", str(tmp_path / "bok.xlsx"), "--register", "--format", "json"])
    for navn, (id_, _, _, (betaler, _)) in VALGT.items():
        t = priser(boka)[navn]
        assert (t.betaler, valgt_id(t.kilde)) == (betaler, id_)
        # The workbook itself shows the price, counts it, and says where it is from.
        pris = pytest.approx(t.enhetskostnad, rel=1e-12)
        overfoert = "overføring: ingen kostnad for samfunnet" if navn == "Bostøtte" else ""
        opphav = f"fra katalogen; {overfoert}" if overfoert else "fra katalogen"
        assert (fanen[navn][2], fanen[navn][3], kostnader[navn][5]) == (pris, opphav, pris)
        assert fanen[navn][5] == (f"valgt ({overfoert})" if overfoert else "valgt")
        assert (kostnader[navn][6], kostnader[navn][11], kostnader[navn][16]) == (betaler.capitalize(), t.kilde, "OK")
        linje = next(r for tekst, r in register.items() if f"«{navn}»: enhetskostnad" in str(tekst))
        assert (linje[2], t.kilde in linje) == (pris, True)
        assert linje[5] == f"fra katalogen, grad {'B' if navn == 'Bostøtte' else 'A'}"
        assert f"priskatalogen, {id_}" in svar.stdout
    assert "«Bostøtte» er en overføring" in svar.stderr


def test_samme_id_gir_samme_pris_fra_toml_prisliste_og_arbeidsbok(tmp_path: Path) -> None:
    """Also where nobody writes a multiplier: employer's tax, the hours of a year and twelve months come along by themselves."""
    valgt = {
        "Aktiv fritid: støttekontakt": "stoettekontakt_stavanger_18_2016",
        "Økonomisk rådgivning": "ks_garantiloenn_3_aarig_2022",
        "Bostøtte": "bostoette_husstand_2022_januar",
    }
    rader = "".join(f'[[unge_voksne.tiltak]]\nnavn = "{navn}"\nkatalog = "{id_}"\n' for navn, id_ in valgt.items())
    (tmp_path / "s.toml").write_text(f'navn = "Asker"\n{rader}', encoding="utf-8")
    toml = load_forutsetninger(tmp_path / "s.toml")
    boka = load_forutsetninger(skrevet(tmp_path / "b.xlsx", {valgcelle(navn): id_ for navn, id_ in valgt.items()}))
    fil = tmp_path / "p.xlsx"
    fil.write_bytes(prisliste_xlsx(les_oppgitt(), "p.xlsx", DATO))
    bok = openpyxl.load_workbook(fil)
    for rad in bok["Priser"].iter_rows():
        if rad[0].value == "Unge voksne" and rad[1].value in valgt:
            rad[9].value = valgt[str(rad[1].value)]
    bok.save(fil)
    liste, _ = load_med_priser(None, fil)
    for navn in valgt:
        assert priser(toml)[navn] == priser(liste)[navn]
        assert priser(toml)[navn] == priser(boka)[navn]
    # By hand: 144.62 kr with 14.1 % employer's tax, in 2019 kroner.
    assert priser(toml)["Aktiv fritid: støttekontakt"].enhetskostnad == pytest.approx(179.78, abs=0.005)
    # A row nobody has held against the tiltak says that one of its units counts as one.
    (tmp_path / "u.toml").write_text(
        '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nkatalog = "stoettekontakt_stavanger_18_2016"\n', "utf-8"
    )
    assert IKKE_HOLDT in priser(load_forutsetninger(tmp_path / "u.toml"))["Booppfølging"].kilde
    assert IKKE_HOLDT not in priser(toml)["Bostøtte"].kilde


def test_uten_valg_er_boken_som_uten_fanen_og_et_tomt_valg_er_ikke_noe(tmp_path: Path) -> None:
    standard = load_forutsetninger()
    celle = valgcelle("Økonomisk rådgivning")
    # The price follows a common hourly rate, and goes on doing so.
    assert priser(standard)["Økonomisk rådgivning"].timesats
    tom = skrevet(tmp_path / "tom.xlsx", {celle: "\u00a0 "})
    assert load_forutsetninger(tom) == standard
    assert kontroller(tom).funn == []
    # What follows a choice is read from the tab: no number need be stored with the cells on Kostnader. A price typed where
    # nothing is chosen is a price like any other, and so is the payer of a chosen one.
    celler: dict[tuple[str, str], Verdi] = {
        celle: "aarsloenn_kommune_2023",
        (KOSTNADER, "F9"): 500,
        (KOSTNADER, "G19"): "Stat",
    }
    f = load_forutsetninger(skrevet(tmp_path / "v.xlsx", celler))
    t = priser(f)["Økonomisk rådgivning"]
    assert (t.timesats, valgt_id(t.kilde), t.betaler) == ("", "aarsloenn_kommune_2023", "stat")
    assert t.enhetskostnad == pytest.approx(539.460617671336, rel=1e-12)
    assert (priser(f)["Booppfølging"].enhetskostnad, priser(f)["Booppfølging"].betaler) == (500, "kommune")


def test_umulige_valg_sies_alle_paa_en_gang_med_celle_og_raad(tmp_path: Path) -> None:
    feil: dict[str, tuple[Verdi, str]] = {
        "Booppfølging": ("praktisk_bistand_rennebu_2108", "er «praktisk_bistand_rennebu_2108», ventet id-en til et tall ved tiltaket: ks_garantiloenn_fagarbeider_2022, aarsloenn_fagarbeider_2023, praktisk_bistand_rennebu_2018. Mente du praktisk_bistand_rennebu_2018? Andre velges i prislisten eller scenariofilen."),
        "Bostøtte": ("g_2019", "er «g_2019», ventet id-en til et tall ved tiltaket: bostoette_husstand_2022_januar, "),
        "Økonomisk verge": (42, "er «42», ventet id-en"),
        "Omfattende helseoppfølging": ("aarsloenn_sykepleier_2023", f"er «aarsloenn_sykepleier_2023», men prisen i {KOSTNADER}!F18 er skrevet over. Tøm valget, eller skriv ='Priskatalog'!V29 der."),
        "Økonomisk rådgivning": ("aarsloenn_kommune_2023", f"men kilden i {KOSTNADER}!L19 er skrevet over"),
        "Hjelp til å skaffe egnet bolig": ("aarsloenn_kommune_2023", "men raden heter nå «Noe annet». Tøm valget, eller skriv navnet tilbake."),
    }  # fmt: skip
    celler: dict[tuple[str, str], Verdi] = {valgcelle(navn): valg for navn, (valg, _) in feil.items()}
    celler |= {(KOSTNADER, "F18"): 500, (KOSTNADER, "L19"): "egen kilde", (KOSTNADER, "A10"): "Noe annet"}
    fil = skrevet(tmp_path / "bok.xlsx", celler)
    svar = CliRunner().invoke(cli, ["run", str(fil)])
    assert isinstance(svar.exception, UgyldigInndata), svar.output
    for navn, (_, ventet) in feil.items():
        (tekst,) = [en for en in svar.exception.feil if f"(valget for «{navn}»)" in en]
        assert ventet in tekst
        assert tekst.startswith(f"Priskatalog!{valgcelle(navn)[1]} ")
    assert len(svar.exception.feil) == len(feil)
    assert {"!".join(valgcelle(navn)) for navn in feil} == {f.sted for f in kontroller(fil).funn if f.slag == "inndata"}


def test_egne_rader_velges_i_fanen_og_det_som_ikke_kan_bli_pris_har_grunnen_der(tmp_path: Path) -> None:
    """Names like formulas, a row in another unit, and one from a year that no index covers."""
    (tmp_path / "egne.csv").write_text(
        "id;navn;enhet;beloep;prisaar;betaler;slag;overfoering;indeks;grad;kilde;dato;forbehold;tiltak;ganger\n"
        "egen_2019;+1;time;333;2019;fylkeskommune;sats;nei;kpi;B;@SUM(1);2019;-2;Booppfølging;1\n"
        "doegn_2019;Konstruert;døgn;900;2019;kommune;sats;nei;kpi;A;Konstruert;2019;Konstruert.;Booppfølging;\n"
        "gammel_1995;=HYPERLINK(1);time;90;1995;stat;sats;nei;kpi;A;Konstruert;1995;Konstruert.;Omfattende helseoppfølging;\n",
        encoding="utf-8",
    )
    (tmp_path / "s.toml").write_text('katalogfil = "egne.csv"\n', encoding="utf-8")
    f = load_forutsetninger(tmp_path / "s.toml")
    plan = planlegg(beregn(f), DATO, [PRISKATALOGFANE])
    celler = {valgcelle("Booppfølging", plan): "egen_2019"}
    lest = load_forutsetninger(skrevet(tmp_path / "bok.xlsx", celler, plan))
    t = priser(lest)["Booppfølging"]
    assert (t.enhetskostnad, t.betaler, valgt_id(t.kilde), lest.egne_priser) == (333, "fylkeskommune", "egen_2019", f.egne_priser)  # fmt: skip
    assert "egen_2019 i egne.csv (grad B: egen vurdering" in t.kilde
    assert {k.slag for k in kontroller(tmp_path / "bok.xlsx").funn} == {"lagret tall"}  # nothing was computed again
    celler = {
        valgcelle("Booppfølging", plan): "doegn_2019",
        valgcelle("Omfattende helseoppfølging", plan): "gammel_1995",
    }
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(skrevet(tmp_path / "bok.xlsx", celler, plan))
    assert "er «doegn_2019», en pris per døgn, men tiltaket regnes per time" in str(feil.value)
    assert "er «gammel_1995»: prisåret 1995 ligger utenfor indeksen" in str(feil.value)


def test_alle_faner_er_nevnt_paa_introduksjonsark_ogsaa_naar_de_er_flere_enn_linjene() -> None:
    ekstra = [*tilleggsfaner([en.noekkel for en in TILVALG]), *(fane for en in TILVALG if en.revisjon == "navn" for fane in en.faner(Fanevalg()))]  # fmt: skip
    assert len(ekstra) > 8
    intro = planlegg(beregn(fra_toml({}, "t", "Asker")), DATO, ekstra).ark[0]
    tekster = " ".join([str(c.verdi) for c in intro.celler()] + [lenke[3] for lenke in intro.lenker])
    assert {navn for navn, _ in USIKKERHETSFANER if navn not in tekster} == set()
    assert "Også «" in tekster
