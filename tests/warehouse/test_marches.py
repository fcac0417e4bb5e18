"""The contracts of a selection: exactly the rows SQL counts, the most recent first, never those published together."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.mesures import tirer
from dashboard.contenu.marches import COLONNES, filtres
from dashboard.domain.selection import Selection
from dashboard.warehouse import marches
from dashboard.warehouse.connexion import Entrepot, Instantane

CLES = [c.cle for c in COLONNES]


def lignes(instantane: Instantane, selection: Selection, taille: int = 500) -> list[dict[str, Any]]:
    """The batches put together, by column."""
    resultat = []
    for lot in marches.lots(instantane, selection, taille):
        colonnes = [[valeurs[rang] for rang in rangs] for valeurs, rangs in lot]
        resultat += [dict(zip(CLES, ligne, strict=True)) for ligne in zip(*colonnes, strict=True)]
    return resultat


def directes(instantane: Instantane, s: Selection) -> list[str]:
    """The identifiers of a selection, by a query of our own, the most recent first."""
    debut, fin = instantane.referentiel.periode(s)
    prefixe = {"execution": "exec", "siege": "siege"}[s.geographie]
    morceaux, valeurs = ["annee BETWEEN ? AND ?", "acheteur <> 'grands_projets'"], [debut, fin]
    if s.territoire == "11":
        morceaux.append(f"{prefixe}_dep IS NOT NULL")
    else:
        niveau = instantane.referentiel.territoires[s.territoire].niveau
        suffixe = {"departement": "dep", "epci": "epci", "commune": "commune"}[niveau]
        morceaux.append(f"{prefixe}_{suffixe} = ?")
        valeurs.append(s.territoire)
    for colonne, codes in (
        ("acheteur", s.acheteurs), ("programme", s.programmes), ("secteur", s.secteurs), ("type_clause", s.clauses),
        ("type_achat", s.achats),
    ):  # fmt: skip
        if codes:
            morceaux.append(f"list_contains(?, CAST({colonne} AS VARCHAR))")
            valeurs.append(list(codes))
    sql = f"SELECT marche_id FROM marche WHERE {' AND '.join(morceaux)} ORDER BY marche_no DESC"
    return [ligne[0] for ligne in instantane.curseur().execute(sql, valeurs).fetchall()]


@pytest.mark.parametrize("graine", range(12))
def test_les_lignes_sont_celles_d_un_compte_direct(instantane: Instantane, graine: int) -> None:
    hasard = random.Random(graine)
    s = filtres(tirer(instantane.referentiel, hasard)).avec(regard=None, geographie=("execution", "siege")[graine % 2])
    if graine % 3:
        s = s.avec(territoire="11", annees=instantane.referentiel.annees)
    attendues = directes(instantane, s)
    assert [li["identifiant"] for li in lignes(instantane, s)] == attendues
    assert marches.compter(instantane, s) == marches.lire(instantane, s).lignes == len(attendues)


def test_chaque_colonne_dit_ce_que_dit_la_base(instantane: Instantane) -> None:
    s = Selection(annees=instantane.referentiel.annees)
    lues = {li["identifiant"]: li for li in lignes(instantane, s)}
    curseur = instantane.curseur()
    voulues = curseur.execute(
        "SELECT m.marche_id, m.uid, m.acheteur_siret, m.montant, m.date_notification, m.heures_engagees, l.realisees,"
        " (SELECT t.identifiant FROM titulaire t WHERE t.uid = m.uid AND t.rang = 1),"
        " (SELECT libelle FROM nomenclature WHERE liste = 'secteur' AND code = CAST(m.secteur AS VARCHAR))"
        " FROM marche m LEFT JOIN lot l USING (marche_no) WHERE m.annee IS NOT NULL AND m.exec_dep IS NOT NULL"
    ).fetchall()
    assert len(lues) == len(voulues) > 1000
    cles = ("uid", "acheteur_siret", "montant", "date_notification", "heures_engagees", "heures_realisees",
            "titulaire_siret", "secteur")  # fmt: skip
    assert all([lues[ident][c] for c in cles] == faits for ident, *faits in voulues)


def test_un_contrat_sans_suivi_n_a_ni_heures_ni_etat_et_un_lot_sans_marche_n_a_pas_de_titulaire(
    instantane: Instantane,
) -> None:
    lues = lignes(instantane, Selection(annees=instantane.referentiel.annees))
    sans_suivi = [li for li in lues if li["source"] == "DECP"]
    assert sans_suivi
    muettes = ("heures_engagees", "heures_dues", "heures_realisees", "etat", "rapprochement", "score")
    assert all(li[c] is None for li in sans_suivi for c in muettes)
    seuls = [li for li in lues if li["source"] == "Suivi d’exécution"]
    assert seuls
    assert all(li["titulaire_siret"] is None and li["uid"] is None for li in seuls)


def test_par_residence_ou_sous_un_regard_il_n_y_a_pas_de_marche(instantane: Instantane) -> None:
    for s in (Selection(geographie="residence"), Selection(regard="femmes")):
        assert lignes(instantane, s) == []
        assert marches.compter(instantane, s) == marches.lire(instantane, s).lignes == 0


def test_les_fenetres_ne_changent_rien(instantane: Instantane, monkeypatch: pytest.MonkeyPatch) -> None:
    s = Selection(annees=instantane.referentiel.annees)
    avant = lignes(instantane, s)
    monkeypatch.setattr(marches, "FENETRE", 97)
    assert lignes(instantane, s, 10) == avant


def test_ce_qui_n_est_publie_qu_ensemble_est_compte_jamais_liste(fichier_demo: Path, tmp_path: Path) -> None:
    copie = tmp_path / "o.duckdb"
    shutil.copy(fichier_demo, copie)
    with duckdb.connect(str(copie)) as con:
        siret, nombre = con.execute(
            "SELECT acheteur, count(*) FROM marche WHERE annee IS NOT NULL AND exec_dep IS NOT NULL"
            " GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()[0]
        con.execute("UPDATE marche SET acheteur = 'grands_projets' WHERE acheteur = ?", [siret])
    groupe = Entrepot(copie).instantane()
    s = Selection(annees=groupe.referentiel.annees)
    lues = lignes(groupe, s)
    compte = marches.lire(groupe, s)
    assert compte.ensemble == nombre > 0
    assert len(lues) == compte.lignes == marches.compter(groupe, s)
    assert not any(
        siret in (li["acheteur_siret"], li["acheteur"]) or li["acheteur_siret"] == "grands_projets" for li in lues
    )
    seul = s.avec(acheteurs=("grands_projets",))
    assert lignes(groupe, seul) == []
    assert (marches.lire(groupe, seul).lignes, marches.lire(groupe, seul).ensemble) == (0, nombre)
