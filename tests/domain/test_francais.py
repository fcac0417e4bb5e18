"""French writing: the cases a reader would notice, and the properties no case may break."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import francais
from dashboard.domain.francais import FINE, INSECABLE, MOINS
from dashboard.domain.territoire import Territoire, charger

TERRITOIRES: dict[str, Territoire] = charger(Path(__file__).resolve().parents[2] / "geo" / "territoires.csv")
PAR_NOM = {(t.niveau, t.nom): t for t in TERRITOIRES.values()}


def fines(texte: str) -> str:
    """Write the expected text with ordinary spaces, for legible cases."""
    return texte.replace(FINE, " ").replace(INSECABLE, " ")


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, f"1{FINE}000"),
        (1234567, 0, f"1{FINE}234{FINE}567"),
        (1234.5, 1, f"1{FINE}234,5"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-1234, 0, f"{MOINS}1{FINE}234"),
        (-0.4, 0, "0"),
        (1e15, 0, f"1{FINE}000{FINE}000{FINE}000{FINE}000{FINE}000"),
    ],
)
def test_nombre(valeur: float, decimales: int, attendu: str) -> None:
    assert francais.nombre(valeur, decimales) == attendu


@given(st.one_of(st.floats(-1e17, 1e17), st.integers(-(10**9), 10**9).map(lambda n: n / 2)))
def test_un_nombre_entier_est_l_arrondi_exact(valeur: float) -> None:
    """Without ``Decimal`` or with it, halves go away from zero."""
    exact = francais.arrondi(valeur)
    signe = MOINS if exact < 0 else ""
    assert francais.nombre(valeur) == f"{signe}{abs(exact):,.0f}".replace(",", FINE)


@pytest.mark.parametrize("valeur", [float("nan"), float("inf"), float("-inf")])
def test_un_non_nombre_est_refuse(valeur: float) -> None:
    with pytest.raises(ValueError, match="n’est pas un nombre"):
        francais.nombre(valeur)


@pytest.mark.parametrize(
    ("valeur", "long", "court"),
    [
        (0, "0", "0"),
        (812, "812", "812"),
        (12.345, "12", "12,35"),
        (9_870, "9 870", "9,87 k"),
        (480_000, "480 000", "480 k"),
        (999_600, "1 million", "1 M"),
        (1_620_000, "1,62 million", "1,62 M"),
        (1_999_999, "2 millions", "2 M"),
        (6_300_000, "6,3 millions", "6,3 M"),
        (45_123_456, "45,1 millions", "45,1 M"),
        (2_500_000_000, "2,5 milliards", "2,5 Md"),
        (-1_620_000, "−1,62 million", "−1,62 M"),
    ],
)
def test_abreges(valeur: float, long: str, court: str) -> None:
    assert fines(francais.abrege(valeur)) == long
    assert fines(francais.abrege_court(valeur)) == court


def test_parts_et_ecarts() -> None:
    assert francais.pourcent(0.124, decimales=1) == f"12,4{FINE}%"
    assert francais.pourcent(0.145) == f"15{FINE}%"
    assert francais.pourcent(1.162, 1, signe=True) == f"+116,2{FINE}%"
    assert francais.pourcent(-0.06, signe=True) == f"{MOINS}6{FINE}%"
    assert francais.pourcent(0.0001, signe=True) == f"0{FINE}%"
    assert francais.points(0.012) == f"1,2{FINE}pt"
    assert francais.points(0.012, signe=True) == f"+1,2{FINE}pt"


def test_dates() -> None:
    assert francais.mois("2025-03") == "mars 2025"
    assert francais.mois("2025-08-14") == "août 2025"
    assert francais.mois(date(2018, 12, 1)) == "décembre 2018"
    assert fines(francais.date_longue(date(2026, 9, 30))) == "30 septembre 2026"
    assert fines(francais.date_longue(date(2026, 3, 1))) == "1er mars 2026"
    for faux in ("2025-13", "mars", ""):
        with pytest.raises(ValueError, match=r"AAAA-MM"):
            francais.mois(faux)


def test_enumerations() -> None:
    assert francais.liste([]) == ""
    assert francais.liste(["a"]) == "a"
    assert francais.liste(["a", "b"]) == "a et b"
    assert francais.liste(["a", "b", "c"]) == "a, b et c"
    assert francais.liste(iter(["a", "b"]), "ou") == "a ou b"


@pytest.mark.parametrize(
    ("quantite", "mot", "irregulier", "attendu"),
    [
        (0, "personne", None, "0 personne"),
        (1, "personne ", None, "1 personne"),
        (1.5, "heure", None, "1,5 heure"),
        (2, "heure", None, "2 heures"),
        (3120, "personne", None, "3 120 personnes"),
        (2, "lieu-dit", "lieux-dits", "2 lieux-dits"),
        (2, "mois", None, "2 mois"),
        (2, "total", None, "2 totaux"),
        (2, "niveau", None, "2 niveaux"),
        (2, "marché public", "marchés publics", "2 marchés publics"),
    ],
)
def test_pluriels(quantite: float, mot: str, irregulier: str | None, attendu: str) -> None:
    assert fines(francais.pluriel(quantite, mot, irregulier)) == attendu


DEPARTEMENTS = [
    ("75", "Paris", "de Paris", "à Paris"),
    ("77", "la Seine-et-Marne", "de Seine-et-Marne", "en Seine-et-Marne"),
    ("78", "les Yvelines", "des Yvelines", "dans les Yvelines"),
    ("91", "l’Essonne", "de l’Essonne", "en Essonne"),
    ("92", "les Hauts-de-Seine", "des Hauts-de-Seine", "dans les Hauts-de-Seine"),
    ("93", "la Seine-Saint-Denis", "de la Seine-Saint-Denis", "en Seine-Saint-Denis"),
    ("94", "le Val-de-Marne", "du Val-de-Marne", "dans le Val-de-Marne"),
    ("95", "le Val-d’Oise", "du Val-d’Oise", "dans le Val-d’Oise"),
    ("11", "l’Île-de-France", "d’Île-de-France", "en Île-de-France"),
]
GROUPEMENTS = [
    ("T1", "Paris", "de Paris", "à Paris"),
    *(
        (code, nom, f"de {nom}", f"sur le territoire de {nom}")
        for code, nom in [
            ("T2", "Vallée Sud-Grand Paris"),
            ("T3", "Grand Paris Seine Ouest"),
            ("T4", "Paris Ouest La Défense"),
            ("T5", "Boucle Nord de Seine"),
            ("T6", "Plaine Commune"),
            ("T7", "Paris Terres d’Envol"),
            ("T9", "Grand Paris Grand Est"),
            ("T10", "Paris Est Marne et Bois"),
            ("T11", "Grand Paris Sud Est Avenir"),
            ("T12", "Grand-Orly Seine Bièvre"),
        ]
    ),
    ("T8", "Est Ensemble", "d’Est Ensemble", "sur le territoire d’Est Ensemble"),
    ("200072130", "le Pays de Meaux", "du Pays de Meaux", "sur le territoire du Pays de Meaux"),
    ("247700644", "l’Orée de la Brie", "de l’Orée de la Brie", "sur le territoire de l’Orée de la Brie"),
    ("249100157", "les Deux Vallées", "des Deux Vallées", "sur le territoire des Deux Vallées"),
]
COMMUNES = [
    ("Aubervilliers", "d’Aubervilliers", "à Aubervilliers"),
    ("La Courneuve", "de la Courneuve", "à La Courneuve"),
    ("Les Lilas", "des Lilas", "aux Lilas"),
    ("Le Kremlin-Bicêtre", "du Kremlin-Bicêtre", "au Kremlin-Bicêtre"),
    ("L’Haÿ-les-Roses", "de l’Haÿ-les-Roses", "à L’Haÿ-les-Roses"),
    ("L’Île-Saint-Denis", "de l’Île-Saint-Denis", "à L’Île-Saint-Denis"),
    ("Herblay-sur-Seine", "d’Herblay-sur-Seine", "à Herblay-sur-Seine"),
    ("Houilles", "de Houilles", "à Houilles"),
    ("Houdan", "de Houdan", "à Houdan"),
    ("Paris", "de Paris", "à Paris"),
    ("Saint-Denis", "de Saint-Denis", "à Saint-Denis"),
    ("Évry-Courcouronnes", "d’Évry-Courcouronnes", "à Évry-Courcouronnes"),
    ("Épinay-sur-Seine", "d’Épinay-sur-Seine", "à Épinay-sur-Seine"),
    ("Yerres", "d’Yerres", "à Yerres"),
    ("Ivry-sur-Seine", "d’Ivry-sur-Seine", "à Ivry-sur-Seine"),
    ("Orly", "d’Orly", "à Orly"),
    ("Montreuil", "de Montreuil", "à Montreuil"),
    ("Nanterre", "de Nanterre", "à Nanterre"),
    ("Versailles", "de Versailles", "à Versailles"),
    ("Les Mureaux", "des Mureaux", "aux Mureaux"),
    ("Les Ulis", "des Ulis", "aux Ulis"),
    ("Le Raincy", "du Raincy", "au Raincy"),
    ("Le Blanc-Mesnil", "du Blanc-Mesnil", "au Blanc-Mesnil"),
    ("Le Perreux-sur-Marne", "du Perreux-sur-Marne", "au Perreux-sur-Marne"),
    ("Les Pavillons-sous-Bois", "des Pavillons-sous-Bois", "aux Pavillons-sous-Bois"),
    ("La Garenne-Colombes", "de la Garenne-Colombes", "à La Garenne-Colombes"),
    ("La Queue-en-Brie", "de la Queue-en-Brie", "à La Queue-en-Brie"),
    ("Le Pecq", "du Pecq", "au Pecq"),
    ("Étampes", "d’Étampes", "à Étampes"),
    ("Argenteuil", "d’Argenteuil", "à Argenteuil"),
    ("Le Chesnay-Rocquencourt", "du Chesnay-Rocquencourt", "au Chesnay-Rocquencourt"),
    ("Issy-les-Moulineaux", "d’Issy-les-Moulineaux", "à Issy-les-Moulineaux"),
]


@pytest.mark.parametrize(("code", "nom", "de", "en"), [*DEPARTEMENTS, *GROUPEMENTS])
def test_region_departements_et_groupements(code: str, nom: str, de: str, en: str) -> None:
    territoire = TERRITOIRES[code]
    assert (francais.nom_avec_article(territoire), francais.de(territoire), francais.en(territoire)) == (nom, de, en)


@pytest.mark.parametrize(("nom", "de", "en"), COMMUNES)
def test_communes(nom: str, de: str, en: str) -> None:
    territoire = PAR_NOM["commune", nom]
    assert (francais.nom_avec_article(territoire), francais.de(territoire), francais.en(territoire)) == (nom, de, en)


def test_tout_territoire_se_dit_sans_heurt() -> None:
    fautes = (" de le ", " de les ", " à le ", " à les ", " à Le ", " à Les ")
    for territoire in TERRITOIRES.values():
        de, en = francais.de(territoire), francais.en(territoire)
        assert francais.nom_avec_article(territoire)
        assert de.startswith(("de ", "d’", "du ", "des "))
        assert not any(faute in f" {de} {en} " for faute in fautes), (de, en)
        debut = de.removeprefix("de la ").removeprefix("de ").removeprefix("l’")
        assert de == debut or de.startswith("de l’") or debut[0] not in "AEIOUÉÈÊÎŒaeioué", de  # a vowel is elided


# --- properties --------------------------------------------------------------------------


@given(st.integers(-(10**15), 10**15))
def test_un_entier_se_relit(valeur: int) -> None:
    texte = francais.nombre(valeur)
    assert int(texte.replace(FINE, "").replace(MOINS, "-")) == valeur
    assert all(len(groupe) == 3 for groupe in texte.split(FINE)[1:])


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_un_decimal_est_arrondi_au_plus_pres(valeur: float, decimales: int) -> None:
    texte = francais.nombre(valeur, decimales).replace(FINE, "").replace(MOINS, "-").replace(",", ".")
    assert abs(Decimal(texte) - Decimal(str(valeur))) <= Decimal(5).scaleb(-decimales - 1)
    assert texte.strip("0.") != "-"


@given(st.integers(-(10**11), 10**11))
def test_un_abrege_garde_trois_chiffres(valeur: int) -> None:
    texte = francais.abrege_court(valeur)
    partie, _, unite = texte.partition(FINE)
    facteur = {"": 1, "k": 10**3, "M": 10**6, "Md": 10**9}[unite]
    lu = float(partie.replace(MOINS, "-").replace(",", ".")) * facteur
    assert abs(lu - valeur) <= abs(valeur) * 0.005 + 1e-6
    assert len(partie.replace(",", "").replace(MOINS, "")) <= 3
    assert " " not in texte


@given(st.lists(st.text("abcé", min_size=1), min_size=2))
def test_une_enumeration_a_un_seul_et(elements: list[str]) -> None:
    texte = francais.liste(elements)
    assert texte.count(" et ") == 1
    assert texte.replace(" et ", ", ").split(", ") == elements


@given(st.dates())
def test_une_date_se_relit(jour: date) -> None:
    quantieme, nom, annee = francais.date_longue(jour).replace(INSECABLE, " ").split(" ")
    assert date(int(annee), francais.MOIS.index(nom) + 1, int(quantieme.removesuffix("er"))) == jour


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Aucune donnée : élargissez", "Aucune donnée\u00a0: élargissez"),
        ("« nd » ?", "«\u00a0nd\u00a0»\u00a0?"),
        ("12:30", "12:30"),
    ],
)
def test_composer_met_les_espaces_insecables(avant: str, apres: str) -> None:
    assert francais.composer(avant) == apres


@pytest.mark.parametrize(
    ("libelle", "attendu"),
    [
        ("Bénéficiaires du RSA", "bénéficiaires du RSA"),
        ("Habitants des QPV", "habitants des QPV"),
        ("CDI", "CDI"),
        ("Femmes", "femmes"),
        ("", ""),
    ],
)
def test_un_libelle_dans_une_phrase_garde_ses_sigles(libelle: str, attendu: str) -> None:
    assert francais.minuscule(libelle) == attendu


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [(46_700_000, "46,7\u202fM€"), (1_710_000_000, "1,71\u202fMd€"), (850, "850\u00a0€"), (0, "0\u00a0€")],
)
def test_un_montant_porte_son_symbole(valeur: float, attendu: str) -> None:
    assert francais.euros(valeur) == attendu


def test_un_montant_n_est_pas_coupe_de_son_unite() -> None:
    assert francais.composer("216\u202f000 € et Montant (€ HT)") == "216\u202f000\u00a0€ et Montant (€\u00a0HT)"
