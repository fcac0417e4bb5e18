"""CSV of a bloc: UTF-8 with BOM, semicolons and French decimals, so that a spreadsheet opens it as is."""

from __future__ import annotations

import csv
import io
from datetime import date

from dashboard.contenu.tableau import Bloc, Cellule, Etat, Format
from dashboard.domain import francais as fr

#: A cell starting with one of these could be run as a formula by a spreadsheet.
FORMULES = ("=", "+", "-", "@", "\t", "\r")
#: Hours and counts are written as whole numbers, shares with this many decimals.
DECIMALES_PART = 4


def _ecrire(valeur: Cellule, forme: Format) -> str:
    if isinstance(valeur, Etat):
        return str(valeur)
    if isinstance(valeur, str):
        return f"'{valeur}" if valeur.startswith(FORMULES) else valeur
    if isinstance(valeur, date):
        return f"{valeur:%Y-%m}"
    decimales = {"part": DECIMALES_PART, "decimal": 1}.get(forme, 0)
    return f"{fr.arrondi(valeur, decimales)}".replace(".", ",")


def csv_de(bloc: Bloc) -> str:
    """The table of a bloc, followed after an empty line by its title, its selection and its caption."""
    sortie = io.StringIO()
    sortie.write("\ufeff")
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow([c.libelle for c in bloc.tableau.colonnes])
    for ligne in bloc.tableau.lignes:
        plume.writerow([_ecrire(v, c.format) for v, c in zip(ligne, bloc.tableau.colonnes, strict=True)])
    plume.writerow([])
    plume.writerow([f"{bloc.titre} — {bloc.sous_titre}"])
    plume.writerow([bloc.legende])
    return sortie.getvalue()
