"""The definitions shown on the site are complete and well formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.domain.indicateur import charger
from dashboard.settings import RACINE

SQL = RACINE / "dashboard" / "warehouse" / "sql"

COMPLET = """
[[indicateur]]
id = "x"
libelle = "X"
genre = "nombre"
unite = "x"
additivite = "somme"
secret = "aucun"
definition = "Une définition."
source = "essai"
sql = "essai"
"""


def test_les_indicateurs_livres_sont_complets_et_uniques() -> None:
    indicateurs = charger(RACINE / "data" / "indicateurs.toml")
    assert len({i.ident for i in indicateurs}) == len(indicateurs)
    assert {"heures_realisees", "heures_engagees", "beneficiaires", "part_femmes"} <= {i.ident for i in indicateurs}
    assert all(i.definition.endswith(".") for i in indicateurs)
    for indicateur in indicateurs:
        for nom in indicateur.sql.split(", ") if not indicateur.sql.startswith("aucune requête : ") else ():
            trouves = [f for d in ("lecture", "lecture_personnes") for f in (SQL / d).glob(f"{nom}.sql")]
            assert trouves, f"{indicateur.ident} : aucune requête « {nom} »"
    etp = next(i for i in indicateurs if i.ident == "etp")
    assert "1\u202f607" in etp.libelle, "un ETP dit toujours sa base"


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [('genre = "nombre"', 'genre = "couleur"', "genre « couleur » inconnu"), ('unite = "x"', "", "« unite » manque")],
)
def test_un_indicateur_incomplet_est_nomme(tmp_path: Path, avant: str, apres: str, message: str) -> None:
    fichier = tmp_path / "i.toml"
    fichier.write_text(COMPLET.replace(avant, apres), encoding="utf-8")
    with pytest.raises(ValueError, match=message) as erreur:
        charger(fichier)
    assert "indicateur n° 1 (x)" in str(erreur.value)
