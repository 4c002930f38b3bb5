"""What a reader from DFØ or ISPOR would object to: where each is answered, by which test, and what is left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Innvending:
    """One objection. svar: where it is answered. proever: the tests that hold the answer. gjenstaar: what is left."""

    hva: str
    svar: str
    proever: tuple[str, ...]
    gjenstaar: str


INNVENDINGER = (
    Innvending(
        "Strukturell usikkerhet: modellens egne forenklinger er sikre i trekningene.",
        "«Strukturell usikkerhet» trekker også erstatningsgrad, hva som hadde skjedd uansett, og tilbakefall, ved 4 %, og står ved siden av "
        "den vanlige analysen (docs/modell.md avsnitt 6, fanen Usikkerhet). Tallene som holdes fast, er listet.",
        ("test_standardgruppen_er_lonnsom_i_72_prosent_og_i_snitt_to_komma_tre_millioner",),
        "Spennene er antakelser. Ett steg i året, fire situasjoner og like rater i alle år er ikke prøvd mot andre modeller.",
    ),
    Innvending(
        "Kontrafaktisk: hva hadde skjedd uten velferdslab?",
        "Sammenligningen er å bli i utgangssituasjonen (valgt her, avsnitt 3). Andelen som hadde skjedd uansett, er en forutsetning, og netto "
        "uten effekt står på første skjerm; er den positiv, sier linjen under overskriften det. Ved siden av overskriften står at 0 % rente og 0 % "
        "skjedd uansett er det gunstigste, netto ved minst 4 % og 25 %, og andelen som gir null.",
        (
            "test_den_forsiktige_visningen_er_scenariet_med_rente_og_skjedd_uansett",
            "test_uten_effekt_er_scenariet_naar_ingen_lykkes",
            "test_det_som_er_lonnsomt_uten_at_noen_lykkes_sier_det_selv",
        ),
        "Ingen kontrollgruppe er fulgt. Nullkostnadene er regnet av oppdiktede historier. Standardverdien 0 % for «skjedd uansett» er den "
        "gunstigste mulige; 25 % tar 4,6 millioner av budsjettnettoen for unge voksne.",
    ),
    Innvending(
        "Overføringer: en kontantytelse er en utgift for budsjettet, men ingen kostnad for samfunnet.",
        "Sagt på første side og der nullalternativet står (fanene Kostnader, avsnitt 3). Priskatalogen merker overføringer, og en som velges som kostnad, sies fra om.",
        ("test_en_overfoering_valgt_som_pris_flagges",),
        "Det er ikke kjent om ytelser er med i nullalternativet. Er de det, er besparelsen for samfunnet for høy. Modellen trekker ingenting fra.",
    ),
    Innvending(
        "Dobbelttelling: en QALY og full produksjon kan verdsette noe av det samme.",
        "Helse- og produksjonsgevinst står hver for seg overalt og legges aldri sammen under navnet besparelse. Setter man stillingsandelene "
        "eller livskvaliteten like, faller den ene bort. Netto samfunn vises som en kurve over verdien av en QALY.",
        (
            "test_4_like_nivaaer_gir_ingen_gevinst_og_null_kostnad_ingen_besparelse",
            "test_kurven_er_andelen_der_samfunnet_gaar_i_pluss_ved_hver_verdi_av_en_qaly",
        ),
        "Standardtallene regner begge fullt ut, og hele lønnskostnaden som verdiskaping. Netto samfunn er derfor i overkant så langt en QALY "
        "rommer egen inntekt. Verdien 1,12 millioner er forbeholdt ellers friske.",
    ),
    Innvending(
        "Reell prisvekst: lønnstunge tjenester blir dyrere enn andre varer.",
        "Alle beløp er i faste priser. Reell vekst kan settes for verdien av en QALY og av arbeid, og er 0,9 % i DFØ-visningen (antakelse).",
        ("test_dfoe_visningen_er_scenariet_paa_dfoes_vilkaar",),
        "Kostnad og besparelse vokser ikke reelt i noen visning. Vokste de som lønn, ble begge større; hvilken vei netto gikk, avhenger av når de kommer.",
    ),
    Innvending(
        "Skatt og ytelser: innkreving koster, og den som kommer i arbeid, betaler skatt og får mindre i ytelser.",
        "Skattefinansieringssatsen er 20 % i DFØ-visningen. Andelen av produksjonsgevinsten som kommer tilbake til det offentlige, og kommunens del "
        "av den, er forutsetninger; de flytter penger og skaper ingen.",
        (
            "test_offentlig_andel_flytter_penger_og_skaper_ingen",
            "test_offentlig_inntekt_er_en_utvidet_forutsetning_og_flytter_bare_penger",
        ),
        "Begge er 0 i standarden, så budsjettnettoen regner ikke med skatt. Skatt og ytelser er én andel, ikke regnet etter regelverket.",
    ),
    Innvending(
        "Erstatningsgrad: tiltakene antas å erstatte alle ordinære tjenester mens deltakeren er med.",
        "Den står på første skjerm og i linjen under overskriften, og besparelsen er delt i erstattede tjenester og bedret situasjon.",
        ("test_besparelsen_av_unge_voksne_er_7_av_25_millioner_uansett_om_noen_lykkes",),
        "100 % er en antakelse; ingen har målt den.",
    ),
    Innvending(
        "Neddiskontering og horisont: 0 % og ti år.",
        "Netto og tilbakebetalingsår ved 4 % og i DFØ-visningen står ved siden av, for hver gruppe og samlet.",
        ("test_samlet_er_lik_livsloepene_til_alle_i_begge_gruppene",),
        "Gevinster etter perioden er ikke med, og de som kommer inn sent, har færre år.",
    ),
    Innvending(
        "Få deltakere: utfallet for tretti personer er ikke forventningen.",
        "Tilfeldigheter blant deltakerne trekkes som standard, og deres del av variansen vises.",
        ("test_andelen_av_variansen_er_det_som_blir_borte_uten_tilfeldighet",),
        "Utfallene antas uavhengige; deltakere i samme program kan ha felles hell og uhell. En felles faktor i ratene vises ved siden av.",
    ),
    Innvending(
        "Kalibrering: prisene er valgt slik at de publiserte resultatene kommer frem.",
        "Sagt under kjente avvik og på fanen Kostnader. Hver pris står ved siden av publiserte tall, over.",
        ("test_prisene_for_familier_sies_ikke_aa_vaere_valgt_mot_publiserte_figurer",),
        "At figurene stemmer, bekrefter derfor formlene, ikke prisene.",
    ),
    Innvending(
        "Fordeling og ikke-prissatte virkninger.",
        "Fanen Ikke-prissatte virkninger tar dem etter DFØs pluss-minusmetode, med hvem som berøres; de inngår ikke i noen sum.",
        ("test_virkningene_inngaar_ikke_i_noen_sum",),
        "Ingen vekter for hvem som får gevinsten.",
    ),
)


def som_tabell() -> list[str]:
    """The objections as a table in Markdown."""
    ut = ["| innvending | besvart | prøver | står igjen |", "| --- | --- | --- | --- |"]
    for en in INNVENDINGER:
        ut.append(f"| {en.hva} | {en.svar} | {', '.join(f'`{p}`' for p in en.proever)} | {en.gjenstaar} |")
    return ut
