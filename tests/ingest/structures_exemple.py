"""Structures as the published lists write them: one record, and files of several."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

SIRETS = ("30933062900069", "32589466500117", "38512400300018", "41491798900033")
"""Four SIRET with a right key."""

Fiche = dict[str, Any]


def fiche(**champs: Any) -> Fiche:
    """One structure as data·inclusion v1 writes it, contacts included."""
    return {
        "id": "emplois--1", "source": "emplois", "nom": "Atelier du Canal", "date_maj": "2026-01-02",
        "siret": SIRETS[0], "commune": "Saint-Denis", "code_postal": "93200", "code_insee": "93066",
        "adresse": "1 rue du Canal", "longitude": 2.3571234, "latitude": 48.9361234,
        "telephone": "0199001234", "courriel": "jeanne.martin@exemple.invalid", "contact_nom_prenom": "Jeanne Martin",
        "reseaux_porteurs": ["aci", "chantier-ecole"],
    } | champs  # fmt: skip


def ecrire(dossier: Path, *fiches: Fiche, nom: str = "structures.csv") -> Path:
    """The same rows as CSV or JSON, by the name of the file."""
    chemin = dossier / nom
    if chemin.suffix == ".json":
        chemin.write_text(json.dumps(list(fiches), ensure_ascii=False), encoding="utf-8")
        return chemin
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        ecrivain = csv.DictWriter(flux, list(fiches[0]))
        ecrivain.writeheader()
        for f in fiches:
            ecrivain.writerow({c: json.dumps(v) if isinstance(v, list) else v for c, v in f.items()})
    return chemin
