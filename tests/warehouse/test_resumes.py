"""What the construction writes ahead for the pages says exactly what the tables it comes from say."""

from __future__ import annotations

import pytest

from dashboard.warehouse.connexion import Instantane

#: The same rows, from what is written ahead then from the tables it comes from.
EGALITES = {
    "lots et marchés": (
        "SELECT marche_no, uid, rapprochement, rapprochement_score, heures_travaillees FROM lot",
        "SELECT marche_no, uid, rapprochement, rapprochement_score, heures_travaillees FROM marche"
        " WHERE origine <> 'decp'",
    ),
    "firmes des marchés suivis": (
        "SELECT uid, role, categorie, montant FROM firme",
        "WITH s AS (SELECT DISTINCT p.uid, p.montant FROM marche_publie p JOIN lot USING (uid))"
        " SELECT uid, CASE WHEN rang = 1 THEN 'mandataire' ELSE 'cotitulaire' END, t.categorie,"
        " CASE WHEN rang = 1 THEN s.montant END FROM s JOIN titulaire t USING (uid)"
        " UNION ALL SELECT uid, 'sous_traitant', t.categorie, t.montant FROM s JOIN sous_traitance t USING (uid)",
    ),
    "ce qui revient aux PME": (
        "SELECT uid, pme FROM firme WHERE pme IS NOT NULL",
        "WITH s AS (SELECT DISTINCT p.uid, p.montant, t.categorie = 'pme' AS tenu FROM marche_publie p"
        " JOIN lot USING (uid) JOIN titulaire t ON t.uid = p.uid AND t.rang = 1"
        " WHERE t.categorie IS NOT NULL AND p.montant IS NOT NULL)"
        " SELECT uid, CASE WHEN tenu THEN montant ELSE least(montant, coalesce((SELECT sum(a.montant)"
        " FROM sous_traitance a WHERE a.uid = s.uid AND a.categorie = 'pme'), 0)) END FROM s",
    ),
    "contrats commencés dans l’année": (
        "SELECT contrat_no, annee, duree_jours FROM presence WHERE debute",
        "SELECT DISTINCT k.contrat_no, h.annee, date_diff('day', date_debut, date_fin) + 1"
        " FROM contrat k JOIN heures h USING (contrat_no) WHERE year(date_debut) = h.annee",
    ),
    "CDD de plus de six mois": (
        "SELECT DISTINCT contrat_no FROM presence WHERE cdd_long",
        "SELECT DISTINCT contrat_no FROM contrat k SEMI JOIN heures USING (contrat_no)"
        " WHERE type_contrat = 'cdd' AND date_fin > date_debut + INTERVAL 6 MONTH",
    ),
    "situation six mois après": (
        "SELECT DISTINCT personne_no, situation_6 FROM presence WHERE situation_6 IS NOT NULL",
        "SELECT personne_no, situation FROM sortie SEMI JOIN heures USING (personne_no) WHERE horizon_mois = 6",
    ),
    "présences et heures": (
        "SELECT contrat_no, annee, round(heures, 6) FROM presence",
        "SELECT contrat_no, annee, round(sum(heures), 6) FROM heures GROUP BY ALL",
    ),
}


@pytest.mark.parametrize("nom", EGALITES)
def test_ce_qui_est_ecrit_d_avance_dit_la_meme_chose(instantane: Instantane, nom: str) -> None:
    ecrit, source = EGALITES[nom]
    curseur = instantane.curseur()
    assert curseur.execute(f"SELECT count(*) FROM ({source})").fetchone() != (0,)
    for a, b in ((ecrit, source), (source, ecrit)):
        assert curseur.execute(f"SELECT count(*) FROM ({a} EXCEPT ALL ({b}))").fetchone() == (0,)


def test_les_pas_d_une_projection_en_font_la_fin(instantane: Instantane) -> None:
    """What each month adds, from the hours realised, ends at the mean and the standard deviation of the lot."""
    restes = (
        instantane.curseur()
        .execute(
            "SELECT max(abs(l.realisees + s.pas - l.esperance)), max(abs(s.ecart - l.ecart_type)),"
            " max(abs(s.carre - l.ecart_type ** 2) / greatest(l.ecart_type ** 2, 1)), count(*) FROM lot l JOIN ("
            "SELECT marche_no, sum(pas) AS pas, sum(pas_ecart) AS ecart, sum(pas_carre) AS carre"
            " FROM lot_projection GROUP BY 1"
            ") s USING (marche_no)"
        )
        .fetchone()
    )
    assert restes is not None
    assert restes[3] > 0
    assert max(restes[:3]) < 1e-6
