"""Who may talk to the page, and how: host, origin, method, secret and size are settled before anything is read."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

#: A whole request: several workbooks of at most ten megabytes each.
MAKS_FORESPOERSEL = 60_000_000
#: Browsers that have shown the secret; the one that was away longest is forgotten first.
_MAKS_BESOEK = 500
_METODER = ("GET", "HEAD", "POST")
#: What a browser says of a request that another site made it send.
_FREMMED = ("cross-site", "same-site")

#: Nothing from outside, nothing inline, no frame around it; files are handed over as they are.
_HODER = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With no-referrer a browser sends «Origin: null» with a form of our own.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
#: The comparison is one file with its own styles and script: it is shown without access to anything of ours.
SANDKASSE = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


@dataclass(frozen=True)
class Avslag:
    """A request that is refused: its status, and why in a sentence to the person."""

    status: HTTPStatus
    tekst: str


@dataclass(frozen=True)
class Adresser:
    """Where the page is reached.

    host, port: what it listens on. utenfra: the address users see when it runs behind a sign-in, else empty.
    """

    host: str
    port: int
    utenfra: str = ""

    @property
    def opprinnelser(self) -> frozenset[str]:
        """Every origin the page may have been loaded from."""
        egne = {"127.0.0.1", "localhost", "[::1]"} if er_egen_maskin(self.host) else set()
        ut = {f"http://{navn}:{self.port}" for navn in egne}
        if self.utenfra:
            ut.add(_opprinnelse(self.utenfra))
        return frozenset(ut)

    @property
    def verter(self) -> frozenset[str]:
        """Every Host header a browser sends to those."""
        return frozenset(urlsplit(en).netloc for en in self.opprinnelser)

    @property
    def foerste(self) -> str:
        """The address to open."""
        vert = f"[{self.host}]" if ":" in self.host else self.host
        return self.utenfra.rstrip("/") if self.utenfra else f"http://{vert}:{self.port}"


def er_egen_maskin(host: str) -> bool:
    """Whether nobody but this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _opprinnelse(adresse: str) -> str:
    delt = urlsplit(adresse)
    return f"{delt.scheme}://{delt.netloc.lower()}"


@dataclass
class Adgang:
    """The door. noekkel: the secret in the address; each browser that shows it gets a cookie with a secret of its own."""

    adresser: Adresser
    noekkel: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _besoek: dict[str, None] = field(default_factory=dict, repr=False)

    @property
    def navn(self) -> str:
        """Name of the cookie: browsers do not keep the cookies of two ports apart."""
        return f"velferdslab_{self.adresser.port}"

    @property
    def adresse(self) -> str:
        """What is opened in the browser."""
        return f"{self.adresser.foerste}/?noekkel={self.noekkel}"

    def avslag(self, metode: str, hoder: Mapping[str, str]) -> Avslag | None:
        """Why a request is refused, before its body is read and whoever sends it; None when it may go on."""
        if hoder.get("host", "").lower() not in self.adresser.verter:
            return Avslag(
                HTTPStatus.MISDIRECTED_REQUEST,
                "Siden svarer bare på sin egen adresse. Åpne den som står der programmet ble startet.",
            )
        if metode not in _METODER:
            return Avslag(HTTPStatus.METHOD_NOT_ALLOWED, "Siden tar ikke imot denne måten å spørre på.")
        fra = hoder.get("origin")
        if fra is not None and fra.lower() not in self.adresser.opprinnelser:
            return Avslag(HTTPStatus.FORBIDDEN, "Forespørselen kommer fra et annet nettsted og er avvist.")
        if metode == "POST":
            if fra is None or hoder.get("sec-fetch-site") in _FREMMED:
                return Avslag(HTTPStatus.FORBIDDEN, "Forespørselen kommer ikke fra siden selv og er avvist.")
            return _for_stor(hoder)
        return None

    def slipp_inn(self, spoersmaal: str) -> str | None:
        """The secret of a new visit, when the question mark of the address is followed by the right key."""
        gitt = parse_qs(spoersmaal, max_num_fields=5).get("noekkel", [""])[0] if len(spoersmaal) < 500 else ""
        if not hmac.compare_digest(gitt.encode(), self.noekkel.encode()):
            return None
        besoek = secrets.token_urlsafe(32)
        self._besoek[besoek] = None
        while len(self._besoek) > _MAKS_BESOEK:
            del self._besoek[next(iter(self._besoek))]
        return besoek

    def besoek(self, hoder: Mapping[str, str]) -> str | None:
        """The visit a request belongs to; None for one that has not shown the secret."""
        try:
            kake = SimpleCookie(hoder.get("cookie", "")).get(self.navn)
        except CookieError:
            return None
        if kake is None or kake.value not in self._besoek:
            return None
        self._besoek[kake.value] = self._besoek.pop(kake.value)
        return kake.value

    def kake(self, besoek: str) -> str:
        """The header that leaves the secret of a visit in the browser."""
        sikker = "; Secure" if self.adresser.utenfra.startswith("https:") else ""
        return f"{self.navn}={besoek}; HttpOnly; SameSite=Strict; Path=/{sikker}"


def hoder(egne: Mapping[str, str] | None = None) -> list[tuple[bytes, bytes]]:
    """The headers every answer has. egne: those an answer has set for itself, which stay."""
    satt = {navn.lower() for navn in egne or ()}
    return [(navn.encode(), verdi.encode()) for navn, verdi in _HODER.items() if navn not in satt]


def _for_stor(hoder: Mapping[str, str]) -> Avslag | None:
    lengde = hoder.get("content-length", "")
    if "transfer-encoding" in hoder or not (lengde.isascii() and lengde.isdigit()):
        return Avslag(HTTPStatus.LENGTH_REQUIRED, "Forespørselen sier ikke hvor stor den er, og er avvist.")
    if len(lengde) > 12 or int(lengde) > MAKS_FORESPOERSEL:
        return Avslag(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"Filene er større enn {MAKS_FORESPOERSEL // 1_000_000} MB til sammen. Gå tilbake, og velg færre eller mindre filer.",
        )
    return None
