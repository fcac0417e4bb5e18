"""The sentence at the head of the first page and the words of the key figures."""

from __future__ import annotations

from dataclasses import replace
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
        return ("stable", "stable", suite) if chiffre.valeur == chiffre.precedent else None
    else:
        ecart = round((chiffre.valeur / chiffre.precedent - 1) * 1000)
        texte = fr.pourcent(abs(ecart) / 1000, 1 if abs(ecart) < 1000 else 0)
    if ecart == 0:
        return "stable", "stable", suite
    return ("up", f"▲ {texte}", suite) if ecart > 0 else ("down", f"▼ {texte}", suite)


def repere(
    chiffre: ChiffreCle, genre: str, ref: Referentiel, periode: tuple[int, int], precedente: tuple[int, int] | None
) -> str:
    """What a figure can be read against when no change of it can be said; nothing when there is nothing to say.

    The words of its page; else what it was before when that is nought; else its last whole year among several.
    """
    if chiffre.note:
        return chiffre.note
    if precedente is not None and chiffre.precedent == 0:
        return f"0 en {phrases.annees(precedente)}"
    annee = min(periode[1], ref.defaut)
    derniere = chiffre.serie.get(annee)
    if periode[0] < annee and derniere is not None:
        return f"{valeur_ecrite(replace(chiffre, valeur=derniere), genre)} en {annee}"
    return "première année des données" if precedente is None and periode[0] == periode[1] == ref.annees[0] else ""


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
    accord = "a été réalisée" if fr.arrondi(heures.valeur) < 2 else "ont été réalisées"
    morceaux = [Morceau(", "), Morceau(_heures_en_mots(heures.valeur), True), Morceau(f" d’insertion {accord}")]
    if vue.taux is not None:
        morceaux.append(Morceau(f", soit {fr.pourcent(vue.taux)} des heures engagées,"))
    if personnes.valeur is None:
        morceaux.append(Morceau(f" par moins de 5{fr.INSECABLE}personnes"))
    else:
        morceaux += [Morceau(" par "), Morceau(fr.pluriel(personnes.valeur, "personne"), True)]
    femmes = vue.chiffres["part_femmes"].valeur
    if femmes is not None and regard != "femmes":
        morceaux.append(Morceau(f", dont {fr.pourcent(femmes)} de femmes"))
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
