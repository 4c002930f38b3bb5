"""The rooms where files go in and come out: prices, audit, comparison, uncertainty, contract, registrations, life course."""

from __future__ import annotations

from velferdslab_model.app.room import Mal, Siderom, skjemamal

_PRISER = Siderom(
    "priser",
    "Ny prisliste",
    "Hent prislisten, endre prisene i Excel, og send den inn: du får kvittering og en arbeidsbok med de nye prisene.",
    skjemamal("priser.html"),
    "prices_work:regn_priser",
    "",
)
_KONTROLLER = Siderom(
    "kontroller",
    "Kontroller",
    "Send inn en arbeidsbok eller prisliste noen har redigert, og se hva som er endret og hva det gjorde med resultatet.",
    skjemamal("kontroller.html"),
    "check_work:regn_kontroll",
    "Kontroller",
)
_SAMMENLIGN = Siderom(
    "sammenlign",
    "Sammenlign",
    "Sammenlign to eller flere kommuner: hvem får mest ut av det, hva skyldes forskjellen, og hvor sikker er den.",
    skjemamal("sammenlign.html"),
    "compare_work:regn_sammenligning",
    "Sammenlign",
    grense=300.0,
    tungt=True,
)
_USIKKERHET = Siderom(
    "usikkerhet",
    "Hvor sikkert?",
    "Se hvor sikkert svaret er: hva som betyr mest, hva som skal til for å snu det, og hvor ofte det lønner seg.",
    skjemamal("usikkerhet.html"),
    "uncertainty_work:regn_usikkerhet",
    "Regn ut",
    grense=300.0,
    tungt=True,
)
_KONTRAKT = Siderom(
    "kontrakt",
    "Effektkontrakt",
    "Regn på en effektkontrakt: hva som betales, hvor sikker summen er, og hva hver part får og betaler.",
    skjemamal("kontrakt.html"),
    "contract_work:regn_kontrakt",
    "Regn ut",
    tungt=True,
    maler={
        navn: Mal(f"{navn}.toml", "contract_work:kontraktfil", navn)
        for navn in ("asker", "dansk_priskort", "koebenhavn", "nav_innovasjonspris", "overtakelse")
    },
)
_REGISTRERINGER = Siderom(
    "registreringer",
    "Registreringer",
    "Fra registreringer til livssituasjon, suksessrater og betalinger. Bare koder, aldri navn eller fødselsnummer.",
    skjemamal("registreringer.html"),
    "assess_work:regn_registreringer",
    "Regn ut",
    maler={"registrering": Mal("registrering.xlsx", "assess_work:registreringsbok")},
)
_PERSONAS = Siderom(
    "personas",
    "Personas",
    "Nullalternativet fra ti år lange historier: hva en person eller familie koster i året i hver livssituasjon, og hvem som betaler.",
    skjemamal("personas.html"),
    "personas_work:regn_personas",
    "Regn ut",
    maler={
        navn: Mal(f"{navn}.toml", "personas_work:personafil", navn)
        for navn in ("tone", "anders", "peder", "barnerik_familie", "enslig_mor", "familie_utviklingshemming")
    },
)
_UTENFOR = Siderom(
    "utenfor",
    "Utenfor",
    "Utenforregnskapet: hva et tiltak gir gjennom et livsløp, for kommune, fylkeskommune og stat. Malenes profiler er konstruerte.",
    skjemamal("utenfor.html"),
    "utenfor_work:regn_utenforregnskap",
    "Regn ut",
    maler={
        navn: Mal(f"{navn}.toml", "utenfor_work:regnskapsfil", navn)
        for navn in (
            "videregaaende",
            "lavinntekt_innvandrerforeldre",
            "lavinntekt_trygdede_foreldre",
            "foreldre_psykisk_rus",
            "barnevern",
            "depresjon_angst",
            "atferdsvansker",
        )
    },
)

FILROM = (_PRISER, _KONTROLLER, _SAMMENLIGN, _USIKKERHET, _KONTRAKT, _REGISTRERINGER, _PERSONAS, _UTENFOR)
