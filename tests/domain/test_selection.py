"""The URL is the only state: what is written is read back, whatever is thrown at it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.filtre import ETATS_LOT, GEOGRAPHIES, INDICATEURS, NIVEAUX, NOMBRES, REGARDS, VALEURS_MAX
from dashboard.domain.selection import REGION, Referentiel, Selection, depuis_url, vers_url
from dashboard.domain.territoire import Territoire


def territoire(code: str, niveau: str, nom: str, tncc: int = 0, departement: str = "", epci: str = "") -> Territoire:
    return Territoire(code, niveau, nom, tncc, 1000, 10.0, departement, epci)  # type: ignore[arg-type]


TERRITOIRES = {
    t.code: t
    for t in (
        territoire(REGION, "region", "Île-de-France", 1),
        territoire("93", "departement", "Seine-Saint-Denis", 3),
        territoire("75", "departement", "Paris"),
        territoire("T8", "epci", "Est Ensemble", 1, "93"),
        territoire("93048", "commune", "Montreuil", 0, "93", "T8"),
    )
}
ACHETEURS = {f"2193{i:010d}": f"Commune n° {i}" for i in range(VALEURS_MAX + 40)}
REF = Referentiel(
    TERRITOIRES,
    {
        "acheteur": ACHETEURS,
        "secteur": {"nettoyage": "Nettoyage", "gros_oeuvre": "Gros œuvre", "numerique": "Numérique"},
        "programme": {"eole": "Eole (RER E)", "gpe_15s": "Ligne 15 Sud", "hors_programme": "Hors programme"},
        "type_clause": {"execution": "Condition d’exécution", "critere": "Critère"},
        "type_achat": {"travaux": "Travaux", "services": "Services"},
        "geographie": {"execution": "Lieu d’exécution", "siege": "Siège", "residence": "Résidence"},
        "regard": {code: code.replace("_", " ").capitalize() for code in REGARDS},
    },
    (2018, 2026),
    2025,
)


def liste(nom: str, maximum: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    codes = sorted(REF.listes[nom])
    return st.sets(st.sampled_from(codes), max_size=maximum).map(lambda s: tuple(sorted(s)))


def periodes() -> st.SearchStrategy[tuple[int, int] | None]:
    annee = st.integers(2018, 2026)
    paires = st.tuples(annee, annee).map(lambda p: (min(p), max(p)))
    return st.none() | paires.filter(lambda p: p != (REF.defaut, REF.defaut))


selections = st.builds(
    Selection,
    annees=periodes(),
    territoire=st.sampled_from(sorted(TERRITOIRES)),
    geographie=st.sampled_from(GEOGRAPHIES),
    acheteurs=liste("acheteur", 20),
    programmes=liste("programme"),
    secteurs=liste("secteur"),
    clauses=liste("type_clause"),
    achats=liste("type_achat"),
    niveau=st.sampled_from(NIVEAUX),
    indicateur=st.none() | st.sampled_from(INDICATEURS),
    regard=st.none() | st.sampled_from(sorted(REGARDS)),
    pas=st.sampled_from(["mois", "trimestre", "annee"]),
    cumul=st.sampled_from(["non", "oui"]),
    calques=st.sampled_from([(), ("gares",), ("structures",), ("gares", "structures")]),
    etat=st.sets(st.sampled_from(ETATS_LOT)).map(lambda s: tuple(e for e in ETATS_LOT if e in s)),
    mesure=st.sampled_from(["nombre", "montant"]),
    objet=st.none() | st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=80),
    **{n.cle: st.none() | st.floats(n.minimum, n.maximum).map(lambda v: round(v, 2)) for n in NOMBRES},
)


@given(selections)
def test_ce_qui_est_ecrit_dans_l_url_est_relu(selection: Selection) -> None:
    lecture = depuis_url(vers_url(selection, REF), REF)
    assert lecture.selection == selection
    assert lecture.notes == ()


@given(st.text(max_size=300))
def test_une_url_quelconque_donne_toujours_une_selection_reecrivable(texte: str) -> None:
    selection = depuis_url(texte, REF).selection
    assert depuis_url(vers_url(selection, REF), REF).selection == selection


@given(
    st.dictionaries(st.sampled_from(["annee", "dep", "acheteur", "secteur", "lieu", "niveau"]), st.text(max_size=60))
)
def test_des_valeurs_hostiles_ne_passent_jamais(parametres: dict[str, str]) -> None:
    selection = depuis_url("&".join(f"{c}={v}" for c, v in parametres.items()), REF).selection
    assert selection.territoire in TERRITOIRES
    assert set(selection.acheteurs) <= set(ACHETEURS)
    assert set(selection.secteurs) <= set(REF.listes["secteur"])


@pytest.mark.parametrize(
    ("url", "attendu"),
    [
        ("", ""),
        ("?annee=2023-2025&dep=93", "?annee=2023-2025&dep=93"),
        ("?secteur=numerique,nettoyage", "?secteur=nettoyage,numerique"),
        ("?departement=93&periode=2024", "?annee=2024&dep=93"),
        ("?annee=2025", ""),
        ("?annee=2025-2023", "?annee=2023-2025"),
        ("?ept=T8&niveau=commune", "?epci=T8&niveau=commune"),
    ],
)
def test_les_liens_anciens_ou_desordonnes_sont_remis_en_ordre(url: str, attendu: str) -> None:
    assert vers_url(depuis_url(url, REF).selection, REF) == attendu


@pytest.mark.parametrize(
    ("url", "extrait"),
    [
        ("?couleur=bleu", "Paramètre inconnu ignoré : « couleur »"),
        ("?dep=99", "Territoire inconnu ignoré : « 99 »"),
        ("?dep=93048", "Territoire inconnu ignoré"),
        ("?dep=93&commune=93048", "Un seul territoire à la fois"),
        ("?annee=demain", "Période illisible"),
        ("?annee=1990", "les données vont de 2018 à 2026"),
        ("?annee=2010-2020", "Période ramenée aux données disponibles : 2018–2020"),
        ("?secteur=poterie,verre", "« poterie » et 1 autre(s)"),
        ("?lieu=lune", "Valeur inconnue ignorée : « lune »"),
    ],
)
def test_ce_qui_est_ignore_est_dit(url: str, extrait: str) -> None:
    notes = depuis_url(url, REF).notes
    assert any(extrait in n for n in notes), notes


def test_deux_cents_acheteurs_sont_coupes_avec_une_note() -> None:
    lecture = depuis_url("?acheteur=" + ",".join(ACHETEURS), REF)
    assert len(lecture.selection.acheteurs) == VALEURS_MAX
    assert any("premières valeurs" in n for n in lecture.notes)


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [("1 000 000,50", 1_000_000.5), ("1\u202f000\u202f000", 1_000_000.0), ("1000000.5", 1_000_000.5), ("12,", 12.0)],
)
def test_un_nombre_se_lit_comme_on_l_ecrit(brut: str, attendu: float) -> None:
    lecture = depuis_url(f"?montant={brut}", REF)
    assert lecture.selection.montant == attendu
    assert lecture.notes == ()


@pytest.mark.parametrize(
    ("requete", "note"),
    [
        ("?montant=beaucoup", "Montant du marché : « beaucoup » n’est pas un nombre."),
        ("?cout=0", "Coût horaire : « 0 » est hors des bornes (1 à 500 €)."),
        ("?taux=120", "Taux d’insertion : « 120 » est hors des bornes (0 à 100 %)."),
        ("?montant=-5", "hors des bornes"),
        ("?montant=1e9", "n’est pas un nombre"),
        ("?montant=nan", "n’est pas un nombre"),
        ("?montant=1,2,3", "n’est pas un nombre"),
        ("?objet=" + "x" * 90, "Identifiant illisible ignoré"),
        ("?objet=a%00b", "Identifiant illisible ignoré"),
        ("?etat=perdu", "Valeur inconnue ignorée : « perdu »."),
    ],
)
def test_un_reglage_faux_est_nomme_et_ignore(requete: str, note: str) -> None:
    lecture = depuis_url(requete, REF)
    assert lecture.selection == Selection()
    assert len(lecture.notes) == 1
    assert note in lecture.notes[0]


def test_un_objet_garde_ses_lettres() -> None:
    assert depuis_url("?objet=SGP-O000001", REF).selection.objet == "SGP-O000001"
    assert depuis_url("?objet=219%20300%20665%2000016", REF).selection.objet == "219 300 665 00016"
