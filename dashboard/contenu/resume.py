"""The sentence at the head of the first page and the words of the key figures."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.indicateur import Indicateur, charger
from dashboard.domain.phrases import Morceau
from dashboard.settings import RACINE

if TYPE_CHECKING:
    from dashboard.domain.selection import Referentiel, Selection
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.vue_ensemble import VueEnsemble


@lru_cache
def indicateurs() -> dict[str, Indicateur]:
    """The indicators, by identifier, in the order of the file."""
    return {i.ident: i for i in charger(RACINE / "data" / "indicateurs.toml")}


def indicateur(ident: str) -> Indicateur:
    """One indicator. Raises ``KeyError`` when the file does not define it."""
    return indicateurs()[ident]


def valeur_ecrite(chiffre: ChiffreCle, genre: str) -> str:
    """« 1 204 », « 1,62 M », « 17 % », « s » or « nd »."""
    if chiffre.valeur is None:
        return chiffre.statut
    if genre == "part":
        return fr.pourcent(chiffre.valeur)
    if genre == "decimal":
        return fr.nombre(chiffre.valeur, 1)
    return (
        fr.abrege_court(chiffre.valeur) if genre == "abrege" and chiffre.valeur >= 10_000 else fr.nombre(chiffre.valeur)
    )


def variation(chiffre: ChiffreCle, genre: str, precedente: tuple[int, int] | None) -> tuple[str, str, str] | None:
    """Direction (``up``, ``down``, ``stable``), amount and « sur un an »; ``None`` when it cannot be said."""
    if chiffre.valeur is None or chiffre.precedent is None or precedente is None:
        return None
    durees = {1: "sur un an"}
    longueur = precedente[1] - precedente[0] + 1
    suite = durees.get(longueur, f"par rapport à {phrases.annees(precedente)}")
    if genre == "part":
        ecart = round((chiffre.valeur - chiffre.precedent) * 100)
        texte = f"{abs(ecart)}{fr.FINE}pt"
    elif chiffre.precedent <= 0:
        return None
    else:
        ecart = round((chiffre.valeur / chiffre.precedent - 1) * 1000)
        texte = fr.pourcent(abs(ecart) / 1000, 1 if abs(ecart) < 1000 else 0)
    if ecart == 0:
        return "stable", "stable", suite
    return ("up", f"▲ {texte}", suite) if ecart > 0 else ("down", f"▼ {texte}", suite)


def phrase(vue: VueEnsemble, selection: Selection, ref: Referentiel) -> list[Morceau]:
    """The selection in one sentence, with its main numbers."""
    debut = phrases.debut(selection, ref, vue.periode)
    return debut + (_phrase_heures(vue, selection.regard) if ref.a_suivi else _phrase_marches(vue))


def _phrase_heures(vue: VueEnsemble, regard: str | None) -> list[Morceau]:
    heures, personnes = vue.chiffres["heures_realisees"], vue.chiffres["beneficiaires"]
    if heures.valeur is None:
        return [Morceau(", le nombre d’heures relève du secret statistique.")]
    if not heures.valeur:
        return [Morceau(", "), Morceau("aucune heure", True), Morceau(" d’insertion n’a été réalisée.")]
    morceaux = [Morceau(", "), Morceau(_heures_en_mots(heures.valeur), True), Morceau(" d’insertion ont été réalisées")]
    if personnes.valeur is None:
        morceaux.append(Morceau(" par moins de 5 personnes"))
    else:
        morceaux += [Morceau(" par "), Morceau(fr.pluriel(personnes.valeur, "personne"), True)]
    femmes = vue.chiffres["part_femmes"].valeur
    if femmes is not None and regard != "femmes":
        morceaux.append(Morceau(f", dont {fr.pourcent(femmes)} de femmes"))
    if vue.taux is not None:
        morceaux.append(Morceau(f", soit {fr.pourcent(vue.taux)} des heures engagées"))
    return [*morceaux, Morceau(".")]


def _heures_en_mots(heures: float) -> str:
    if heures >= 1_000_000:
        return f"{fr.abrege(heures)} d’heures"
    return fr.pluriel(int(fr.arrondi(heures)), "heure")


def _phrase_marches(vue: VueEnsemble) -> list[Morceau]:
    if vue.marches is None:
        return [Morceau(", les marchés ne peuvent pas être comptés : un marché n’a ni résidence, ni public.")]
    if not vue.marches:
        return [Morceau(", "), Morceau("aucun marché public", True), Morceau(" n’a été notifié.")]
    accord = "a été notifié" if vue.marches < 2 else "ont été notifiés"
    compte = fr.pluriel(vue.marches, "marché public", "marchés publics")
    suite = f" {accord}. Les heures d’insertion ne sont pas disponibles : aucun suivi d’exécution n’est chargé."
    return [Morceau(", "), Morceau(compte, True), Morceau(suite)]
