"""Which token colours each series of a native chart, in workbooks and slides: that of the site when it has one."""

from __future__ import annotations

from typing import Final

#: Colour of a series by its name, the same all over the site; the others take theirs in order.
DITES: Final = (
    ("homme", "men"), ("femme", "women"), ("engag", "engaged"), ("dues", "engaged"), ("validées", "r6"),
    ("non renseigné", "s6"), ("réalisées", "r4"), ("hors btp", "engaged"), ("objectif", "s6"),
)  # fmt: skip
SUITE: Final = ("r4", "engaged", "s3", "s4", "s5", "s6", "r6", "r2")


def couleurs(noms: list[str]) -> list[str]:
    """A colour a series, all different."""
    prises: list[str] = []
    for nom in noms:
        dite = next((c for motif, c in DITES if motif in nom.lower() and c not in prises), None)
        prises.append(dite or next(c for c in (*SUITE, "muted", "ink") if c not in prises))
    return prises
