"""Turn one raw sheet into the rows of one template table, in SQL, with a finding per fault.

Steps: text of each template column → code lists → typed columns → deductions and checks →
findings → pseudonyms → insertion of what no rule rejected. Knows nothing of files.
"""

from __future__ import annotations

import duckdb

from dashboard.ingest.correspondance import cle_libre
from dashboard.ingest.gabarit import Champ, Tableau
from dashboard.ingest.identifiants import cles_hmac, titre_montrable
from dashboard.ingest.journal import Constat
from dashboard.ingest.suivi_chantier import Chantier
from dashboard.ingest.suivi_expressions import Lecture, hors_bornes, lecture, par_modalite, repetitif, texte_source
from dashboard.ingest.suivi_lecture import booleen, compte, ident, litteral, requete
from dashboard.ingest.suivi_modalites import traduire

_TEMPORAIRES = ("suivi_texte", "suivi_type", "suivi_traduction", "suivi_modalite", "suivi_nouveau", "suivi_pseudonyme")
_REPLIS = {
    "vide": "laissé vide",
    "nd": "noté « non renseigné »",
    "signale": "la ligne est gardée, sans cette valeur",
}
_SANS_VALEUR = {"rejet", "vide", "signale"}
_NATURES = {"rejet": "'rejet'", "signale": "'avertissement'"}


def constats_colonnes(chantier: Chantier) -> tuple[list[Constat], bool]:
    """Findings about missing and unknown columns; the flag tells whether the table can be read at all."""
    ou, constats, lisible = chantier.feuille.emplacement, [], True
    for champ in chantier.tableau.champs:
        recette = chantier.recette(champ)
        absentes = [nom for nom in recette.sources if nom not in chantier.colonnes]
        bloquante = champ.si_absent == "rejet" and not chantier.fournie(champ)
        dispensee = recette.facultative or (chantier.correspondance.identite and not champ.requis)
        if not bloquante and (not absentes or dispensee):
            continue
        lisible = lisible and not bloquante
        nom = " », « ".join(absentes) or champ.nom
        suite = "elle est obligatoire : le tableau n’est pas lu." if bloquante else "le reste est lu."
        message = f"{ou} : la colonne « {nom} » ({chantier.tableau.titre}, {champ.titre}) manque ; {suite}"
        constats.append(Constat("rejet" if bloquante else "avertissement", "colonne_absente", message, ou, None, nom))
    if not chantier.colonnes:  # no header row: the « titles » are values, not to be repeated
        return constats, lisible
    connues = {*chantier.colonnes.values()}
    ignorees = {cle_libre(nom) for nom in chantier.source.ignorer}
    for i, titre in enumerate(chantier.feuille.entetes):
        if titre and f"c{i}" not in connues and cle_libre(titre) not in ignorees:
            titre = titre_montrable(titre, i + 1)
            message = f"{ou} : la colonne « {titre} » n’est pas prévue, ou figure deux fois ; elle est laissée de côté."
            constats.append(Constat("avertissement", "colonne_inconnue", message, ou, None, titre))
    return constats, lisible


def charger_tableau(chantier: Chantier, cle: bytes) -> int:
    """Load the sheet into ``suivi_<tableau>`` and return the number of rows inserted."""
    _texte(chantier)
    traduire(chantier)
    _typer(chantier)
    _verifier(chantier)
    return _inserer(chantier, cle)


def nettoyer(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the working tables of a source: nothing of its persons stays in the connection."""
    con.execute(" ".join(f"DROP TABLE IF EXISTS temp.{table};" for table in _TEMPORAIRES))


def creer_table(con: duckdb.DuckDBPyConnection, tableau: Tableau) -> None:
    """Create the empty result table ``suivi_<tableau>`` from the template, if it is not there."""
    colonnes = [f"{ident(champ.nom)} {champ.type_sql}" for champ in tableau.champs]
    if _est_registre(tableau):
        colonnes.append("cle_enregistrement UTINYINT")
    colonnes += ["source_id INTEGER", "numero_ligne BIGINT"]
    con.execute(f"CREATE TABLE IF NOT EXISTS suivi_{tableau.nom} ({', '.join(colonnes)})")


def _est_registre(tableau: Tableau) -> bool:
    return len(tableau.cle) == 1 and tableau.champ(tableau.cle[0]).nature == "personne"


def _texte(chantier: Chantier) -> None:
    colonnes = [
        f"{texte_source(champ, chantier.recette(champ), chantier.colonnes, chantier.correspondance.format)} "
        f"AS {ident(champ.nom)}"
        for champ in chantier.tableau.champs
    ]
    chantier.con.execute(
        f"CREATE OR REPLACE TEMP TABLE suivi_texte AS SELECT numero_ligne, {', '.join(colonnes)} "  # noqa: S608
        f"FROM {chantier.feuille.brut}"
    )
    chantier.con.execute(f"DROP TABLE temp.{chantier.feuille.brut}")


def _typer(chantier: Chantier) -> None:
    colonnes, jointures = ["t.numero_ligne"], []
    for champ in chantier.tableau.champs:
        lue = lecture(champ, chantier.recette(champ), chantier.correspondance.format)
        texte, jointe = f"t.{ident(champ.nom)}", ident(f"m_{champ.nom}")
        if par_modalite(champ):
            condition = f"{jointe}.colonne = {litteral(champ.nom)} AND {jointe}.texte = {texte}"
            jointures.append(f"LEFT JOIN suivi_modalite AS {jointe} ON {condition}")
        elif repetitif(champ):
            distinctes = requete("valeurs", colonne=ident(champ.nom), valeur=lue.valeur, conforme=lue.conforme)
            jointures.append(f"LEFT JOIN ({distinctes}) AS {jointe} ON {jointe}.texte = {texte}")
            lue = Lecture(f"{jointe}.valeur", f"{jointe}.conforme")
        colonnes += [
            f"CAST({lue.valeur} AS {champ.type_sql}) AS {ident(champ.nom)}",
            f"{texte} AS {ident(champ.nom + '@')}",
            f"coalesce({lue.conforme}, true) AS {ident(champ.nom + '!')}",
        ]
    chantier.con.execute(
        f"CREATE OR REPLACE TEMP TABLE suivi_type AS SELECT {', '.join(colonnes)} "  # noqa: S608
        f"FROM suivi_texte AS t {' '.join(jointures)}"
    )


def _verifier(chantier: Chantier) -> None:
    con, tableau = chantier.con, chantier.tableau
    lieu = {"source": str(chantier.source_id), "feuille": litteral(chantier.feuille.emplacement)}
    if tableau.nom == "marches":
        titres = {
            f"source_{nom}": litteral(chantier.titre_source(tableau.champ(nom))) for nom in ("secteur", "type_achat")
        }
        con.execute(requete("deduire_marches", **lieu, **titres))
    debut, fin = tableau.periode or ("", "")
    conditions = [_en_defaut(chantier, champ) for champ in tableau.champs]
    conditions.append(f"{ident(debut)} > {ident(fin)}" if tableau.periode else "false")
    tri = requete("constats_tri", colonnes=", ".join(f"bool_or({condition})" for condition in conditions))
    *vues, inversees = con.execute(tri).fetchone() or (False,)
    for champ, vue in zip(tableau.champs, vues, strict=True):
        if vue:
            con.execute(requete("constats_colonne", **_morceaux_constat(chantier, champ)))
    if inversees:
        titre = litteral(chantier.titre_source(tableau.champ(debut)))
        con.execute(requete("dates_inversees", debut=ident(debut), fin=ident(fin), colonne_source=titre, **lieu))


def _en_defaut(chantier: Chantier, champ: Champ) -> str:
    """Condition: written otherwise than announced, not understood, or missing though expected."""
    valeur, texte, conforme = (ident(champ.nom + suffixe) for suffixe in ("", "@", "!"))
    vide = f"{valeur} IS NULL" + ("" if champ.requis and chantier.fournie(champ) else f" AND {texte} IS NOT NULL")
    return f"({texte} IS NOT NULL AND NOT {conforme}) OR ({vide})"


def _morceaux_constat(chantier: Chantier, champ: Champ) -> dict[str, str]:
    regle = "commune_inconnue" if champ.nature == "commune" else "valeur_invalide"
    corrige = "'format_corrige'"
    if champ.separateur:
        corrige = (
            "CASE WHEN (SELECT any_value(m.inconnu) FROM suivi_modalite AS m "  # noqa: S608 (template names)
            f"WHERE m.colonne = {litteral(champ.nom)} AND m.texte = {ident(champ.nom + '@')}) "
            "THEN 'hors_nomenclature' ELSE 'format_corrige' END"
        )
    return {
        **chantier.lieu(champ),
        "colonne": ident(champ.nom),
        "texte": ident(champ.nom + "@"),
        "en_defaut": _en_defaut(chantier, champ),
        "confidentiel": booleen(champ.confidentiel),
        "hors_bornes": hors_bornes(champ),
        "nature_absent": _nature(champ.si_absent),
        "nature_invalide": _nature(champ.si_invalide),
        "regle_corrige": corrige,
        "regle_invalide": litteral("hors_nomenclature" if champ.nomenclature else regle),
        "message_corrige": litteral(f"« {champ.titre} » : écriture ramenée à la forme du gabarit."),
        "message_absent": litteral(f"« {champ.titre} » manque alors qu’on l’attend : {_suite(champ.si_absent)}."),
        "message_invalide": litteral(f"« {champ.titre} » : on attend {champ.attendu} ; {_suite(champ.si_invalide)}."),
    }


def _nature(repli: str) -> str:
    return _NATURES.get(repli, "'correction'")


def _suite(repli: str) -> str:
    return "la ligne est rejetée" if repli == "rejet" else _REPLIS.get(repli, f"compté comme « {repli} »")


def _inserer(chantier: Chantier, cle: bytes) -> int:
    con, tableau, jointure = chantier.con, chantier.tableau, ""
    colonnes = [_definitive(champ) for champ in tableau.champs]
    if any(champ.nature == "personne" for champ in tableau.champs):
        interne, externe = cles_hmac(cle)
        if compte(con.execute(requete("pseudonymes"))):
            con.execute(requete("pseudonymes_calcul"), [externe, interne])
        jointure = 'LEFT JOIN suivi_pseudonyme AS p ON p.brut = t."personne_id@"'
    if _est_registre(tableau):
        colonnes.append("CAST('0x' || left(p.empreinte, 2) AS UTINYINT) AS cle_enregistrement")
    sql = requete(
        "inserer",
        table=f"suivi_{tableau.nom}",
        colonnes=", ".join(colonnes),
        jointure=jointure,
        source=str(chantier.source_id),
        feuille=litteral(chantier.feuille.emplacement),
    )
    return compte(con.execute(sql))


def _definitive(champ: Champ) -> str:
    nom = ident(champ.nom)
    if champ.nature == "personne":
        return f"p.empreinte AS {nom}"
    if champ.separateur:
        return f"coalesce(t.{nom}, []::VARCHAR[]) AS {nom}"
    replis = (champ.si_absent, champ.si_invalide)
    if set(replis) <= _SANS_VALEUR:
        return f"t.{nom}"
    absent, invalide = (litteral(repli) if repli not in _SANS_VALEUR else "NULL" for repli in replis)
    return f"coalesce(t.{nom}, CASE WHEN t.{ident(champ.nom + '@')} IS NULL THEN {absent} ELSE {invalide} END) AS {nom}"
