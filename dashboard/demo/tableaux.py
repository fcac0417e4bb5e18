"""The seven tables of the exchange template, as text, for one producer.

Puts the pieces drawn by the other modules side by side under the template's column
names. Text everywhere: what is written is what is here, whatever the file format.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.demo.calendrier import MOIS, Dates, Reels
from dashboard.demo.emplois import Emplois, Suites
from dashboard.demo.engagements import Engagements
from dashboard.demo.execution import Execution
from dashboard.demo.heures import Heures
from dashboard.demo.identifiants import codes_opaques
from dashboard.demo.lots import Lots
from dashboard.demo.parametres import Producteur
from dashboard.demo.parcours import Contrats
from dashboard.demo.personnes import Personnes
from dashboard.demo.referentiel import Communes, Objets

Tableaux = dict[str, pd.DataFrame]
TABLES = ("operations", "marches", "personnes", "contrats", "heures", "sorties", "formations")


def texte_nombre(valeurs: Reels) -> list[str]:
    """Numbers without a useless decimal: « 12 », « 12.5 »."""
    return [f"{int(v)}" if v == int(v) else f"{v:.2f}".rstrip("0") for v in valeurs.tolist()]


def _texte_connu(valeurs: Reels) -> list[str]:
    """Numbers, an empty text where nothing was declared (NaN)."""
    connus = np.nan_to_num(valeurs)
    return [t if n else "" for t, n in zip(texte_nombre(connus), (~np.isnan(valeurs)).tolist(), strict=True)]


def _texte_dates(valeurs: Dates) -> list[str]:
    textes: list[str] = valeurs.astype("datetime64[D]").astype(str).tolist()
    return textes


def _numeros(prefixe: str, n: int) -> Objets:
    return np.asarray([f"{prefixe}{i:06d}" for i in range(1, n + 1)], dtype=object)


def _table(colonnes: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame({nom: np.asarray(v, dtype=object) for nom, v in colonnes.items()}, dtype=object)


def _operations(lots: Lots, ids: Objets, communes: Communes) -> pd.DataFrame:
    n = len(ids)
    premier = np.full(n, len(lots.operation), dtype=np.int64)
    np.minimum.at(premier, lots.operation, np.arange(len(lots.operation)))
    debut, fin = np.full(n, 10**9), np.full(n, -(10**9))
    np.minimum.at(debut, lots.operation, lots.mois)
    np.maximum.at(fin, lots.operation, lots.mois + lots.duree)
    commune = lots.commune[premier]
    coordination = communes.departement[commune] if lots.producteur.grand_projet else lots.producteur.departement
    return _table(
        {
            "operation_id": ids,
            "nom": lots.operations["nom"],
            "maitre_ouvrage_siret": lots.acheteur_siret[premier],
            "programme": lots.operations["programme"],
            "ligne": lots.operations["ligne"],
            "commune_insee": communes.code[commune],
            "date_debut": _texte_dates((MOIS[0] + debut).astype("datetime64[D]")),
            "date_fin": _texte_dates((MOIS[0] + fin).astype("datetime64[D]") - 1),
            "coordination_dep": np.broadcast_to(np.asarray(coordination, dtype=object), (n,)),
        }
    )


def _marches(
    lots: Lots,
    e: Engagements,
    x: Execution,
    ids: Objets,
    operations: Objets,
    numeros: Objets,
    titulaires: Objets,
    communes: Communes,
) -> pd.DataFrame:
    return _table(
        {
            "marche_id": ids,
            "operation_id": operations[lots.operation],
            "acheteur_siret": lots.acheteur_siret,
            "numero_decp": numeros,
            "lot": [f"Lot {n}" for n in lots.numero_lot.tolist()],
            "objet": lots.objet,
            "cpv": e.cpv,
            "type_achat": e.type_achat,
            "secteur": e.secteur,
            "type_clause": e.clause,
            "montant_ht": texte_nombre(e.montant),
            "date_notification": _texte_dates(lots.notification),
            "duree_mois": lots.duree.astype(str),
            "commune_insee": communes.code[lots.commune],
            "titulaire_siret": titulaires,
            "heures_prevues": texte_nombre(e.heures_prevues),
            "heures_engagees": texte_nombre(e.heures_engagees),
            "taux_insertion": texte_nombre(e.taux),
            "mode_obligation": e.mode,
            "statut": e.statut,
            "heures_travaillees": _texte_connu(x.heures_travaillees),
            "montant_facture": _texte_connu(x.montant_facture),
            "euros_par_heure": _texte_connu(x.euros_par_heure),
        }
    )


def _personnes(p: Personnes, ids: Objets) -> pd.DataFrame:
    return _table(
        {
            "personne_id": ids,
            "sexe": p.sexe,
            "annee_naissance": p.naissance.astype(str),
            "niveau_formation": p.niveau,
            "publics": p.publics,
            "commune_residence": p.residence,
            "qpv": p.qpv,
            "prescripteur": p.prescripteur,
            "mois_sans_emploi": p.mois_sans_emploi.astype(str),
        }
    )


def _contrats(c: Contrats, e: Emplois, ids: Objets, lots: Objets, personnes: Objets) -> pd.DataFrame:
    fins = np.where(e.fin_connue, np.asarray(_texte_dates(c.fin), dtype=object), "")
    return _table(
        {
            "contrat_id": ids,
            "marche_id": lots[c.lot],
            "personne_id": personnes[c.personne],
            "employeur_siret": e.employeur,
            "modalite_embauche": e.modalite,
            "type_contrat": e.type_contrat,
            "date_debut": _texte_dates(c.debut),
            "date_fin": fins,
            "rome": e.rome,
        }
    )


def _heures(rng: np.random.Generator, h: Heures, contrats: Objets) -> pd.DataFrame:
    declaree = rng.random(len(h.mois)) < np.where(h.mois >= len(MOIS) - 3, 0.45, 0.01)
    return _table(
        {
            "contrat_id": contrats[h.contrat],
            "mois": MOIS.astype(str).astype(object)[h.mois],
            "heures": texte_nombre(h.heures),
            "statut": np.where(declaree, "declaree", "validee").astype(object),
        }
    )


def composer(
    rng: np.random.Generator,
    lots: Lots,
    engagements: Engagements,
    execution: Execution,
    contrats: Contrats,
    emplois: Emplois,
    personnes: Personnes,
    heures: Heures,
    suites: Suites,
    numeros: Objets,
    titulaires: Objets,
    communes: Communes,
) -> Tableaux:
    """The seven tables of one producer; identifiers carry the producer's prefix."""
    producteur: Producteur = lots.producteur
    code = producteur.code
    ids_operations = _numeros(f"{code}-O", len(lots.operations["nom"]))
    ids_lots, ids_contrats = _numeros(f"{code}-L", len(lots.mois)), _numeros(f"{code}-C", len(contrats))
    ids_personnes = np.asarray(codes_opaques(code, contrats.n_personnes, rng), dtype=object)
    return {
        "operations": _operations(lots, ids_operations, communes),
        "marches": _marches(lots, engagements, execution, ids_lots, ids_operations, numeros, titulaires, communes),
        "personnes": _personnes(personnes, ids_personnes),
        "contrats": _contrats(contrats, emplois, ids_contrats, ids_lots, ids_personnes),
        "heures": _heures(rng, heures, ids_contrats),
        "sorties": _table(
            {
                "personne_id": ids_personnes[suites.sortie_personne],
                "horizon_mois": suites.sortie_horizon.astype(str),
                "situation": suites.sortie_situation,
            }
        ),
        "formations": _formations(suites, ids_personnes),
    }


def _formations(suites: Suites, ids: Objets) -> pd.DataFrame:
    table = _table(
        {
            "personne_id": ids[suites.formation_personne],
            "date": _texte_dates(suites.formation_date),
            "heures": suites.formation_heures.astype(str),
            "intitule": suites.formation_intitule,
        }
    )
    return table.drop_duplicates(["personne_id", "date", "intitule"])
