"""The table of territories: what is read, what is refused and how it is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dashboard.domain.territoire import Territoire, charger, dedans
from dashboard.settings import RACINE

CHEMIN = Path(__file__).resolve().parents[2] / "geo" / "territoires.csv"
ENTETE = "code,niveau,nom,tncc,population,superficie_km2,lon,lat\n"


@pytest.fixture(scope="module")
def territoires() -> dict[str, Territoire]:
    return charger(CHEMIN)


def test_comptes(territoires: dict[str, Territoire]) -> None:
    comptes = Counter(t.niveau for t in territoires.values())
    assert comptes == {"region": 1, "departement": 8, "epci": 63, "commune": 1266}
    assert sum(t.est_ept for t in territoires.values()) == 12


def test_les_populations_s_additionnent(territoires: dict[str, Territoire]) -> None:
    total = territoires["11"].population
    for niveau in ("departement", "epci", "commune"):
        assert sum(t.population for t in territoires.values() if t.niveau == niveau) == total
    assert 12_300_000 < total < 12_600_000


def test_chaque_commune_a_son_departement_et_son_epci(territoires: dict[str, Territoire]) -> None:
    for t in territoires.values():
        if t.niveau == "commune":
            assert territoires[t.departement].niveau == "departement"
            assert territoires[t.epci].niveau == "epci"
    assert territoires["75056"].epci == "T1"
    assert territoires["93027"].nom == "La Courneuve"
    assert territoires["200055655"].departement == ""  # Roissy Pays de France: 77 and 95


def test_les_articles_sont_dans_les_noms_des_communes(territoires: dict[str, Territoire]) -> None:
    articles = {2: "Le ", 3: "La ", 4: "Les ", 5: "L’"}
    communes = [t for t in territoires.values() if t.niveau == "commune"]
    assert all(t.nom.startswith(articles[t.tncc]) for t in communes if t.tncc in articles)
    assert not [t.nom for t in communes if t.tncc < 2 and t.nom.startswith(tuple(articles.values()))]
    assert not [t.nom for t in territoires.values() if "'" in t.nom]


def test_un_territoire_ne_se_modifie_pas(territoires: dict[str, Territoire]) -> None:
    with pytest.raises(AttributeError):
        territoires["11"].nom = "ailleurs"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("ligne", "message"),
    [
        ("93,canton,X,0,1,1,2,48", "ligne 2, colonne « niveau » : « canton »"),
        ("93,departement,X,0,beaucoup,1,2,48", "ligne 2, colonne « population » : « beaucoup »"),
        ("93,departement,,0,1,1,2,48", "ligne 2, colonne « nom » : valeur absente"),
        ("93,departement,X,0,1,1,2,48\n93,departement,Y,0,1,1,2,48", "« 93 » est présent deux fois"),
    ],
)
def test_un_fichier_faux_est_refuse_en_francais(tmp_path: Path, ligne: str, message: str) -> None:
    chemin = tmp_path / "territoires.csv"
    chemin.write_text(ENTETE + ligne + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"territoires\.csv") as erreur:
        charger(chemin)
    assert message in str(erreur.value)


def test_une_colonne_absente_est_nommee(tmp_path: Path) -> None:
    chemin = tmp_path / "territoires.csv"
    chemin.write_text("code,niveau,nom\n93,departement,X\n", encoding="utf-8")
    with pytest.raises(ValueError, match="colonne « tncc »"):
        charger(chemin)


def test_un_niveau_plus_fin_montre_les_parties_un_autre_montre_tout() -> None:
    tous = charger(RACINE / "geo" / "territoires.csv")
    assert len(dedans(tous["93"], "departement", tous)) == 8
    assert len(dedans(tous["93"], "commune", tous)) == sum(
        t.departement == "93" and t.niveau == "commune" for t in tous.values()
    )
    assert set(dedans(tous["T8"], "commune", tous)) == {
        t.code for t in tous.values() if t.epci == "T8" and t.niveau == "commune"
    }
    assert len(dedans(tous["93048"], "epci", tous)) == 63
    assert len(dedans(tous["11"], "commune", tous)) == 1266


def test_un_epci_a_cheval_est_une_partie_de_ses_deux_departements() -> None:
    tous = charger(RACINE / "geo" / "territoires.csv")
    a_cheval = [t.code for t in tous.values() if t.niveau == "epci" and not t.departement]
    assert a_cheval
    for code in a_cheval:
        departements = {t.departement for t in tous.values() if t.niveau == "commune" and t.epci == code}
        assert len(departements) > 1
        assert all(code in dedans(tous[d], "epci", tous) for d in departements)
