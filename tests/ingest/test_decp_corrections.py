"""Bad values: each is kept, corrected, emptied or rejected, and its line says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.ingest.decp_reference import COMPTES, MARCHES, ecrire, lignes, lire, regles, variante

REJETS: list[tuple[dict[str, Any], str]] = [
    ({"id": ""}, "numero_absent"),
    ({"id": " . "}, "numero_absent"),
    ({"acheteur": {"id": "CDL"}}, "acheteur_siret_absent"),
    ({"acheteur": {"id": "12345"}}, "acheteur_siret_invalide"),
    ({"acheteur": {"id": "00000000000000"}}, "acheteur_siret_invalide"),
    ({"dateNotification": None}, "date_notification_absente"),
    ({"dateNotification": "5021-02-18"}, "date_notification_invalide"),
    ({"dateNotification": "2005-02-18"}, "date_notification_invalide"),
]


def test_marches_rejetes(tmp_path: Path) -> None:
    con, _ = lire(ecrire(tmp_path, *(variante(**champs) for champs, _ in REJETS), MARCHES[1]))
    assert lignes(con, COMPTES) == [(len(REJETS) + 1, 1, 0, len(REJETS))]
    rejets = lignes(con, "SELECT ligne, regle FROM constat WHERE nature = 'rejet' ORDER BY ligne")
    assert rejets == [(rang, regle) for rang, (_, regle) in enumerate(REJETS, start=1)]
    assert lignes(con, "SELECT count(*) FROM constat WHERE nature = 'rejet' AND message NOT LIKE '%.'") == [(0,)]


def _sans_objet(marche: dict[str, Any]) -> dict[str, Any]:
    return {cle: valeur for cle, valeur in marche.items() if cle != "considerationsSociales"}


CORRECTIONS: list[tuple[dict[str, Any], str, str, Any]] = [
    ({"dateNotification": "0224-03-15"}, "date_annee", "strftime(date_notification, '%Y-%m-%d')", "2024-03-15"),
    ({"datePublicationDonnees": "5021-02-18"}, "date_hors_periode", "date_publication", None),
    ({"datePublicationDonnees": "2024-03-01"}, "publication_avant_notification", "month(date_publication)", 3),
    ({"montant": "38 800,00"}, "montant_format", "montant", 38800.0),
    ({"montant": 0}, "montant_hors_bornes", "montant", None),
    ({"montant": 1e17}, "montant_hors_bornes", "montant", None),
    ({"montant": 10**30}, "montant_hors_bornes", "montant", None),
    ({"montant": "inconnu"}, "montant_illisible", "montant", None),
    ({"montant": None}, "montant_absent", "montant", None),
    ({"dureeMois": 0}, "duree_invalide", "duree_mois", None),
    ({"dureeMois": 365}, "duree_en_jours", "duree_mois", 365.0),
    ({"codeCPV": "9310000"}, "cpv_zero_initial", "cpv", "09310000"),
    ({"codeCPV": "909193005"}, "cpv_cle", "cpv", "90919300"),
    ({"codeCPV": "9091"}, "cpv_incomplet", "cpv", "90910000"),
    ({"codeCPV": "propreté"}, "cpv_invalide", "secteur", None),
    ({"acheteur": {"id": "217 500 016 00019"}}, "acheteur_siret_format", "acheteur_siret", "21750001600019"),
    ({"acheteur": {"id": "217500016"}}, "acheteur_siren_seul", "uid", "2175000162024M0001"),
    ({"acheteur": {"id": "21750001600018"}}, "acheteur_siret_cle", "siege_commune", "75056"),
    ({"acheteur": {"id": "21750001600019", "nom ": "Ville"}}, "cle_espaces", "acheteur_nom", "Ville"),
    (
        {"titulaires": [{"typeIdentifiant": "SIRET", "id": "123 456 782 00010"}]},
        "titulaire_siret_format",
        "type_clause",
        "execution",
    ),
    ({"titulaires": [{"id": "12345678200010"}]}, "titulaire_type_deduit", "type_clause", "execution"),
    ({"titulaires": [{"typeIdentifiant": "SIRET", "id": "12345678200011"}]}, "titulaire_siret_cle", "nature", "Marché"),
    ({"titulaires": []}, "titulaire_absent", "nature", "Marché"),
    ({"lieuExecution": {"code": "93", "typeCode": "CODE DEPARTEMENT"}}, "lieu_type", "lieu_departement", "93"),
    ({"lieuExecution": {"code": "093", "typeCode": "Code département"}}, "lieu_departement", "lieu_departement", "93"),
    ({"lieuExecution": {"code": "93059", "typeCode": "Code commune"}}, "commune_ancienne", "lieu_commune", "93066"),
    ({"lieuExecution": {"code": "92008", "typeCode": "Code postal"}}, "lieu_inconnu", "lieu_departement", "92"),
    ({"lieuExecution": {"code": "93027", "typeCode": None}}, "lieu_type_deduit", "lieu_commune", "93027"),
    ({"lieuExecution": {"code": "INO", "typeCode": "Code commune"}}, "lieu_illisible", "lieu_departement", None),
    (
        {"considerationsSociales": {"considerationSociale": ["Sans objet"]}},
        "consideration_libelle",
        "sociales",
        ["Pas de considération sociale"],
    ),
    (
        {"considerationsSociales": {"considerationSociale": ["Clause sociale", "Pas de considération sociale"]}},
        "consideration_contradictoire",
        "sociales",
        ["Clause sociale"],
    ),
    ({"considerationsSociales": {"considerationSociale": ["Bio"]}}, "consideration_inconnue", "sociales", []),
    (
        {"modifications": [{"modification": {"id": 1, "montant": 1, "dureeMois": 60}}]},
        "montant_hors_bornes",
        "duree_mois",
        60.0,
    ),
]


def test_numero_avec_separateurs_lu_sans_constat(tmp_path: Path) -> None:
    """Taking the separators out of a number is how an identifier is made, not a correction."""
    con, _ = lire(ecrire(tmp_path, variante(id="2024-M 00.01")))
    assert lignes(con, "SELECT uid FROM decp_marche") == [("217500016000192024M0001",)]
    assert lignes(con, "SELECT count(*) FROM constat") == [(0,)]


def test_corrections(tmp_path: Path) -> None:
    """Each faulty value is kept, corrected or emptied, and its correction is a line of the register."""
    marches = [variante(**champs) for champs, *_ in CORRECTIONS]
    for rang, marche in enumerate(marches):
        if not ({"id", "acheteur"} & CORRECTIONS[rang][0].keys()):
            marche["id"] = f"M{rang}"
    con, _ = lire(ecrire(tmp_path, *marches))
    con.execute(
        "CREATE TABLE vus AS SELECT ligne, list(regle) AS regles FROM constat WHERE regle <> 'doublon' GROUP BY ligne"
    )
    trouvees = dict(lignes(con, "SELECT ligne, regles FROM vus"))
    for rang, (champs, regle, expression, valeur) in enumerate(CORRECTIONS, start=1):
        assert regle in trouvees[rang], champs
        lues = lignes(con, f"SELECT {expression} FROM decp_marche WHERE ligne = {rang}")
        assert lues in ([(valeur,)], []), champs  # set aside as a duplicate when only the buyer's writing differs
    assert lignes(con, COMPTES) == [(len(marches),) * 2 + (0, 0)]
    assert lignes(con, "SELECT count(*) FROM constat WHERE message IS NULL OR regle IS NULL OR nature IS NULL") == [
        (0,)
    ]


LIEUX: list[tuple[dict[str, str] | None, bool]] = [
    ({"code": "11", "typeCode": "Code région"}, True),
    ({"code": "11", "typeCode": "Code département"}, False),
    ({"code": "33000", "typeCode": "Code postal"}, False),
    ({"code": "75120", "typeCode": "Code arrondissement"}, True),
    ({"code": "931", "typeCode": "Code arrondissement"}, True),
    ({"code": "9302", "typeCode": "Code canton"}, True),
    ({"code": "FR", "typeCode": "Code pays"}, False),
    (None, False),
]


def test_perimetre_par_le_lieu(tmp_path: Path) -> None:
    """Place of execution alone: region 11 is not département 11; an unknown buyer without place is out of scope."""
    marches = [
        variante(id=f"M{rang}", acheteur={"id": "12345678200010"}, lieuExecution=lieu)
        for rang, (lieu, _) in enumerate(LIEUX)
    ]
    con, _ = lire(ecrire(tmp_path, *marches))
    gardes = [(rang,) for rang, (_, garde) in enumerate(LIEUX, start=1) if garde]
    assert lignes(con, "SELECT ligne FROM decp_marche ORDER BY ligne") == gardes
    assert lignes(con, COMPTES) == [(len(LIEUX), len(gardes), len(LIEUX) - len(gardes), 0)]
    assert regles(con)["lieu_et_siege_inconnus"] == 1
    assert lignes(con, "SELECT valeur FROM constat WHERE regle = 'lieu_et_siege_inconnus'") == [("2",)]


def test_paris_est_une_commune(tmp_path: Path) -> None:
    con, _ = lire(ecrire(tmp_path, variante(lieuExecution={"code": "75", "typeCode": "Code département"})))
    assert lignes(con, "SELECT lieu_commune, lieu_departement FROM decp_marche") == [("75056", "75")]


def test_champ_social_vide_ou_inconnu(tmp_path: Path) -> None:
    con, _ = lire(ecrire(tmp_path, _sans_objet(variante())))
    assert lignes(con, "SELECT sociales, type_clause FROM decp_marche") == [([], None)]


def test_doublon_le_plus_recent_gagne(tmp_path: Path) -> None:
    recent = variante(
        datePublicationDonnees="2024-08-01",
        montant=99000,
        titulaires=[{"titulaire": {"typeIdentifiant": "SIRET", "id": "73282932000074"}}],
    )
    con, _ = lire(ecrire(tmp_path, variante(), recent))
    assert lignes(con, "SELECT montant, ligne FROM decp_marche") == [(99000.0, 2)]
    assert lignes(con, "SELECT rang, identifiant FROM decp_titulaire ORDER BY rang")[0] == (1, "73282932000074")
    assert lignes(con, "SELECT count(*) FROM decp_titulaire") == [(3,)]
    ((message,),) = lignes(con, "SELECT message FROM constat WHERE regle = 'doublon'")
    assert "leur montant diffère" in message


def test_modifications_appliquees(tmp_path: Path) -> None:
    modifications = [
        {"modification": {"id": 2, "montant": 3000, "dateNotificationModification": "2024-07-01"}},
        {
            "modification": {
                "id": 1,
                "montant": 2000,
                "dureeMois": 50,
                "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "73282932000074"}}],
            }
        },
    ]
    con, _ = lire(ecrire(tmp_path, variante(modifications=modifications)))
    assert lignes(con, "SELECT montant, montant_initial, duree_mois, nb_modifications FROM decp_marche") == [
        (3000.0, 1250000.5, 50.0, 2)
    ]
    assert lignes(con, "SELECT rang, identifiant FROM decp_titulaire") == [(1, "73282932000074")]
    assert lignes(con, "SELECT rang, montant FROM decp_modification") == [(1, 2000.0), (2, 3000.0)]
