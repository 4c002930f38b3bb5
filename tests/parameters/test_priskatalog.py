"""The price catalogue: every row by the schema, rows that break it refused, an own file laid over it, and a row as a price."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import DATO
from velferdslab_model.base.tall import kr
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.overfoering import om_overfoeringer
from velferdslab_model.parameters.katalogvalg import andre_betalere, katalogopphav, valgt_id, velg_pris
from velferdslab_model.parameters.priskatalog import (
    KATALOGKOLONNER,
    fra_katalogfiler,
    innebygd_katalog,
    katalogen,
    les_egne_priser,
    les_rader,
    som_katalogfiler,
)
from velferdslab_model.parameters.typer import Tiltak
from velferdslab_model.register import registerposter
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

GOD = {
    "id": "verge_asker_2025", "serie": "verge_asker", "navn": "Konstruert verge", "enhet": "år", "beloep": "8 000,50",
    "prisaar": "2025", "prisaar_merknad": "", "betaler": "kommune", "betaler_merknad": "", "slag": "sats",
    "overfoering": "nei", "indeks": "kpi", "grad": "A", "kilde": "Konstruert vedtak", "dato": "01.01.2025", "sett": "hel",
    "forbehold": "Konstruert rad.",
}  # fmt: skip


def som_csv(*rader: dict[str, str], kolonner: tuple[str, ...] = KATALOGKOLONNER) -> str:
    ut = StringIO()
    skriver = csv.DictWriter(ut, kolonner, delimiter=";", extrasaction="ignore")
    skriver.writeheader()
    skriver.writerows(rader)
    return ut.getvalue()


def test_katalogen_har_alle_de_124_radene_med_hvert_felt_fylt_ut() -> None:
    katalog = innebygd_katalog()
    assert len(katalog) == 124
    for rad in katalog.values():
        assert rad.beloep > 0
        assert rad.navn
        assert rad.enhet
        assert rad.kilde
        assert rad.dato
        assert rad.forbehold.endswith("."), rad.id
        assert rad.prisaar is not None or "udatert" in rad.prisaar_merknad, rad.id
        assert rad.serie in rad.id
    assert sum(rad.prisaar is None for rad in katalog.values()) == 4
    assert sum(rad.overfoering for rad in katalog.values()) == 36
    assert {g: sum(r.grad == g for r in katalog.values()) for g in "ABC"} == {"A": 81, "B": 33, "C": 10}
    assert (min(r.prisaar for r in katalog.values() if r.prisaar), max(r.prisaar for r in katalog.values() if r.prisaar)) == (2002, 2026)  # fmt: skip


@pytest.mark.parametrize(
    ("id_", "beloep", "aar", "betaler", "slag", "overfoering", "grad"),
    [
        ("g_2019", 99_858, 2019, "stat", "sats", True, "A"),
        ("kvp_under_25_aar_2024", 165_371, 2024, "kommune", "sats", True, "B"),
        ("barnevernsinstitusjon_doegn_2022", 15_562, 2022, "delt", "regnskapstall", False, "A"),
        ("psykisk_helsevern_konsultasjon_rest_2016", 3_452, 2016, "stat", "anslag", False, "C"),
        ("hospits_maaned_2002", 13_000, 2002, "kommune", "anslag", False, "C"),
        ("stoettekontakt_stavanger_18_2016", 144.62, 2016, "kommune", "sats", False, "A"),
        ("fast_verge_oekonomi_2024", 7_500, 2024, "borger", "sats", False, "A"),
        ("ks_garantiloenn_3_aarig_2022", 529_900, 2022, "kommune", "sats", False, "A"),
        ("aft_plass_2026", 21_730, 2026, "stat", "sats", False, "B"),
        ("barnetrygd_over_6_2024", 1_510, 2024, "stat", "sats", True, "B"),
    ],
)
def test_rader_lest_mot_kilden_for_haand(
    id_: str, beloep: float, aar: int, betaler: str, slag: str, overfoering: bool, grad: str
) -> None:
    r = innebygd_katalog()[id_]
    assert (r.beloep, r.prisaar, r.betaler, r.slag, r.overfoering, r.grad) == (
        beloep,
        aar,
        betaler,
        slag,
        overfoering,
        grad,
    )


def test_en_god_egen_rad_leses() -> None:
    (rad,) = les_rader(som_csv(GOD), "egen.csv", egen=True).values()
    assert (rad.beloep, rad.fil, rad.per) == (8000.5, "egen.csv", "år")


@pytest.mark.parametrize(
    ("kolonne", "verdi", "ventet"),
    [
        ("id", "", "linje 2: id er «», ventet små bokstaver"),
        ("id", "Verge Asker", "linje 2: id er «Verge Asker»"),
        ("navn", "", "linje 2: navn er uten innhold"),
        ("enhet", "", "linje 2: enhet er uten innhold"),
        ("beloep", "", "linje 2: beloep er «», ventet et beløp over 0"),
        ("beloep", "0", "linje 2: beloep er «0»"),
        ("beloep", "-5", "linje 2: beloep er «-5»"),
        ("beloep", "450-500", "linje 2: beloep er «450-500»"),
        ("prisaar", "", "linje 2: prisaar er «», ventet et årstall, eller en prisaar_merknad"),
        ("prisaar", "i fjor", "linje 2: prisaar er «i fjor», ventet et årstall fra 1990 til 2100"),
        ("prisaar", "1989", "linje 2: prisaar er «1989»"),
        ("betaler", "fylke", "linje 2: betaler er «fylke», ventet en av kommune, stat"),
        ("slag", "pris", "linje 2: slag er «pris», ventet en av sats, regnskapstall, anslag"),
        ("overfoering", "", "linje 2: overfoering er «», ventet en av ja, nei"),
        ("indeks", "boligpris", "linje 2: indeks er «boligpris»"),
        ("grad", "D", "linje 2: grad er «D», ventet en av A, B, C"),
        ("kilde", "", "linje 2: kilde er uten innhold"),
        ("dato", "", "linje 2: dato er uten innhold"),
        ("sett", "selv", "linje 2: sett er «selv»"),
        ("ganger", "0", "linje 2: ganger er «0», ventet et antall over 0"),
        ("ganger", "nan", "linje 2: ganger er «nan», ventet et antall over 0"),
        ("ganger", "12", "linje 2: ganger er «12», ventet også navnet på et tiltak"),
        ("forbehold", "", "linje 2: forbehold er uten innhold"),
        ("forbehold", "a\u202eb", "linje 2: forbehold har tegnet U+202E"),
    ],
)
def test_en_rad_uten_et_lovlig_felt_avvises_med_linje_og_kolonne(kolonne: str, verdi: str, ventet: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        les_rader(som_csv({**GOD, kolonne: verdi}, kolonner=(*KATALOGKOLONNER, "tiltak", "ganger")), "egen.csv")
    assert ventet in str(feil.value)
    assert str(feil.value).startswith("egen.csv: ")


def test_alle_feil_i_en_fil_sies_paa_en_gang_og_en_manglende_kolonne_nevnes() -> None:
    with pytest.raises(UgyldigInndata) as feil:
        les_rader(som_csv({**GOD, "grad": "D"}, {**GOD, "slag": ""}, GOD, GOD), "egen.csv")
    assert len(feil.value.feil) == 3
    assert "id «verge_asker_2025» står også på en linje over" in str(feil.value)
    with pytest.raises(
        UgyldigInndata, match=r"mangler kolonnen grad\. Ventet id;navn;enhet;beloep;prisaar;betaler;slag;"
    ):
        les_rader(som_csv(GOD, kolonner=tuple(k for k in KATALOGKOLONNER if k != "grad")), "egen.csv", egen=True)
    with pytest.raises(UgyldigInndata, match="linje 1: kolonnen grad står 2 ganger, ventet én gang"):
        les_rader(som_csv(GOD, kolonner=(*KATALOGKOLONNER, "grad")), "egen.csv")
    with pytest.raises(UgyldigInndata, match="linje 2: har 18 felt, ventet 17"):
        les_rader(som_csv(GOD).rstrip("\r\n") + ";x\r\n", "egen.csv")


def test_en_egen_fil_legges_over_den_innebygde(tmp_path: Path) -> None:
    fil = tmp_path / "egne.csv"
    uten = tuple(k for k in KATALOGKOLONNER if k not in ("serie", "sett", "prisaar_merknad", "betaler_merknad"))
    fil.write_text(som_csv(GOD, {**GOD, "id": "g_2019", "beloep": "1"}, kolonner=uten), encoding="utf-8-sig")
    katalog = katalogen(les_egne_priser(fil))
    assert len(katalog) == 125
    assert (katalog["g_2019"].beloep, katalog["g_2019"].fil) == (1, "egne.csv")
    assert (katalog["verge_asker_2025"].serie, katalog["verge_asker_2025"].sett) == ("verge_asker", "egen")
    assert innebygd_katalog()["g_2019"].beloep == 99_858
    # Another file can carry the rows, and the schema still holds.
    egne = les_egne_priser(fil)
    assert fra_katalogfiler(som_katalogfiler(egne)) == egne
    for navn in ("egne.xlsx", "finnes_ikke.csv"):
        with pytest.raises(KanIkkeLese, match=re.escape(navn)):
            les_egne_priser(tmp_path / navn)


VALG = """
[[unge_voksne.tiltak]]
navn = "Booppfølging"
katalog = "praktisk_bistand_rennebu_2018"
[[unge_voksne.tiltak]]
navn = "Bostøtte"
katalog = "bostoette_husstand_2022_januar"
katalog_ganger = 12
[[unge_voksne.tiltak]]
navn = "Oppfølging fra spesialisthelsetjenesten"
betaler = "kommune"
katalog = "psykisk_helsevern_konsultasjon_rest_2016"
"""


def pris(fil: Path, navn: str, prisaar: int | None = None) -> Tiltak:
    return next(t for t in load_forutsetninger(fil, prisaar).unge_voksne.tiltak if t.navn == navn)


def test_en_rad_valgt_i_toml_kommer_med_beloep_aar_kilde_grad_og_betaler(tmp_path: Path) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text(VALG, encoding="utf-8")
    bo = pris(fil, "Booppfølging", 2018)
    assert bo.enhetskostnad == 330
    assert valgt_id(bo.kilde) == "praktisk_bistand_rennebu_2018"
    for tekst in ("grad A: offentlig kilde", "sats", "2018", "Rennebu kommune", "05.01.2018", "selvkost"):
        assert tekst in bo.kilde
    assert pris(fil, "Booppfølging").enhetskostnad == pytest.approx(330 * 1.032, rel=1e-14)  # in 2019 kroner
    assert pris(fil, "Bostøtte", 2022).enhetskostnad == 12 * 2841
    assert "2841 kr per måned x 12" in pris(fil, "Bostøtte").kilde
    # The payer follows the row, unless the scenario says another.
    assert (pris(fil, "Bostøtte").betaler, bo.betaler) == ("stat", "kommune")
    assert pris(fil, "Oppfølging fra spesialisthelsetjenesten").betaler == "kommune"


def test_valget_staar_i_arbeidsbok_register_og_revisjon(tmp_path: Path) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text(VALG, encoding="utf-8")
    f = load_forutsetninger(fil)
    (tmp_path / "bok.xlsx").write_bytes(arbeidsbok(beregn(f), DATO))
    lest = load_forutsetninger(tmp_path / "bok.xlsx")
    assert lest == f
    poster = {p.noekkel: p for p in registerposter(lest)}
    post = poster["unge_voksne.tiltak «Booppfølging»: enhetskostnad"]
    assert post.opphav == "fra katalogen, grad A"
    assert poster["unge_voksne.tiltak «Bostøtte»: enhetskostnad"].opphav == "fra katalogen, grad B"
    assert poster["familier.tiltak «Bostøtte»: enhetskostnad"].opphav == "anslag"
    assert poster["unge_voksne.tiltak «Booppfølging»: volum.utsatt"].opphav == "antakelse"
    assert "praktisk_bistand_rennebu_2018 (grad A" in post.kilde
    svar = CliRunner().invoke(cli, ["check", str(tmp_path / "bok.xlsx"), "--format", "json"])
    assert svar.exit_code == 0
    assert "priskatalogen, praktisk_bistand_rennebu_2018" in svar.stdout


def test_en_overfoering_valgt_som_pris_flagges(tmp_path: Path) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text(VALG, encoding="utf-8")
    (fil.parent / "v.toml").write_text('[[unge_voksne.tiltak]]\nnavn = "Økonomisk verge"\nkatalog = "fast_verge_standard_2025"\n', "utf-8")  # fmt: skip
    (om_betaler,) = andre_betalere(load_forutsetninger(fil.parent / "v.toml"))
    assert om_betaler.startswith(
        "Tiltaket «Økonomisk verge»: ifølge priskatalogen er betaleren borger. Her regnes prisen på stat"
    )
    # By hand: 12 x 2841 kr in 2019 kroner, for 21.44 person-years (10 + 18 x 0.5 + 24.4 x 0.1); the default's 31 800 for families.
    (merknad,) = om_overfoeringer(load_forutsetninger(fil))
    kroner = 12 * 2841 / (1.01 * 1.044 * 1.067)
    assert merknad == (
        "«Bostøtte» er en overføring: ingen kostnad for samfunnet. Den trekkes likevel fra i netto både for budsjettene og for samfunnet, noe "
        f"som alene gjør netto for samfunnet for lav med {kr(kroner * 21.44)} kr (unge voksne) og {kr(31_800 * 21.44)} kr (familie)."
    )
    for form, stroem in (("table", "stdout"), ("json", "stderr")):
        svar = CliRunner().invoke(cli, ["run", str(fil), "--format", form])
        assert "ingen kostnad for samfunnet" in " ".join(getattr(svar, stroem).split())
    assert [(p["tiltak"], p["id"], p["opphav"], p["betaler"], p["overfoering"]) for p in json.loads(svar.stdout)["fra_priskatalogen"]] == [
        ("Booppfølging", "praktisk_bistand_rennebu_2018", "fra katalogen, grad A", "kommune", False),
        ("Oppfølging fra spesialisthelsetjenesten", "psykisk_helsevern_konsultasjon_rest_2016", "fra katalogen, grad C", "kommune", False),
        ("Bostøtte", "bostoette_husstand_2022_januar", "fra katalogen, grad B", "stat", True),
    ]  # fmt: skip
    assert json.loads(svar.stdout)["overfoeringer_i_netto_samfunn"] == {
        "Bostøtte": {"unge_voksne": pytest.approx(kroner * 21.44), "familier": pytest.approx(31_800 * 21.44)}
    }


@pytest.mark.parametrize(
    ("rad", "flagget"),
    [
        ("", True),  # the default itself
        ('enhetskostnad = 40000\nkilde = "Husbanken 2025"', True),  # the same transfer, whoever says how much
        ('katalog = "stoettekontakt_utgift_stavanger_2016"\nkatalog_ganger = 12', False),
    ],
)
def test_bostoette_er_en_overfoering_ogsaa_som_standard_og_med_egen_pris(
    rad: str, flagget: bool, tmp_path: Path
) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text("".join(f'[[{g}.tiltak]]\nnavn = "Bostøtte"\n{rad}\n' for g in ("unge_voksne", "familier")), "utf-8")
    f = load_forutsetninger(fil)
    assert [en.partition(" er ")[0] for en in om_overfoeringer(f)] == ["«Bostøtte»"] * flagget
    (tmp_path / "bok.xlsx").write_bytes(arbeidsbok(beregn(f), DATO))
    for argumenter in (["check", str(tmp_path / "bok.xlsx")], ["prices", str(fil), "-o", str(tmp_path / "p.xlsx")], ["check", str(tmp_path / "p.xlsx")]):  # fmt: skip
        svar = CliRunner().invoke(cli, argumenter)
        assert ("er en overføring: ingen kostnad for samfunnet" in " ".join(svar.output.split())) == flagget, argumenter


def test_en_rad_ingen_har_holdt_mot_tiltaket_sies_fra_om_der_den_velges(tmp_path: Path) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text(
        '[[unge_voksne.tiltak]]\nnavn = "Nettverkstiltak"\nkatalog = "sosialhjelp_per_mottaker_2019"\n', "utf-8"
    )
    sagt = " ".join(CliRunner().invoke(cli, ["run", str(fil)]).stdout.split())
    assert "«Nettverkstiltak» er en overføring: ingen kostnad for samfunnet." in sagt
    assert (
        "«Nettverkstiltak»: sosialhjelp_per_mottaker_2019 er valgt som pris uten å være holdt mot tiltaket. Antakelse: én enhet"
        in sagt
    )


def test_standardresultatene_er_uroert_av_katalogen() -> None:
    assert all(valgt_id(t.kilde) is None for g in load_forutsetninger().grupper.values() for t in g.tiltak)


def test_kommunens_egen_fil_kan_brukes_i_scenariet(tmp_path: Path) -> None:
    (tmp_path / "egne.csv").write_text(som_csv({**GOD, "betaler": "kommune"}), encoding="utf-8")
    fil = tmp_path / "s.toml"
    fil.write_text('katalogfil = "egne.csv"\n[[unge_voksne.tiltak]]\nnavn = "Økonomisk verge"\nkatalog = "verge_asker_2025"\n', encoding="utf-8")  # fmt: skip
    verge = pris(fil, "Økonomisk verge", 2025)
    assert (verge.enhetskostnad, verge.betaler) == (8000.5, "kommune")
    assert "verge_asker_2025 i egne.csv" in verge.kilde
    assert valgt_id(verge.kilde) == "verge_asker_2025"
    assert katalogopphav(verge.kilde) == "fra egen katalog"


@pytest.mark.parametrize(
    ("linjer", "ventet"),
    [
        ('katalog = "g_2091"', "katalog er «g_2091», som ikke finnes i priskatalogen. Mente du g_20"),
        ('katalog = "bpa_asker_udatert"', "katalog er «bpa_asker_udatert», som ikke har prisår (udatert) og ikke kan brukes som pris."),
        ('katalog = "g_2019"', "er «g_2019», grunnbeløpet i folketrygden: et regnegrunnlag for stønader, som ingen betaler."),
        ('katalog = "sosialhjelp_enslig_2019"', "en pris per måned, men tiltaket regnes per time. Oppgi katalog_ganger"),
        ('katalog = "praktisk_bistand_rennebu_2018"\nenhetskostnad = 3', "står sammen med enhetskostnad"),
        ('katalog = "praktisk_bistand_rennebu_2018"\nkilde = "x"', "står sammen med kilde"),
        ('katalog = 3', "katalog er 3, ventet en tekst"),
        ('katalog = "g_2019"\nkatalog_ganger = 0', "katalog_ganger er 0, ventet"),
        ("katalog_ganger = 2", "står uten katalog"),
    ],
)  # fmt: skip
def test_et_umulig_valg_sier_hvorfor_sammen_med_filens_andre_feil(linjer: str, ventet: str, tmp_path: Path) -> None:
    fil = tmp_path / "s.toml"
    fil.write_text(f'[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\n{linjer}\n[familier]\ninntaksaar = 99\n', encoding="utf-8")  # fmt: skip
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(fil)
    assert ventet in str(feil.value)
    assert "unge_voksne.tiltak «Booppfølging»: katalog" in feil.value.feil[0]
    assert "familier.inntaksaar er 99" in feil.value.feil[1]
    assert len(feil.value.feil) == 2


def test_et_aarsbeloep_kan_ikke_bli_en_pris_per_maaned_ved_et_uhell() -> None:
    rad = innebygd_katalog()["bostoette_husstand_2022_januar"]
    assert isinstance(velg_pris(rad, 1, "årskostnad"), str)
    assert isinstance(velg_pris(rad, 1, "timer"), str)
    assert not isinstance(velg_pris(rad, 12, "årskostnad"), str)
    assert not isinstance(velg_pris(rad, 1, "fast sum"), str)
