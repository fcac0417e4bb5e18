"""One DECP record, 2019 or 2022, JSON or XML, brought to one flat shape of texts.

Pure functions from dictionary to dictionary: nothing is judged or corrected here,
values stay as they were written. Cleaning is the business of the SQL files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

Enregistrement = dict[str, Any]

TITULAIRE = 'STRUCT("type" VARCHAR, id VARCHAR, nom VARCHAR, categorie VARCHAR)'
ACTE = (
    'STRUCT(rang VARCHAR, "type" VARCHAR, id VARCHAR, nom VARCHAR, duree VARCHAR, date_notification VARCHAR,'
    " montant VARCHAR)"
)
MODIFICATION_ACTE = "STRUCT(rang VARCHAR, date_notification VARCHAR, duree VARCHAR, montant VARCHAR)"
COLONNES_LUES: dict[str, str] = {
    "n": "BIGINT",
    "ligne": "BIGINT",
    "uid": "VARCHAR",
    "numero": "VARCHAR",
    "acheteur_id": "VARCHAR",
    "acheteur_nom": "VARCHAR",
    "acheteur_departement": "VARCHAR",
    "acheteur_commune": "VARCHAR",
    "acheteur_postal": "VARCHAR",
    "nature": "VARCHAR",
    "objet": "VARCHAR",
    "cpv": "VARCHAR",
    "procedure": "VARCHAR",
    "type_marche": "VARCHAR",
    "lieu_code": "VARCHAR",
    "lieu_type": "VARCHAR",
    "lieu_nom": "VARCHAR",
    "duree": "VARCHAR",
    "date_notification": "VARCHAR",
    "date_publication": "VARCHAR",
    "montant": "VARCHAR",
    "techniques": "VARCHAR[]",
    "sociales": "VARCHAR[]",
    "environnementales": "VARCHAR[]",
    "titulaires": f"{TITULAIRE}[]",
    "modifications": (
        "STRUCT(rang VARCHAR, date_notification VARCHAR, date_publication VARCHAR, duree VARCHAR,"
        f" montant VARCHAR, objet VARCHAR, titulaires {TITULAIRE}[])[]"
    ),
    "sous_traitances": f"{ACTE}[]",
    "sous_traitances_modifiees": f"{MODIFICATION_ACTE}[]",
    "concession": "BOOLEAN",
    "cles": "VARCHAR",
}
"""Columns of the normalised record and their DuckDB types, in the order of the table ``decp_lu``."""


def texte(valeur: Any) -> str | None:
    """A scalar as text; nothing for null, lists and objects."""
    if isinstance(valeur, str) or valeur is None:
        return valeur
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    return None if isinstance(valeur, (dict, list)) else str(valeur)


def elements(valeur: Any, cle: str) -> list[Any]:
    """Items of a list written flat (2019), nested (2022: ``[{cle: …}]`` or ``{cle: […]}``), alone, or absent."""
    if valeur is None or valeur == "":
        return []
    if isinstance(valeur, list):
        if valeur and isinstance(valeur[0], str):
            return valeur
        return [item for membre in valeur for item in elements(membre, cle)]
    if isinstance(valeur, dict) and cle in valeur:
        return elements(valeur[cle], cle)
    return [valeur]


CLES_CONNUES = frozenset(
    [
        "id",
        "uid",
        "uuid",
        "source",
        "_type",
        "acheteur",
        "autoriteConcedante",
        "nature",
        "objet",
        "codeCPV",
        "procedure",
        "lieuExecution",
        "dureeMois",
        "dateNotification",
        "datePublicationDonnees",
        "montant",
        "formePrix",
        "titulaires",
        "modifications",
        "marcheInnovant",
        "origineUE",
        "origineFrance",
        "ccag",
        "offresRecues",
        "typesPrix",
        "considerationsEnvironnementales",
        "considerationsSociales",
        "attributionAvance",
        "techniques",
        "modalitesExecution",
        "idAccordCadre",
        "tauxAvance",
        "typeGroupementOperateurs",
        "sousTraitanceDeclaree",
        "actesSousTraitance",
        "modificationsActesSousTraitance",
        "nom",
        "code",
        "typeCode",
        "titulaire",
        "typeIdentifiant",
        "denominationSociale",
        "sousTraitant",
        "variationPrix",
    ]
)
"""Official names: an object that has no other needs no look at its keys."""


def sans_espaces(objet: Enregistrement, fautives: list[str]) -> Enregistrement:
    """The same object with its keys trimmed (``"nom "``); the faulty ones are added to ``fautives``."""
    if CLES_CONNUES.issuperset(objet):
        return objet
    fautives.extend(cle for cle in objet if cle != cle.strip())
    return {cle.strip(): valeur for cle, valeur in objet.items()}


def _titulaires(valeur: Any, fautives: list[str]) -> list[Enregistrement]:
    titulaires = [sans_espaces(t, fautives) for t in elements(valeur, "titulaire") if isinstance(t, dict)]
    return [
        {
            "type": texte(t.get("typeIdentifiant")),
            "id": texte(t.get("id")),
            "nom": texte(t.get("denominationSociale") or t.get("denomination") or t.get("nom")),
            "categorie": None,
        }
        for t in titulaires
    ]


def _sous_traitance(brut: Mapping[str, Any], fautives: list[str]) -> Enregistrement:
    return {
        "sous_traitances": _sous_traitances(brut.get("actesSousTraitance"), fautives),
        "sous_traitances_modifiees": _sous_traitances_modifiees(brut.get("modificationsActesSousTraitance")),
    }


def _sous_traitances(valeur: Any, fautives: list[str]) -> list[Enregistrement]:
    """Acts of subcontracting; the official schema gives no name of a subcontractor, some files do."""
    lus = []
    for acte in elements(valeur, "acteSousTraitance"):
        if not isinstance(acte, dict):
            continue
        acte = sans_espaces(acte, fautives)
        qui = acte.get("sousTraitant")
        qui = sans_espaces(qui, fautives) if isinstance(qui, dict) else {}
        nom = qui.get("denominationSociale") or qui.get("denomination") or qui.get("nom")
        lus.append(
            {
                "rang": texte(acte.get("id")),
                "type": texte(qui.get("typeIdentifiant")),
                "id": texte(qui.get("id")),
                "nom": texte(nom),
                "duree": texte(acte.get("dureeMois")),
                "date_notification": texte(acte.get("dateNotification")),
                "montant": texte(acte.get("montant")),
            }
        )
    return lus


def _sous_traitances_modifiees(valeur: Any) -> list[Enregistrement]:
    """Modifications of acts; the official JSON and XML do not spell their element the same way."""
    modifications = [
        membre
        for brute in elements(valeur, "modificationActeSousTraitance")
        for membre in elements(brute, "modificationActesSousTraitance")
    ]
    return [
        {
            "rang": texte(m.get("id")),
            "date_notification": texte(m.get("dateNotificationModificationSousTraitance")),
            "duree": texte(m.get("dureeMois")),
            "montant": texte(m.get("montant")),
        }
        for m in modifications
        if isinstance(m, dict)
    ]


def _modifications(valeur: Any, fautives: list[str]) -> list[Enregistrement]:
    return [
        {
            "rang": texte(m.get("id")),
            "date_notification": texte(m.get("dateNotificationModification") or m.get("dateSignatureModification")),
            "date_publication": texte(m.get("datePublicationDonneesModification")),
            "duree": texte(m.get("dureeMois")),
            "montant": texte(m.get("montant")),
            "objet": texte(m.get("objetModification")),
            "titulaires": _titulaires(m.get("titulaires"), fautives),
        }
        for m in elements(valeur, "modification")
        if isinstance(m, dict)
    ]


def _libelles(brut: Mapping[str, Any], pluriel: str, singulier: str, *, vide: bool) -> list[str | None] | None:
    """Labels of a repeated field; when it is absent, an empty list if the layout has it, else nothing."""
    for cle in (pluriel, singulier):
        if cle in brut:
            return [texte(libelle) for libelle in elements(brut[cle], singulier)]
    return [] if vide else None


def est_concession(brut: Mapping[str, Any]) -> bool:
    """A concession, whatever the layout (2019 mixes them with contracts)."""
    nature = f"{brut.get('_type') or ''} {brut.get('nature') or ''}".lower()
    return "autoriteConcedante" in brut or "concession" in nature or "délégation de service public" in nature


def aplatir(brut: Enregistrement, n: int, ligne: int, *, format_2022: bool) -> Enregistrement:
    """The record in the columns of ``COLONNES_LUES``: ``n`` its rank in the file, ``ligne`` where it is written.

    ``format_2022``: the layout has the considerations, so their absence is an empty list (unknown otherwise).
    """
    fautives: list[str] = []
    brut = sans_espaces(brut, fautives)
    acheteur, lieu = brut.get("acheteur") or brut.get("autoriteConcedante"), brut.get("lieuExecution")
    acheteur = sans_espaces(acheteur, fautives) if isinstance(acheteur, dict) else {}
    lieu = sans_espaces(lieu, fautives) if isinstance(lieu, dict) else {}
    lu = {
        "n": n,
        "ligne": ligne,
        "uid": texte(brut.get("uid")),
        "numero": texte(brut.get("id")),
        "acheteur_id": texte(acheteur.get("id") or acheteur.get("siret")),
        "acheteur_nom": texte(acheteur.get("nom")),
        "nature": texte(brut.get("nature")),
        "objet": texte(brut.get("objet")),
        "cpv": texte(brut.get("codeCPV")),
        "procedure": texte(brut.get("procedure")),
        "lieu_code": texte(lieu.get("code")),
        "lieu_type": texte(lieu.get("typeCode")),
        "lieu_nom": texte(lieu.get("nom")),
        "duree": texte(brut.get("dureeMois")),
        "date_notification": texte(brut.get("dateNotification")),
        "date_publication": texte(brut.get("datePublicationDonnees")),
        "montant": texte(brut.get("montant")),
        "techniques": _libelles(brut, "techniques", "technique", vide=format_2022),
        "sociales": _libelles(brut, "considerationsSociales", "considerationSociale", vide=format_2022),
        "environnementales": _libelles(
            brut, "considerationsEnvironnementales", "considerationEnvironnementale", vide=format_2022
        ),
        "titulaires": _titulaires(brut.get("titulaires"), fautives),
        "modifications": _modifications(brut.get("modifications"), fautives),
        **_sous_traitance(brut, fautives),
        "concession": est_concession(brut),
    }
    lu["cles"] = ", ".join(sorted({f"« {cle} »" for cle in fautives})) or None
    return lu


def depuis_xml(element: etree._Element) -> Any:
    """An XML element as its JSON twin: text of a leaf, or children by name, repeated names in a list."""
    enfants = [enfant for enfant in element if isinstance(enfant.tag, str)]
    if not enfants:
        return (element.text or "").strip() or None
    objet: Enregistrement = {}
    for enfant in enfants:
        nom, valeur = etree.QName(enfant).localname, depuis_xml(enfant)
        if nom not in objet:
            objet[nom] = valeur
        elif isinstance(objet[nom], list):
            objet[nom].append(valeur)
        else:
            objet[nom] = [objet[nom], valeur]
    return objet
