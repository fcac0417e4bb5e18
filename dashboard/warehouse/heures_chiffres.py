"""The key figures of the page of the hours, and the hours by year they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.warehouse import secret
from dashboard.warehouse.chiffres import ChiffreCle, indisponible, periode_precedente, somme

if TYPE_CHECKING:
    from dashboard.warehouse.chiffres import Annees
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.requetes_heures import LecteurHeures

#: The key figures, in the order of the page.
CHIFFRES = ("heures_engagees", "heures_realisees", "taux_realisation", "part_validee", "part_hors_btp", "contrats")
COLONNES = ("engagees", "realisees", "validees", "comparees", "btp", "hors_btp")

Periode = tuple[int, int]


def par_annee(lecteur: LecteurHeures) -> dict[int, Ligne]:
    """By year: realisees, btp, hors_btp; with exact hours engagees, validees, comparees; with protected ones effectif.

    A masked number is ``None``.
    """
    annees: dict[int, Ligne] = {}
    if not lecteur.protege:
        for li in lecteur.trimestres:
            an = annees.setdefault(li["annee"], dict.fromkeys(COLONNES, 0.0))
            an.update({colonne: an[colonne] + li[colonne] for colonne in COLONNES})
        return annees
    for li in lecteur.personnes_par_annee():
        an = annees.setdefault(li["annee"], {"realisees": 0.0, "btp": 0.0, "hors_btp": 0.0, "effectif": 0})
        if li["volet"] == "tous":
            an.update(realisees=li["heures"], effectif=li["effectif"])
        else:
            an[li["volet"]] = li["heures"]
    return annees


def part_hors_btp(annee: Ligne) -> float | None:
    """Share of the hours of a year outside construction; ``None`` when masked, or when too few persons worked them."""
    btp, hors_btp = annee["btp"], annee["hors_btp"]
    if btp is None or hors_btp is None or not btp + hors_btp:
        return None
    if "effectif" in annee and (annee["effectif"] or 0) < secret.DENOMINATEUR_MIN:
        return None
    return float(hors_btp / (btp + hors_btp))


class Chiffres:
    """The key figures of one selection."""

    def __init__(self, lecteur: LecteurHeures, annuelles: dict[int, Ligne]) -> None:
        self.lecteur, self.annuelles = lecteur, annuelles
        self.periode, self.annees = lecteur.periode, lecteur.annees
        # nothing is compared with years before the first hours of the selection
        avec_heures = [a for a in self.annees if annuelles.get(a, {}).get("realisees", 0.0) != 0]
        self.precedente = periode_precedente(
            self.periode, [a for a in self.annees if a >= min(avec_heures, default=a + 1)]
        )

    def tous(self) -> dict[str, ChiffreCle]:
        """All the key figures, by identifier."""
        if not self.lecteur.ref.a_suivi:
            return {ident: indisponible(ident) for ident in CHIFFRES}
        chiffres = [
            self._somme("heures_realisees", "realisees"),
            self._part("part_hors_btp", "hors_btp", "btp", "hors_btp"),
            self._contrats(),
        ]
        if not self.lecteur.protege:
            chiffres += [
                self._somme("heures_engagees", "engagees"),
                self._part("taux_realisation", "comparees", "engagees"),
                self._part("part_validee", "validees", "realisees"),
            ]
        connus = {c.ident: c for c in chiffres}
        return {ident: connus.get(ident) or indisponible(ident) for ident in CHIFFRES}

    def _serie(self, colonne: str) -> Annees:
        """One column by year; an absent year is a zero."""
        return {a: self.annuelles.get(a, {}).get(colonne, 0.0) for a in self.annees}

    def _somme(self, ident: str, colonne: str) -> ChiffreCle:
        """A figure that adds up over the years."""
        serie = self._serie(colonne)
        valeur = somme(serie, self.periode)
        statut = "s" if valeur is None else "valeur"
        return ChiffreCle(ident, valeur, statut, somme(serie, self.precedente), dict(serie))

    def _part(self, ident: str, numerateur: str, *denominateurs: str) -> ChiffreCle:
        """A ratio of sums; masked when too few persons stand behind it, unavailable when there is nothing to divide."""

        def sur(periode: Periode | None) -> float | None:
            haut, bas = somme(self._serie(numerateur), periode), [somme(self._serie(d), periode) for d in denominateurs]
            total = sum(v or 0.0 for v in bas)
            return None if haut is None or None in bas or not total or not self._assez(periode) else haut / total

        valeur, faites = sur(self.periode), somme(self._serie("realisees"), self.periode)
        statut = "valeur" if valeur is not None else "s" if self.lecteur.protege and faites != 0 else "nd"
        return ChiffreCle(ident, valeur, statut, sur(self.precedente), {a: sur((a, a)) for a in self.annees})

    def _assez(self, periode: Periode | None) -> bool:
        """Whether a share of protected hours has enough persons behind it, in one year of the period at least."""
        if periode is None or not self.lecteur.protege:
            return True
        effectifs = [self.annuelles.get(a, {}).get("effectif") or 0 for a in range(periode[0], periode[1] + 1)]
        return max(effectifs) >= secret.DENOMINATEUR_MIN

    def _contrats(self) -> ChiffreCle:
        """Published number of work contracts: a year is in the series, several years are counted together."""
        lue = self.lecteur.contrats_par_annee()
        serie = {a: lue.get(a, 0.0) for a in self.annees}

        def sur(periode: Periode) -> float | None:
            if periode[0] == periode[1]:
                return serie.get(periode[0], 0.0)
            return next((li["effectif"] for li in self.lecteur.contrats(periode) if li["contrat"] == "tous"), 0.0)

        valeur = sur(self.periode)
        avant = sur(self.precedente) if self.precedente else None
        return ChiffreCle("contrats", valeur, "s" if valeur is None else "valeur", avant, serie)
