"""What the persons became, in words and tables: exits, and the way from prescriber to exit."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.contenu.publics_contrats import nature
from dashboard.contenu.publics_rangees import Ici, bloc, ligne, par_code, part_publiee, total
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, cellule, tableau
from dashboard.domain import francais as fr

CONNUES = ("emploi_durable", "transition", "positive", "autre")
HORIZONS = {"0": "À la fin du contrat", "6": "6 mois après", "12": "12 mois après"}
SITUATIONS = {"sans_information": "Sans information", "connue": "Situation connue"}

TOUS_MASQUES = "Tous les parcours relèvent du secret statistique (s) : élargissez le territoire ou la période."

# --- exits ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sortie:
    """One horizon: persons whose situation is known, their share of all, those without news, and each situation."""

    horizon: str
    libelle: str
    connues: Cellule
    part_connues: Cellule
    sans_nouvelle: Cellule
    situations: tuple[tuple[str, str, Cellule, Cellule], ...]


def situation(c: Ici, code: str) -> str:
    """Name of a situation."""
    return SITUATIONS.get(code) or c.libelle("sortie", code)


def sorties_lues(c: Ici) -> list[Sortie]:
    """The three horizons; a situation is (code, label, persons, share of the known situations)."""
    resultat = []
    for horizon, libelle in HORIZONS.items():
        lues = par_code({**li, "code": li["situation"]} for li in c.vue.parcours.get(horizon, ()))
        connue, perdue = ligne(c, lues, "connue"), ligne(c, lues, "sans_nouvelle")
        situations = []
        for code in CONNUES:
            li = ligne(c, lues, code) if connue["statut"] == "valeur" else connue
            partie = part_publiee(li["effectif"], connue["effectif"], li["statut"])
            situations.append((code, situation(c, code), cellule(li["effectif"], li["statut"]), partie))
        resultat.append(
            Sortie(horizon, libelle, cellule(connue["effectif"], connue["statut"]),
                   part_publiee(connue["effectif"], total(c), connue["statut"]),
                   cellule(perdue["effectif"], perdue["statut"]), tuple(situations))
        )  # fmt: skip
    return resultat


def sorties(c: Ici) -> Bloc:
    """Situations at the end of the last contract, six and twelve months later, among those that are known."""
    lues = sorties_lues(c)
    lignes: list[tuple[Cellule, ...]] = []
    for s in lues:
        lignes += [(s.libelle, nom, effectif, partie) for _, nom, effectif, partie in s.situations]
        lignes += [
            (s.libelle, "Situation connue", s.connues, 1.0 if isinstance(s.connues, float) and s.connues else s.connues)
        ]
        lignes += [(s.libelle, "Sans nouvelle", s.sans_nouvelle, Etat.NON_DISPONIBLE)]
    colonnes = (
        Colonne("horizon", "Horizon"), Colonne("situation", "Situation"), Colonne("personnes", "Personnes", "entier"),
        Colonne("part", "Part des situations connues", "part"),
    )  # fmt: skip
    six = next(s for s in lues if s.horizon == "6")
    durable = six.situations[0][3]
    titre = (
        f"Six mois après, {fr.pourcent(durable)} en emploi durable"
        if isinstance(durable, float)
        else "Que deviennent les bénéficiaires ?"
    )
    quoi = "Situation après le dernier contrat, en part des situations connues"
    return bloc(c, "publics-sorties", titre, quoi, tableau(colonnes, lignes), "situation_sortie", "emploi_durable_6")


# --- from prescriber to exit ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lien:
    """One link of the trajectories: codes and labels of both ends, persons, share of the persons of its origin."""

    etape: str
    origine: str
    arrivee: str
    de: str
    vers: str
    effectif: Cellule
    part: Cellule


def noeuds(c: Ici) -> dict[tuple[str, str], tuple[str, float | None]]:
    """Label and published number of persons of each (column, code) of the trajectories."""
    resultat: dict[tuple[str, str], tuple[str, float | None]] = {}
    for li in c.vue.profil.get("prescripteur", ()):
        resultat["prescripteur", li["code"]] = (c.libelle("prescripteur", li["code"]), li["effectif"])
    for li in c.vue.parcours.get("type", ()):
        resultat["nature", li["nature"]] = (nature(c, li["nature"]), li["effectif"])
    for li in c.vue.parcours.get("situation", ()):
        resultat["situation", li["situation"]] = (situation(c, li["situation"]), li["effectif"])
    return resultat


def liens(c: Ici) -> list[Lien]:
    """Every link, the most persons first, masked ones last."""
    connus, resultat = noeuds(c), []
    for etape, (gauche, droite) in {"entree": ("prescripteur", "nature"), "sortie": ("nature", "situation")}.items():
        siens = []
        for li in c.vue.parcours.get(etape, ()):
            de, denominateur = connus[gauche, li[gauche]]
            vers, _ = connus[droite, li[droite]]
            siens.append(
                Lien(etape, li[gauche], li[droite], de, vers, cellule(li["effectif"], li["statut"]),
                     part_publiee(li["effectif"], denominateur, li["statut"]))
            )  # fmt: skip
        resultat += sorted(siens, key=lambda x: (-x.effectif if isinstance(x.effectif, float) else 1.0, x.de, x.vers))
    return resultat


def parcours(c: Ici) -> Bloc:
    """Links from prescriber to kind of contract, then to the situation six months later."""
    tous = liens(c)
    etapes = {"entree": "Prescripteur → contrat", "sortie": "Contrat → situation à 6 mois"}
    colonnes = (
        Colonne("etape", "Étape"), Colonne("de", "De"), Colonne("vers", "Vers"),
        Colonne("personnes", "Personnes", "entier"), Colonne("part", "Part de l’origine", "part"),
    )  # fmt: skip
    t = tableau(colonnes, [(etapes[x.etape], x.de, x.vers, x.effectif, x.part) for x in tous])
    premier = next((x for x in tous if x.etape == "entree" and isinstance(x.effectif, float)), None)
    titre = f"Chemin le plus suivi : {premier.de} → {premier.vers}" if premier else "Du prescripteur à la sortie"
    quoi = "Prescripteur, contrat principal, situation 6 mois après"
    if premier and (masques := sum(x.effectif is Etat.SECRET for x in tous)):
        quoi += f" ; {fr.pluriel(masques, 'lien masqué', 'liens masqués')} (moins de 5 personnes)"
    visibles = any(isinstance(x.effectif, float) and x.effectif for x in tous)
    rien = None if visibles else c.sensible or TOUS_MASQUES
    return bloc(c, "publics-parcours", titre, quoi, t, "chemin_parcours", "situation_sortie", vide_propre=rien)
