"""The published template: well formed, in step with the code lists, in dependency order."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboard.domain import nomenclature
from dashboard.ingest import gabarit

RACINE = Path(__file__).resolve().parents[2]
SCHEMAS = sorted((RACINE / "data" / "schemas").glob("*.json"))
TYPES = {"string", "number", "integer", "year", "date", "yearmonth", "boolean"}


@pytest.mark.parametrize("chemin", SCHEMAS, ids=lambda c: c.stem)
def test_schema_bien_forme(chemin: Path) -> None:
    schema = json.loads(chemin.read_text(encoding="utf-8"))
    noms = [champ["name"] for champ in schema["fields"]]
    assert schema["name"] == chemin.stem
    assert len(set(noms)) == len(noms)
    assert set(schema["primaryKey"]) <= set(noms)
    listes = nomenclature.charger(RACINE / "data" / "nomenclatures")
    for champ in schema["fields"]:
        assert champ["type"] in TYPES
        assert re.match(r"[A-ZÉÀ].*[.)]$", champ["description"]), champ["name"]
        assert isinstance(champ["constraints"]["required"], bool)
        liste = champ.get("observatoire:nomenclature")
        if liste and "enum" in champ["constraints"]:
            assert tuple(champ["constraints"]["enum"]) == nomenclature.codes(listes, liste)
        replis = {"rejet", "vide", *nomenclature.codes(listes, liste or "")}
        assert champ.get("observatoire:si_absent", "vide") in {"signale", *replis}
        assert champ.get("observatoire:si_invalide", "vide") in replis


def test_ordre_des_dependances() -> None:
    lus = gabarit.charger()
    assert set(lus) == {chemin.stem for chemin in SCHEMAS}
    rangs = {nom: rang for rang, nom in enumerate(lus)}
    for tableau in lus.values():
        for reference in tableau.references:
            assert rangs[reference.tableau] < rangs[tableau.nom]
            assert lus[reference.tableau].cle == (reference.cible,)


def test_attendu_en_francais() -> None:
    heures = gabarit.charger()["heures"]
    assert heures.champ("heures").attendu == "un nombre de 0 à 250"
    assert gabarit.charger()["marches"].champ("euros_par_heure").attendu == "un nombre de 1 à 10\u202f000\u202f000"
    with pytest.raises(KeyError):
        heures.champ("absente")
