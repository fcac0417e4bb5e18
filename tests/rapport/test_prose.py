"""The sentences of the sheets as a French reader sees them: articles, agreements, spaces, numbers; whole sentences."""

from __future__ import annotations

import random
import re

import pytest

from dashboard.domain import francais as fr
from dashboard.domain.selection import Referentiel
from dashboard.domain.territoire import Territoire
from dashboard.rapport import prose
from dashboard.rapport.fiche import Fiche, composer
from dashboard.warehouse.connexion import Instantane
from tests.rapport.outils import FAUTES, plat

PERIODES = ("", "annee=2018", "annee=2021-2023", "annee=2024", "annee=2026")
#: Article of a name → how many communes that have it are read, and how one is located in them.
ARTICLES = {"Le ": (10, "au "), "Les ": (8, "aux "), "La ": (8, "à La "), "L’": (6, "à L’"), "": (8, "à ")}
VOYELLES = "AEIOUYÉÈÎŒH"
#: A number and its noun stay on one line; so do a sign and the word before it.
UNITES = "heures?|personnes?|communes?|lots?|marchés?|bénéficiaires?|habitants?|départements|EPT|ans|millions?|h|fois"
COUPURE = re.compile(rf"\d (?:{UNITES})\b|(?<![\u00a0\u202f])[:;!?»%€](?!\w)|« |\d \d")
#: « 1 … ont », a number with too many digits, a word left in English or in Python.
ACCORD = re.compile(r"\b[01] [a-zé]+ (?:ont|sont|prennent|déclarent)\b|\d[.,]\d{3,}|\d\.\d|\b(?:nan|None|inf)\b")


def article(nom: str) -> str:
    return next(a for a in ARTICLES if nom.startswith(a))


def communes(ref: Referentiel) -> list[Territoire]:
    """Communes with every article, those without beginning by a vowel or not."""
    hasard = random.Random(46)
    toutes = [t for t in ref.territoires.values() if t.niveau == "commune"]
    choisies = []
    for a, (combien, _) in ARTICLES.items():
        siennes = [t for t in toutes if article(t.nom) == a and (a or t.nom[0] not in VOYELLES)]
        choisies += hasard.sample(siennes, min(combien, len(siennes)))
    return [*choisies, *hasard.sample([t for t in toutes if t.nom[0] in VOYELLES], 8)]


def paragraphes(fiche: Fiche) -> list[str]:
    brutes = (*fiche.essentiel, fiche.publics, fiche.projets_phrase, fiche.achats_phrase)
    return [fr.composer(prose.texte(p)) for p in brutes]


def relire(fiche: Fiche) -> None:
    for brut in paragraphes(fiche):
        lu, ou = plat(brut), (fiche.territoire.code, fiche.annee, brut)
        assert not FAUTES.search(lu), (FAUTES.search(lu), *ou)
        sans_libelles = re.sub(r"«\u00a0.*?\u00a0»", "«\u00a0…\u00a0»", brut)  # labels of the sources are as they are
        assert not COUPURE.search(sans_libelles), (COUPURE.search(sans_libelles), *ou)
        assert not ACCORD.search(lu), (ACCORD.search(lu), *ou)
        assert re.match(r"[A-ZÀÉ\d]", lu), ou
        assert lu.endswith("."), ou
        assert lu.count("(") == lu.count(")"), ou
        assert lu.count("«") == lu.count("»"), ou


def situe(t: Territoire) -> str:
    """How a commune is located, from its name alone."""
    a = article(t.nom)
    nu = t.nom.removeprefix(a)
    return f"{ARTICLES[a][1]}{nu}"


def test_les_communes_choisies_ont_tous_les_articles(instantane: Instantane) -> None:
    lues = communes(instantane.referentiel)
    assert len(lues) >= 30
    assert {article(t.nom) for t in lues} == set(ARTICLES)
    assert sum(t.nom[0] in VOYELLES for t in lues) == 8


@pytest.mark.parametrize("a", list(ARTICLES), ids=lambda a: a.strip() or "sans article")
def test_une_commune_se_situe_par_son_nom(instantane: Instantane, a: str) -> None:
    for t in [t for t in communes(instantane.referentiel) if article(t.nom) == a][:3]:
        fiche = composer(instantane, t.code)
        assert f"chantiers et services exécutés {situe(t)}, " in plat(prose.texte(fiche.essentiel[0])), t.nom
        relire(fiche)


@pytest.mark.parametrize(
    ("code", "phrase"),
    [
        ("95", "En 2025, sur les chantiers et services exécutés dans le Val-d’Oise, "),
        ("75", "En 2025, sur les chantiers et services exécutés à Paris, "),
        ("78", "En 2025, sur les chantiers et services exécutés dans les Yvelines, "),
        ("93001", "En 2025, sur les chantiers et services exécutés à Aubervilliers, "),
        ("94038", "En 2025, sur les chantiers et services exécutés à L’Haÿ-les-Roses, "),
        ("94043", "En 2025, sur les chantiers et services exécutés au Kremlin-Bicêtre, "),
        ("93045", "En 2025, sur les chantiers et services exécutés aux Lilas, "),
        ("93027", "En 2025, sur les chantiers et services exécutés à La Courneuve, "),
        ("T8", "En 2025, sur les chantiers et services exécutés sur le territoire d’Est Ensemble, "),
    ],
)
def test_le_debut_des_phrases(instantane: Instantane, code: str, phrase: str) -> None:
    fiche = composer(instantane, code, "annee=2025")
    assert plat(prose.texte(fiche.essentiel[0])).startswith(phrase)


@pytest.mark.parametrize(
    ("code", "complement"),
    [("93001", "d’Aubervilliers"), ("93027", "de La Courneuve"), ("93045", "des Lilas"),
     ("94043", "du Kremlin-Bicêtre"), ("94038", "de L’Haÿ-les-Roses"),
     ("95", "du Val-d’Oise"), ("78", "des Yvelines"), ("91", "de l’Essonne"),
     ("93", "de la Seine-Saint-Denis"), ("92", "des Hauts-de-Seine"), ("77", "de Seine-et-Marne"), ("75", "de Paris")],
)  # fmt: skip
def test_le_complement_du_nom(instantane: Instantane, code: str, complement: str) -> None:
    """« du Val-d’Oise »: the capital of the article of a commune stays, but where it contracts."""
    dit = fr.de(instantane.referentiel.territoires[code])
    assert dit[:1] + dit[1:].replace("l’Haÿ", "L’Haÿ").replace("la Cour", "La Cour") == complement


@pytest.mark.complet
@pytest.mark.parametrize("periode", PERIODES, ids=lambda p: p or "année de référence")
def test_toutes_les_phrases_sont_bien_ecrites(instantane: Instantane, periode: str) -> None:
    """The région, the 8 départements, the 12 EPT, every EPCI, and communes of every article, period by period."""
    ref = instantane.referentiel
    lus = [t for t in ref.territoires.values() if t.niveau != "commune"]
    assert (sum(t.niveau == "departement" for t in lus), sum(t.est_ept for t in lus), len(lus)) == (8, 12, 72)
    for t in [*lus, *communes(ref)]:
        relire(composer(instantane, t.code, periode))
