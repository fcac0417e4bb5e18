"""Lists of structures: what is kept, placed, corrected, rejected, and what is never loaded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.ingest.journal import Declaration, Journal, SourceIllisible
from dashboard.ingest.structures import charger, finaliser, preparer
from dashboard.settings import Settings
from dashboard.warehouse import atelier
from tests.ingest.structures_exemple import SIRETS, ecrire, fiche

MAPPINGS = Settings().correspondances
Chargement = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    """A working database with the real reference tables, shared: each test clears what it loaded."""
    with duckdb.connect(config={"threads": 1}) as con:
        atelier.preparer(con, Settings())
        yield con


@pytest.fixture
def lire(base: duckdb.DuckDBPyConnection) -> Chargement:
    """Load lists and finalise."""
    base.execute("DROP TABLE IF EXISTS source; DROP TABLE IF EXISTS constat; DROP TABLE IF EXISTS structures_etape")

    def _lire(*chemins: Path) -> duckdb.DuckDBPyConnection:
        journal = Journal(base)
        preparer(base)
        for chemin in chemins:
            charger(base, Declaration(chemin, "structures"), journal, MAPPINGS)
        finaliser(base, journal)
        return base

    return _lire


def comptes(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute("SELECT lues, retenues, hors_champ, rejetees FROM source ORDER BY source_id").fetchall()


def regles(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("SELECT regle, nature FROM constat").fetchall())


def structures(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute("SELECT siret, nom, type, commune, lon, lat FROM structure ORDER BY structure_no").fetchall()


@pytest.mark.parametrize("nom", ["liste.csv", "liste.json"])
def test_une_structure_en_csv_ou_en_json(lire: Chargement, tmp_path: Path, nom: str) -> None:
    con = lire(ecrire(tmp_path, fiche(), nom=nom))
    assert structures(con) == [(SIRETS[0], "Atelier du Canal", "aci", "93066", 2.35712, 48.93612)]
    assert con.execute("SELECT format, lues, retenues, hors_champ, rejetees FROM source").fetchall() == [
        (f"data·inclusion {nom[6:].upper()}", 1, 1, 0, 0)
    ]
    assert regles(con) == {}


@pytest.mark.parametrize(
    "contenu",
    [
        json.dumps({"items": [fiche()], "total": 1, "page": 1}),
        json.dumps({"structures": [fiche()]}),
        json.dumps(fiche()) + "\n" + json.dumps(fiche(siret=SIRETS[1])),
    ],
    ids=["page de l’API", "objet", "lignes JSON"],
)
def test_les_enveloppes_json(lire: Chargement, tmp_path: Path, contenu: str) -> None:
    chemin = tmp_path / "s.json"
    chemin.write_text(contenu, encoding="utf-8")
    assert structures(lire(chemin))[0][:4] == (SIRETS[0], "Atelier du Canal", "aci", "93066")


def test_aucun_contact_n_est_charge(lire: Chargement, tmp_path: Path) -> None:
    con = lire(
        ecrire(tmp_path, fiche(), fiche(nom=""), fiche(siret="12", code_insee="93999", code_postal="", commune="X"))
    )
    tables = [t for (t,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    contenu = "".join(str(con.execute(f'SELECT * FROM "{t}"').fetchall()) for t in tables if not t.startswith("ref_"))
    assert "Atelier du Canal" in contenu
    for secret in ("0199001234", "jeanne.martin", "Jeanne", "rue du Canal"):
        assert secret not in contenu


def test_lieux(lire: Chargement, tmp_path: Path) -> None:
    """Former code, district of Paris, postal code of one commune, name in the département, out of the region."""
    cas = [
        {"code_insee": "93059"},
        {"code_insee": "75113", "code_postal": "75013", "commune": "Paris"},
        {"code_insee": "", "code_postal": "93120", "commune": ""},
        {"code_insee": "", "code_postal": "93203", "commune": "ST DENIS CEDEX"},
        {"code_insee": "", "code_postal": "77183", "commune": "Croissy-Beaubourg"},
        {"code_insee": "00000"},
        {"code_insee": "69123", "code_postal": "93200"},
        {"code_insee": "", "code_postal": "59000", "commune": "Lille"},
    ]
    con = lire(ecrire(tmp_path, *(fiche(siret="", nom=f"S{i}", **c) for i, c in enumerate(cas))))
    trouves = {n: c for _, n, _, c, _, _ in structures(con)}
    assert trouves == {"S0": "93066", "S1": "75056", "S2": "93027", "S3": "93066", "S4": "77146", "S5": "93066"}
    assert comptes(con) == [(8, 6, 2, 0)]
    lignes = con.execute("SELECT regle, ligne, valeur FROM constat WHERE colonne = 'commune' ORDER BY ligne").fetchall()
    assert lignes == [("commune_ancienne", 2, "93059"), ("commune_deduite", 7, "00000")]


def test_siret(lire: Chargement, tmp_path: Path) -> None:
    s = SIRETS[0]
    cas = [f"{s[:9]} {s[9:]}", "", "123", s[:-1] + str((int(s[-1]) + 1) % 10), "00000000000000"]
    con = lire(ecrire(tmp_path, *(fiche(siret=c, nom=f"S{i}") for i, c in enumerate(cas))))
    assert {n: x for x, n, *_ in structures(con)} == {"S0": s, "S1": None, "S2": None, "S3": cas[3], "S4": None}
    trouvees = con.execute("SELECT ligne, nature, regle FROM constat ORDER BY ligne").fetchall()
    assert trouvees == [
        (2, "correction", "siret_format"),
        (3, "correction", "siret_absent"),
        (4, "correction", "siret_invalide"),
        (5, "avertissement", "siret_cle"),
        (6, "correction", "siret_invalide"),
    ]


@pytest.mark.parametrize(
    ("lon", "lat", "attendu", "regle"),
    [
        ("2,357", "48,936", (2.357, 48.936), None),
        ("", "", (None, None), None),
        ("48.936", "2.357", (2.357, 48.936), "coordonnees_inverse"),
        ("0", "0", (None, None), "coordonnees_hors"),
        ("2.357", "", (None, None), "coordonnees_illisible"),
        ("est", "nord", (None, None), "coordonnees_illisible"),
    ],
)
def test_un_point_n_est_jamais_invente(
    lire: Chargement, tmp_path: Path, lon: str, lat: str, attendu: tuple[float | None, float | None], regle: str | None
) -> None:
    con = lire(ecrire(tmp_path, fiche(longitude=lon, latitude=lat)))
    assert structures(con)[0][4:] == attendu
    assert regles(con) == ({regle: "correction"} if regle else {})


def test_rejets_situes(lire: Chargement, tmp_path: Path) -> None:
    sans_lieu = {"code_insee": "", "code_postal": "", "commune": ""}
    con = lire(
        ecrire(tmp_path, fiche(nom="  "), fiche(**sans_lieu), fiche(code_insee="93999", code_postal="", commune="Ici"))
    )
    assert structures(con) == []
    assert comptes(con) == [(3, 0, 0, 3)]
    assert con.execute("SELECT ligne, colonne, regle, message FROM constat ORDER BY ligne").fetchall() == [
        (2, "nom", "nom_absent", "Structure sans nom."),
        (3, "commune", "lieu_absent",
         "Structure sans commune, code postal ni département : elle ne peut pas être située."),
        (4, "commune", "commune_inconnue",
         "Commune « 93999 Ici » inconnue des référentiels : la structure ne peut pas être située."),
    ]  # fmt: skip


def test_nom_de_personne_ou_contact_dans_le_nom(lire: Chargement, tmp_path: Path) -> None:
    noms = ["Mme Jeanne Martin", "Atelier (contact@exemple.invalid)", "Recyclerie 01 99 00 12 34"]
    con = lire(ecrire(tmp_path, *(fiche(nom=n, siret=s) for n, s in zip(noms, SIRETS, strict=False))))
    assert [n for _, n, *_ in sorted(structures(con))] == [
        "Atelier et chantier d’insertion (ACI)",
        "Atelier",
        "Recyclerie",
    ]
    assert regles(con) == {"nom_personne": "correction", "nom_contact": "correction"}
    assert con.execute("SELECT count(*) FROM constat WHERE valeur IS NOT NULL").fetchone() == (0,)


def test_deux_conventions_deux_lignes_et_autres_reseaux(lire: Chargement, tmp_path: Path) -> None:
    reseaux = [["ei", "aci"], ["ccas-cias"], [], ["regie-quartier"]]
    con = lire(ecrire(tmp_path, *(fiche(reseaux_porteurs=r, siret=s) for r, s in zip(reseaux, SIRETS, strict=True))))
    assert [(s, t) for s, _, t, *_ in structures(con)] == [(SIRETS[0], "ei"), (SIRETS[0], "aci"), (SIRETS[3], "regie")]
    assert comptes(con) == [(4, 2, 2, 0)]
    assert con.execute("SELECT regle, valeur, message FROM constat").fetchall() == [
        ("autre_reseau", "2", "2 organisme(s) d’un autre réseau que l’insertion ou le handicap, laissés hors champ.")
    ]


MARCHE = {
    "kind": "EI", "siret": SIRETS[0], "name": "JEANNE MARTIN", "brand": "Le Fil", "legal_form": "",
    "post_code": "93100", "city": "Montreuil", "department": "93", "lon": "2.44", "lat": "48.86",
}  # fmt: skip


def test_marche_de_l_inclusion(lire: Chargement, tmp_path: Path) -> None:
    """The trade name wins over the registered one, but for a number; a type is needed, and known."""
    con = lire(
        ecrire(
            tmp_path,
            MARCHE,
            MARCHE | {"siret": SIRETS[1], "name": "Ricochet", "brand": "962721"},
            MARCHE | {"siret": SIRETS[2], "brand": "", "legal_form": "Entrepreneur individuel", "kind": "EITI"},
            MARCHE | {"kind": "SEP"},
            MARCHE | {"kind": "SARL"},
            MARCHE | {"kind": ""},
        )
    )
    assert [(n, t) for _, n, t, *_ in structures(con)] == [
        ("Le Fil", "ei"),
        ("Ricochet", "ei"),
        ("Entreprise d’insertion par le travail indépendant (EITI)", "eiti"),
    ]
    assert comptes(con) == [(6, 3, 1, 2)]
    assert regles(con) == {
        "nom_personne": "correction", "type_inconnu": "rejet", "type_absent": "rejet", "autre_reseau": "avertissement",
    }  # fmt: skip


def test_doublons_entre_listes(lire: Chargement, tmp_path: Path) -> None:
    """Same SIRET and type: the copy that has a point wins; another type, or no SIRET, is another structure."""
    sans_point = fiche(longitude="", latitude="", nom="Sans point")
    une = ecrire(tmp_path, sans_point, fiche(siret="", nom="Inconnue"), nom="une.csv")
    deux = ecrire(tmp_path, fiche(), fiche(reseaux_porteurs=["ei"]), fiche(siret="", nom="Inconnue"), nom="deux.json")
    con = lire(une, deux)
    assert sorted((n, t) for _, n, t, *_ in structures(con)) == [
        ("Atelier du Canal", "aci"), ("Atelier du Canal", "ei"), ("Inconnue", "aci"), ("Inconnue", "aci"),
    ]  # fmt: skip
    assert con.execute("SELECT source_id, ligne, message FROM constat WHERE regle = 'doublon'").fetchall() == [
        (1, 2, "Structure déjà présente dans « deux.json » (ligne 1), même SIRET et même type : une seule est comptée.")
    ]
    assert comptes(con) == [(2, 2, 0, 0), (3, 3, 0, 0)]


def test_csv_abime(lire: Chargement, tmp_path: Path) -> None:
    """Latin-1, semicolons, a row too short: converted, read, and one line of reject without its content."""
    chemin = ecrire(tmp_path, MARCHE | {"brand": "Éclat d’été"}, MARCHE | {"siret": SIRETS[1]})
    lignes = chemin.read_text(encoding="utf-8").replace(",", ";").replace("’", "'").splitlines()
    chemin.write_bytes("\r\n".join([*lignes[:2], "EI;0199001234;Jeanne", lignes[2]]).encode("cp1252"))
    con = lire(chemin)
    assert [n for _, n, *_ in structures(con)] == ["Éclat d'été", "Le Fil"]
    assert comptes(con) == [(3, 2, 0, 1)]
    assert con.execute("SELECT regle, ligne, valeur FROM constat ORDER BY regle").fetchall() == [
        ("encodage", None, None),
        ("ligne_csv", 3, None),
    ]


def test_json_interrompu(lire: Chargement, tmp_path: Path) -> None:
    chemin = ecrire(tmp_path, fiche(), fiche(siret=SIRETS[1]), nom="s.json")
    chemin.write_text(chemin.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    con = lire(chemin)
    assert comptes(con) == [(2, 1, 0, 1)]
    assert regles(con) == {"enregistrement_illisible": "rejet"}


@pytest.mark.parametrize(
    ("nom", "contenu", "message"),
    [
        ("vide.csv", b"", "il est vide"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "contenu binaire"),
        ("autre.csv", b"a,b\n1,2\n", "pas une liste de structures d’un format connu"),
        (
            "services.json",
            json.dumps([{"id": 1, "source": "x", "nom": "y", "code_insee": "z"}]).encode(),
            "format connu",
        ),
        ("casse.json", b"{", "JSON illisible"),
    ],
)
def test_fichier_inutilisable(lire: Chargement, tmp_path: Path, nom: str, contenu: bytes, message: str) -> None:
    (tmp_path / nom).write_bytes(contenu)
    with pytest.raises(SourceIllisible, match=message) as erreur:
        lire(tmp_path / nom)
    assert nom in str(erreur.value)


def test_fichier_absent(lire: Chargement, tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match=r"absent\.csv.*lecture impossible"):
        lire(tmp_path / "absent.csv")


def test_sans_liste_la_table_est_vide(lire: Chargement) -> None:
    assert structures(lire()) == []
