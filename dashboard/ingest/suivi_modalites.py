"""Translate the distinct values of a table’s coded columns: code lists and communes.

Leaves them in the temporary table ``suivi_modalite``, that the typing of the table joins on.
"""

from __future__ import annotations

from dashboard.ingest.suivi_chantier import Chantier
from dashboard.ingest.suivi_expressions import par_modalite
from dashboard.ingest.suivi_lecture import booleen, ident, litteral, requete

_UNION = "\nUNION ALL\n"


def traduire(chantier: Chantier) -> None:
    """Distinct values of the columns read by a code list or a list of communes, with their codes."""
    con, branches, parties = chantier.con, [], []
    for champ in filter(par_modalite, chantier.tableau.champs):
        nom, colonne = litteral(champ.nom), ident(champ.nom)
        if champ.nature == "commune":
            parties.append(requete("communes", nom=nom, colonne=colonne, residence=booleen(champ.residence)))
            continue
        separateur = litteral(chantier.recette(champ).multivaleur or chantier.correspondance.format.multivaleur)
        decoupe = f"string_split(replace(texte, '|', {separateur}), {separateur})" if champ.separateur else "[texte]"
        branches.append(requete("modalites_colonne", nom=nom, colonne=colonne, decoupe=decoupe))
    if branches:
        con.execute(_traductions(chantier))
        parties.append(requete("modalites", branches=_UNION.join(branches)))
    if parties:
        con.execute("CREATE OR REPLACE TEMP TABLE suivi_modalite AS " + _UNION.join(parties))
        _regroupements(chantier)


def _traductions(chantier: Chantier) -> str:
    """Accepted spellings of the code lists: the mapping's first, then codes, then official labels."""
    propres, listes = [], []
    for champ in chantier.tableau.champs:
        if champ.nomenclature:
            valeurs = chantier.recette(champ).valeurs
            propres += [(champ.nom, v, str(code), "true, false, 0") for v, code in valeurs.items() if code]
            propres += [(champ.nom, v, champ.si_invalide, "true, true, 1") for v in champ.sensibles]
            listes.append(f"({litteral(champ.nom)}, {litteral(champ.nomenclature)})")
    return requete(
        "traduction",
        propres="".join(f"({litteral(n)}, {litteral(v)}, {litteral(c)}, {suite}), " for n, v, c, suite in propres),
        listes=", ".join(listes),
        libelles=booleen(chantier.correspondance.format.libelles),
    )


def _regroupements(chantier: Chantier) -> None:
    """Say which former communes and which sensitive values were brought together."""
    con = chantier.con
    vues = {nom for (nom,) in con.execute("SELECT DISTINCT colonne FROM suivi_modalite WHERE sensible").fetchall()}
    for champ in chantier.tableau.champs:
        nom, lieu = litteral(champ.nom), chantier.lieu(champ)
        if champ.nom in vues and champ.nature == "commune":
            confidentiel = booleen(champ.confidentiel)
            con.execute(
                requete("communes_anciennes", nom=nom, colonne=ident(champ.nom), confidentiel=confidentiel, **lieu)
            )
        elif champ.nom in vues and champ.sensibles:
            con.execute(requete("sensibles", nom=nom, **lieu))
