"""Typer in French, and errors without a traceback.

Typer's decorated help costs 0.2 s of imports: the plain one is used, translated here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

import typer
from typer import core
from typer.exceptions import TyperException

from dashboard.cli.erreurs import Abandon
from dashboard.ingest.journal import SourceIllisible
from dashboard.settings import ReglageInvalide

AIDE: Final = "Affiche cette aide."
ECHEC: Final = 2
FRANCAIS: Final = {
    "Commands": "Commandes",
    "default: {default}": "par défaut : {default}",
    "required": "obligatoire",
    "No such command {name!r}.": "commande inconnue : {name}.",
    "Aborted!": "Interrompu.",
}


def _traduire(message: str) -> str:
    return FRANCAIS.get(message, message)


core._ = _traduire  # type: ignore[attr-defined]  # Typer's own gettext hook


def _option_aide(option: core.TyperOption | None) -> core.TyperOption | None:
    if option is not None:
        option.help = AIDE
    return option


class Commande(core.TyperCommand):
    """A command whose help option speaks French."""

    def get_help_option(self, ctx: Any) -> core.TyperOption | None:
        return _option_aide(super().get_help_option(ctx))


class Groupe(core.TyperGroup):
    """Turns the foreseeable errors into one French message on the error output and exit code 2."""

    def get_help_option(self, ctx: Any) -> core.TyperOption | None:
        return _option_aide(super().get_help_option(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            sys.exit(super().main(args, prog_name, complete_var, False, windows_expand_args, **extra) or 0)
        except TyperException as erreur:
            print(_en_francais(erreur), file=sys.stderr)
            sys.exit(ECHEC)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (Abandon, SourceIllisible, ReglageInvalide) as erreur:
            message = str(erreur)
        except BrokenPipeError:
            raise
        except OSError as erreur:
            message = f"Erreur du système : {erreur.strerror or erreur}"
            if erreur.filename:
                message += f" ({erreur.filename})"
        print(message, file=sys.stderr)
        raise typer.Exit(ECHEC)


def _en_francais(erreur: TyperException) -> str:
    """Message of a mistyped command, with where to find help."""
    contexte = getattr(erreur, "ctx", None)
    chemin = contexte.command_path if contexte else "observatoire"
    parametre = getattr(erreur, "param", None)
    nom = parametre.get_error_hint().replace("'", "") if parametre is not None else ""
    match type(erreur).__name__:
        case "NoArgsIsHelpError":
            return erreur.message
        case "NoSuchOption":
            propositions = ", ".join(getattr(erreur, "possibilities", None) or ())
            message = f"option inconnue : {getattr(erreur, 'option_name', '')}"
            message += f" (peut-être {propositions} ?)" if propositions else ""
        case "MissingParameter":
            message = f"il manque {nom}"
        case "BadParameter":
            message = f"valeur incorrecte pour {nom}"
        case "BadOptionUsage":
            message = f"{getattr(erreur, 'option_name', '')} attend une valeur"
        case _:
            message = erreur.message
    return f"Commande incomprise : {message}\nPour l’aide : {chemin} --help"
