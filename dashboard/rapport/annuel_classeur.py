"""The data annex of the annual report: one sheet a figure, after a sheet that says what they are.

Cells are typed and written by the same code as the workbook of a bloc. The same report gives the same bytes.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

import xlsxwriter

from dashboard.contenu.tableau import Etat
from dashboard.domain import francais as fr
from dashboard.export import classeur, classeur_feuilles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.rapport.annuel import Rapport

COLONNES: Final = ("Feuille", "Titre", "Sélection", "Source")
LARGEURS: Final = (16, 70, 60, 80)


def xlsx(rapport: Rapport) -> bytes:
    """The workbook."""
    sortie = io.BytesIO()
    contexte = rapport.contexte
    if contexte is None:
        raise ValueError("un rapport sans contexte n’a pas d’annexe")
    with xlsxwriter.Workbook(sortie, {**classeur.OPTIONS, "in_memory": True}) as fichier:
        feuilles = classeur.Feuilles(fichier, contexte)
        feuilles.textes("Lisez-moi", COLONNES, _lisez_moi(rapport), LARGEURS)
        for f in rapport.figures:
            feuilles.donnees(f.nom, f.bloc)
        jour = contexte.instantane.manifeste.date_donnees
        fichier.set_properties(
            {
                "title": f"Rapport annuel {rapport.annee} : annexe de données", "author": classeur.AUTEUR,
                "comments": f"Instantané {rapport.instantane}{' (démonstration)' if rapport.demo else ''}",
                "created": datetime.combine(jour, time()),
            }
        )  # fmt: skip
    return sortie.getvalue()


def _lisez_moi(r: Rapport) -> Iterator[tuple[str, ...]]:
    """What the file is, how its cells without a number are written, then a line a figure."""
    if r.demo:
        yield "Attention", classeur_feuilles.DEMONSTRATION
    yield "Rapport", f"Annexe de données du rapport annuel {r.annee} : une feuille par figure ou tableau."
    yield "Instantané", f"{r.instantane}, données au {r.date}"
    for texte in r.avertissements:
        yield "À savoir", fr.composer(texte)
    yield "0", "zéro : compté, et nul"
    for etat in Etat:
        yield str(etat), etat.en_mots
    for f in r.figures:
        yield f.nom, fr.composer(f.bloc.titre), fr.composer(f.bloc.sous_titre), fr.composer(f.bloc.legende)
