"""SQL expressions that turn the text of a source into typed template columns.

Pure text building (whitelisted names from the template, quoted literals from the mapping);
nothing is executed here. The rules themselves are macros in ``sql/suivi/macros.sql``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.ingest.correspondance import Format, Recette, cle_libre
from dashboard.ingest.gabarit import Champ
from dashboard.ingest.suivi_lecture import ident, litteral

_MACROS = {"siret": "siret_lu", "cpv": "cpv_lu", "rome": "rome_lu"}
_ESPACES = r"[ \x{00a0}\x{202f}]"


@dataclass(frozen=True, slots=True)
class Lecture:
    """How a column is read: ``valeur`` (typed, NULL if invalid) and ``conforme`` (written as announced)."""

    valeur: str
    conforme: str


def liste(textes: tuple[str, ...]) -> str:
    """SQL list of strings."""
    return "[" + ", ".join(litteral(t) for t in textes) + "]"


def texte_source(champ: Champ, recette: Recette, colonnes: dict[str, str], format_: Format) -> str:
    """Text of a template column from the raw columns (``colonnes``: source title → raw column)."""
    if recette.constante is not None:
        return litteral(recette.constante)
    if recette.indicateurs:
        return _indicateurs(recette, colonnes, format_)
    presentes = [f"texte({colonnes[nom]})" for nom in recette.colonnes if nom in colonnes]
    if not presentes:
        return "NULL::VARCHAR"
    sql = presentes[0] if len(presentes) == 1 else f"concat_ws({litteral(recette.jointure)}, {', '.join(presentes)})"
    if recette.separateur is not None:
        sql = f"split_part({sql}, {litteral(recette.separateur)}, {recette.partie})"
    if len(presentes) > 1 or recette.separateur is not None:
        sql = f"texte({sql})"
    sql = _traduire(champ, recette, sql)
    return f"{litteral(recette.prefixe)} || {sql}" if recette.prefixe else sql


def lecture(champ: Champ, recette: Recette, format_: Format) -> Lecture:
    """Typed value of a column of ``suivi_texte`` (alias ``t``), with its nomenclature joined as ``m_<champ>``."""
    texte, modalite = f"t.{ident(champ.nom)}", ident(f"m_{champ.nom}")
    if champ.separateur:
        complet = f"list_sort(list_distinct(list_append({modalite}.codes, {litteral(champ.si_invalide)})))"
        valeur = f"CASE WHEN {modalite}.inconnu THEN {complet} ELSE {modalite}.codes END"
        return Lecture(valeur, f"{modalite}.conforme AND NOT {modalite}.inconnu")
    if par_modalite(champ):
        return Lecture(f"{modalite}.codes[1]", f"{modalite}.conforme")
    if champ.type in {"number", "integer", "year"}:
        return _nombre(champ, recette, texte, format_)
    if champ.type == "date":
        formats = liste(tuple(dict.fromkeys((*(recette.dates or format_.dates), "%Y-%m-%d"))))
        return Lecture(f"date_lue({texte}, {formats})", _date_conforme(texte, formats))
    if champ.type == "yearmonth":
        formats = liste(tuple(dict.fromkeys((*(recette.mois or format_.mois), "%Y-%m-%d"))))
        return Lecture(f"mois_lu({texte}, {formats})", _date_conforme(texte, formats))
    if champ.type == "boolean":
        return _booleen(texte, format_)
    return _chaine(champ, texte)


def par_modalite(champ: Champ) -> bool:
    """Tell whether the column is read through its distinct values (code lists, communes)."""
    return champ.nomenclature is not None or champ.nature == "commune"


def repetitif(champ: Champ) -> bool:
    """Tell whether a column without code list is worth reading by distinct values (dates, numbers, codes)."""
    return not par_modalite(champ) and (champ.type != "string" or champ.nature in _MACROS or bool(champ.valeurs))


def hors_bornes(champ: Champ) -> str:
    """Condition telling an out-of-range number from something that is not a number."""
    if champ.type in {"number", "integer", "year"}:
        return f"nombre_libre({ident(champ.nom + '@')}) IS NOT NULL"
    return "false"


def _indicateurs(recette: Recette, colonnes: dict[str, str], format_: Format) -> str:
    oui = ", ".join(litteral(cle_libre(v)) for v in (*format_.vrai, "oui", "true", "1", "x"))
    codes = [
        f"CASE WHEN cle_libre({colonnes[nom]}) IN ({oui}) THEN {litteral(code)} END"
        for nom, code in recette.indicateurs.items()
        if nom in colonnes
    ]
    return f"nullif(concat_ws('|', {', '.join(codes)}), '')" if codes else "NULL::VARCHAR"


def _traduire(champ: Champ, recette: Recette, sql: str) -> str:
    """Apply ``valeurs``: all of them to a plain column, only those meaning « absent » to a code list."""
    traductions = [(v, code) for v, code in recette.valeurs.items() if not (champ.nomenclature and code)]
    if not traductions:
        return sql
    cas = " ".join(
        f"WHEN {litteral(cle_libre(v))} THEN {litteral(str(code)) if code else 'NULL'}" for v, code in traductions
    )
    return f"CASE cle_libre({sql}) {cas} ELSE {sql} END"


def _nombre(champ: Champ, recette: Recette, texte: str, format_: Format) -> Lecture:
    milliers = {"": "", " ": _ESPACES}.get(format_.milliers, f"[{format_.milliers}]")
    groupes = f"|[0-9]{{1,3}}({milliers}[0-9]{{3}})+" if milliers else ""
    conforme = f"regexp_full_match({texte}, '[+-]?([0-9]+{groupes})([{format_.decimale}][0-9]+)?')"
    declare = f"nombre_declare({texte}, {litteral(format_.decimale)}, {litteral(format_.milliers)})"
    valeur = f"CASE WHEN {conforme} THEN {declare} ELSE nombre_libre({texte}) END"
    if recette.facteur != 1:
        valeur = f"round(({valeur}) * {float(recette.facteur)!r}, 6)"
    conditions = ["x = floor(x)"] if champ.type != "number" else []
    if champ.minimum is not None:
        conditions.append(f"x >= {float(champ.minimum)!r}")
    if champ.maximum is not None:
        conditions.append(f"x <= {float(champ.maximum)!r}")
    if champ.valeurs:
        conditions.append(f"x IN ({', '.join(champ.valeurs)})")
    if conditions:
        valeur = f"list_filter([{valeur}], lambda x: {' AND '.join(conditions)})[1]"
    return Lecture(f"CAST({valeur} AS {champ.type_sql})", conforme)


def _date_conforme(texte: str, formats: str) -> str:
    return f"date_plausible(CAST(try_strptime({texte}, {formats}) AS DATE)) IS NOT NULL"


def _booleen(texte: str, format_: Format) -> Lecture:
    vrai, faux = (", ".join(litteral(cle_libre(v)) for v in valeurs) for valeurs in (format_.vrai, format_.faux))
    cle = f"cle_libre({texte})"
    valeur = f"CASE WHEN {cle} IN ({vrai}) THEN true WHEN {cle} IN ({faux}) THEN false ELSE booleen_lu({texte}) END"
    return Lecture(valeur, f"{cle} IN ({vrai}, {faux}, 'oui', 'non')")


def _chaine(champ: Champ, texte: str) -> Lecture:
    macro = _MACROS.get(champ.nature)
    if macro:
        return Lecture(f"{macro}({texte})", f"{texte} = {macro}({texte})")
    if champ.valeurs:
        return Lecture(
            f"CASE WHEN {texte} IN ({', '.join(litteral(v) for v in champ.valeurs)}) THEN {texte} END", "true"
        )
    if champ.longueur is None:
        return Lecture(texte, "true")
    if champ.nature in {"reference", "personne"}:
        return Lecture(f"CASE WHEN length({texte}) <= {champ.longueur} THEN {texte} END", "true")
    return Lecture(f"left({texte}, {champ.longueur})", f"length({texte}) <= {champ.longueur}")
