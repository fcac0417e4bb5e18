"""What the tests of the sheets share: the words of a page, the territories they try, a hand-written sheet."""

from __future__ import annotations

import random
import re
from html import unescape

from dashboard.domain.phrases import Morceau
from dashboard.domain.selection import Referentiel
from dashboard.domain.territoire import Territoire
from dashboard.rapport import carte, courbe
from dashboard.rapport.fiche import Fiche
from dashboard.rapport.mesures import Barre, Carte, Comparaison, Rangs

#: Communes whose names have an article, an elision, a mute letter, or none.
REMARQUABLES = ("La Courneuve", "Aubervilliers", "Les Lilas", "Le Blanc-Mesnil", "L’Île-Saint-Denis", "Houilles",
                "L’Haÿ-les-Roses", "Le Tartre-Gaudran", "Les Mureaux", "Ivry-sur-Seine", "Paris", "Œuilly")  # fmt: skip
FAUTES = re.compile(
    r"\b(?:de|à) [Ll]es? |  |\b(?:0|1) (?:heures|personnes|communes|bénéficiaires|lots|marchés|habitants)\b"
    r"|\bNone\b|\bnan\b|\.\.|,,| ,| \.(?!\w)|\b(?:de|que) (?=[AEIOUÉÈÎaeioué])|\bLes 1 "
)


LOTS = ("Lot", "Maître d’ouvrage", "Heures dues", "Réalisées", "État")
LOT = ("Ligne 15 – lot 1", "Société des grands projets", "80 500 h", "13 900 h", "En retard")
ACHETEURS = ("Acheteur", "Catégorie", "Marchés publiés", "Considération sociale", "Montant (€ HT)")


def plat(texte: str) -> str:
    """A text with plain spaces."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def serre(texte: str) -> str:
    """A text without any space nor hyphen (one that ends a line is another sign), to be looked for in a PDF."""
    return re.sub(r"[\s\-\x02\ufffe]", "", plat(texte))


def mots(html: str) -> str:
    """What a reader reads of a page, one line an element; drawings keep their label only."""
    corps = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL)
    corps = re.sub(r'<svg\b[^>]*aria-label="([^"]*)".*?</svg>', r"\n[\1]\n", corps, flags=re.DOTALL)
    corps = re.sub(r"</?(?:p|h1|h2|tr|table|div|section|header|td|th|small|li|main|span|nav|form)\b[^>]*>", "\n", corps)
    lignes = (" ".join(ligne.split()) for ligne in plat(unescape(re.sub(r"<[^>]+>", "", corps))).splitlines())
    return "\n".join(ligne for ligne in lignes if ligne)


def essayes(ref: Referentiel, communes: int = 30) -> list[str]:
    """The region, its départements, every EPT and EPCI, and some communes."""
    toutes = [t for t in ref.territoires.values() if t.niveau == "commune"]
    choisies = [t.code for t in toutes if t.nom in REMARQUABLES]
    hasard = random.Random(30)
    return [
        *(t.code for t in ref.territoires.values() if t.niveau != "commune"),
        *choisies,
        *(t.code for t in hasard.sample([t for t in toutes if t.code not in choisies], communes - len(choisies))),
    ]


def fiche_ecrite() -> Fiche:
    """A sheet of two pages written by hand: the same words for ever."""
    zones = [carte.Zone("93066", "Saint-Denis", 299_725.0), carte.Zone("93027", "La Courneuve", 59_906.5),
             carte.Zone("93079", "Villetaneuse", 0.0), carte.Zone("93072", "Stains", None)]  # fmt: skip
    points = [courbe.Annee(2024, 466_260.0, 634_000.0, vue=False), courbe.Annee(2025, 471_325.0, 517_000.0, vue=True)]
    return Fiche(
        territoire=Territoire("T6", "epci", "Plaine Commune", 0, 453_671, 47.6, "93"),
        genre="Établissement public territorial (EPT)",
        periode="2025", chemin="/fiche/territoire/T6", permalien="/s/20260930-abc/fiche/territoire/T6?annee=2025",
        sur_le_site="/territoires?epci=T6", demo=True, instantane="20260930-abc", date="30 septembre 2026",
        faits=("453 671 habitants", "48 km²", "8 communes"), fil=(("11", "Île-de-France"), ("93", "Seine-Saint-Denis")),
        annees=(2024, 2025), annee="2025",
        essentiel=[[Morceau("En 2025", True), Morceau(", 471 325 heures d’insertion <b>ont</b> été réalisées.")]],
        publics=[Morceau("Parmi les "), Morceau("1 200 bénéficiaires", True), Morceau(", 14 % sont des femmes.")],
        projets_phrase=[Morceau("Aucun lot n’est suivi.")], achats_phrase=[Morceau("En 2025, 432 marchés.")],
        cartes=[Carte("Heures réalisées", "471 k", "▲ 1,1 % sur un an", "up"),
                Carte("Part des femmes", "s", "secret statistique")],
        comparaison=Comparaison((("Plaine Commune", "ce territoire"), ("Île-de-France", "région")),
                                (("Population", ("453 671", "12 463 067")), ("Part des femmes", ("s", "15 %")))),
        classement=[Barre("Saint-Denis", "299 725", 100.0, False, "1."),
                    Barre("La Courneuve", "59 907", 20.0, True, "2.")],
        titre_classement="Les communes de Plaine Commune", secteurs=[Barre("Gros œuvre", "24 %", 100.0)],
        criteres=[("Bénéficiaire du RSA", "285", "24 %")],
        projets=Rangs("Lots des grands programmes", LOTS, (LOT,), "et 2 autres lots sur le site"),
        acheteurs=Rangs("Acheteurs", ACHETEURS, (("Est & Ouest <SA>", "Bailleur social", "27", "nd", "6 M€"),)),
        dessin=carte.dessiner("T6", "epci", zones, [], "Heures réalisées par commune, 2025"),
        zones=tuple(zones), cadrage=(),
        titre_carte="Heures réalisées par commune, 2025", paliers=tuple(carte.paliers(zones)),
        trace=courbe.dessiner(points, "Heures réalisées par an"), sans_courbe="",
        methode=[("Sources", "Suivi d’exécution.")],
    )  # fmt: skip
