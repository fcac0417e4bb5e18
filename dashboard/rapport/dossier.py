"""A folder that opens without a server: the sheet of a territory, every page, every table, the method, a manifest.

The same snapshot, territory and years give the same bytes. Boundary: makes the files, relative to the folder; writes
nothing on disk and asks nothing of a server (who calls gives the pages and the layers of the maps).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard import __version__
from dashboard.contenu import provenance
from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION, Lecture, depuis_url, vers_parametres
from dashboard.export.classeur import xlsx_de
from dashboard.export.tableau import csv_de
from dashboard.rapport import page as feuille
from dashboard.rapport.fiche import Fiche, composer, trouver
from dashboard.ui import rendu, statique

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.domain.territoire import Territoire
    from dashboard.ui.page import Page
    from dashboard.ui.statique import Calques
    from dashboard.warehouse.connexion import Instantane

MODELE = "dossier.html"
ACCUEIL, FICHE, METHODE, STYLE, MANIFESTE = "index.html", "fiche.html", "methode.html", "style.css", "manifeste.json"
DONNEES = "donnees"

Fichier = tuple[str, bytes]


@dataclass(frozen=True)
class Dossier:
    """What a folder is made of: a snapshot, a territory, its years, the pages of the site (title, drawing).

    ``adresse`` is the public address of the site, if it has one: links to it are the only ones that leave the folder.
    """

    instantane: Instantane
    territoire: Territoire
    lecture: Lecture
    pages: Sequence[tuple[str, Page]]
    adresse: str = ""
    calques: Calques = field(default=statique.aucun_calque)

    @cached_property
    def fiche(self) -> Fiche:
        """The sheet of the territory, for the same years."""
        annees = self.lecture.selection.annees
        return composer(
            self.instantane, self.territoire.code, f"annee={annees[0]}-{annees[1]}" if annees else ""
        )  # fmt: skip

    @cached_property
    def contextes(self) -> dict[str, Contexte[Any]]:
        """The data of each page, by its name."""
        return {
            p.contenu.nom: p.contenu.contexte(self.instantane, self.lecture.selection) for _, p in self.pages
        }  # fmt: skip

    @cached_property
    def blocs(self) -> dict[str, Bloc]:
        """Every bloc of the pages, by identifier."""
        return {i: b for _, p in self.pages for i, b in p.contenu.composer(self.contextes[p.contenu.nom]).items()}

    @property
    def sommaire(self) -> list[tuple[str, str]]:
        """Pages of the folder: words and file."""
        noms = [(titre, f"{p.contenu.nom}.html") for titre, p in self.pages]
        return [("Sommaire", ACCUEIL), ("Fiche du territoire", FICHE), *noms, ("Méthode", METHODE)]

    @property
    def nom(self) -> str:
        """ASCII name of the folder: territory, years, snapshot, and whether it is a demonstration."""
        m = self.instantane.manifeste
        demo = "_demonstration" if m.demo else ""
        return f"observatoire_{self.territoire.code}_{self.fiche.annee}_{m.instantane_id}{demo}"

    @property
    def etapes(self) -> int:
        """Number of files, the manifest included."""
        return 5 + len(self.pages) + 2 * sum(len(p.dessins) for _, p in self.pages)

    def fichiers(self) -> Iterator[Fichier]:
        """Every file of the folder (path, bytes), the manifest last: it holds the checksum of each of the others."""
        entrees = []
        for chemin, contenu in self._contenus():
            empreinte = hashlib.sha256(contenu).hexdigest()
            entrees.append({"chemin": chemin, "octets": len(contenu), "sha256": empreinte})
            yield chemin, contenu
        yield MANIFESTE, self._manifeste(entrees)

    # --- the files ------------------------------------------------------------------------------------

    def _contenus(self) -> Iterator[Fichier]:
        yield STYLE, str(statique.style()).encode()
        yield FICHE, self._fiche()
        for titre, p in self.pages:
            yield from self._page(titre, p)
        yield METHODE, self._document("Méthode", METHODE, rendu.marque(MODELE, "methode", self._methode()))
        yield ACCUEIL, self._document(self.territoire.nom, ACCUEIL, self._accueil())

    def _fiche(self) -> bytes:
        """The sheet: its link and its QR code when the site has a public address, else a sentence in their place."""
        texte = Markup(feuille.html(self.fiche, self.adresse, ecran=False))  # noqa: S704 - a page of ours
        figee = str(statique.figer(texte, self._dehors))
        retour = rendu.marque(MODELE, "retour", ACCUEIL)
        return figee.replace("<body>", f"<body>{retour}", 1).encode()

    def _page(self, titre: str, p: Page) -> Iterator[Fichier]:
        """A page and its tables."""
        nom, c = p.contenu.nom, self.contextes[p.contenu.nom]
        corps = statique.page_entiere(p, c, calques=self.calques, vers=self._dehors, liens=_fichiers_de)
        notes = rendu.notes(p.contenu.sans_effet(self.lecture.selection))
        chemin = f"{nom}.html"
        yield chemin, self._document(titre, chemin, Markup(notes) + corps)  # noqa: S704 - notes are already escaped
        for ident in p.dessins:
            yield f"{DONNEES}/{ident}.csv", csv_de(self.blocs[ident]).encode()
            yield f"{DONNEES}/{ident}.xlsx", xlsx_de(self.blocs[ident], c)

    def _accueil(self) -> Markup:
        phrases = [
            (titre, f"{p.contenu.nom}.html", rendu.phrase(p.contenu.phrase(self.contextes[p.contenu.nom])))
            for titre, p in self.pages
        ]
        tables = [
            (titre, [(fr.composer(self.blocs[i].titre), _fichiers_de(i)) for i in p.dessins])
            for titre, p in self.pages
        ]  # fmt: skip
        return rendu.marque(MODELE, "accueil", self._identite(), self.fiche.essentiel, FICHE, phrases, tables, METHODE)

    def _identite(self) -> dict[str, str]:
        m = self.instantane.manifeste
        return {
            "nom": self.territoire.nom, "genre": self.fiche.genre, "periode": self.fiche.periode,
            "date": fr.date_longue(m.date_donnees), "instantane": m.instantane_id, "version": __version__,
            "site": f"{self.adresse}/s/{m.instantane_id}{self.fiche.sur_le_site}" if self.adresse else "",
        }  # fmt: skip

    def _methode(self) -> dict[str, Any]:
        """The method box of the sheet, then the definition of every indicator of the folder, once."""
        fiches: dict[str, list[tuple[str, str]]] = {}
        for _, p in self.pages:
            c = self.contextes[p.contenu.nom]
            for ident in p.dessins:
                for cle in self.blocs[ident].definitions:
                    nom, lignes = provenance.fiche(cle, c)
                    fiches.setdefault(nom, [x for x in lignes if x[0] not in ("Couverture", "Instantané")])
        return {"lignes": self.fiche.methode, "definitions": rendu.provenance(sorted(fiches.items()))}

    def _document(self, titre: str, chemin: str, corps: Markup) -> bytes:
        """A page of the folder: where one is, what it is of, its body."""
        tete = rendu.marque(statique.MODELE, "navigation", self.sommaire, chemin)
        identite = rendu.marque(MODELE, "identite", self._identite())
        demo = self.instantane.manifeste.demo
        nom = f"{titre} · {self.territoire.nom}, {self.fiche.periode}" if chemin != ACCUEIL else titre
        return statique.document(nom, tete + identite + corps, demo=demo, css=None, classe="dossier").encode()

    def _dehors(self, chemin: str) -> str | None:
        """A link of the site: the sheet of this territory is in the folder, the rest on the site if it has one.

        A link that leaves the folder keeps to its snapshot.
        """
        if chemin.partition("?")[0] == f"/fiche/territoire/{self.territoire.code}":
            return FICHE
        if self.adresse and chemin.startswith("/"):
            return f"{self.adresse}/s/{self.instantane.manifeste.instantane_id}{chemin}"
        return chemin if self.adresse and chemin.startswith(f"{self.adresse}/") else None

    def _manifeste(self, entrees: Sequence[Mapping[str, Any]]) -> bytes:
        m = self.instantane.manifeste
        contenu = {
            "titre": "Observatoire des clauses sociales d’Île-de-France : dossier hors ligne",
            "instantane": m.instantane_id, "donnees_au": f"{m.date_donnees:%Y-%m-%d}", "demonstration": m.demo,
            "version": __version__, "territoire": {"code": self.territoire.code, "nom": self.territoire.nom},
            "annees": list(self.instantane.referentiel.periode(self.lecture.selection)),
            "selection": vers_parametres(self.lecture.selection, self.instantane.referentiel),
            "fichiers": list(entrees),
        }  # fmt: skip
        return (json.dumps(contenu, ensure_ascii=False, indent=2) + "\n").encode()


def _fichiers_de(ident: str) -> list[tuple[str, str]]:
    return [("Données CSV", f"{DONNEES}/{ident}.csv"), ("Classeur XLSX", f"{DONNEES}/{ident}.xlsx")]


def preparer(
    instantane: Instantane, code: str, annee: str | None, pages: Sequence[tuple[str, Page]], adresse: str,
    calques: Calques,
) -> Dossier:  # fmt: skip
    """The folder of a territory for ``annee`` (« 2025 », « 2023-2025 »). Raises ``TerritoireInconnu``.

    ``lecture.notes`` of the result say in French what of the years could not be read.
    """
    t = trouver(instantane.referentiel, code)
    parametres = [f"annee={annee}"] if annee else []
    if t.code != REGION:  # its maps show its communes
        parametres += [f"{CLES_TERRITOIRE[t.niveau]}={t.code}", "niveau=commune"]
    lecture = depuis_url("&".join(parametres), instantane.referentiel)
    return Dossier(instantane, t, lecture, tuple(pages), adresse.rstrip("/"), calques)
