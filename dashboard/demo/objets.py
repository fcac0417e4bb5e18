"""Vocabulary of the demonstration: trades, CPV and ROME codes, French descriptions of contracts.

Only texts and the rules to put them together. No person is named anywhere, not even in
the name of a building: schools and districts are called after trees and places.
"""

from __future__ import annotations

from dataclasses import dataclass

LIEUX_DITS = (
    "des Tilleuls",
    "des Acacias",
    "du Centre",
    "du Parc",
    "des Coteaux",
    "de la Plaine",
    "du Lac",
    "des Érables",
    "de la Fontaine",
    "du Moulin",
    "des Prés",
    "du Canal",
    "des Vergers",
    "de la Source",
    "du Plateau",
    "des Marronniers",
)


@dataclass(frozen=True, slots=True)
class Metier:
    """One sector: kind of purchase, plausible CPV and ROME codes, names of lots and of stand-alone contracts."""

    secteur: str
    type_achat: str
    cpv: tuple[str, ...]
    rome: tuple[str, ...]
    lots: tuple[str, ...]
    ccag: str = "Fournitures courantes et services"


METIERS: tuple[Metier, ...] = (
    Metier(
        "gros_oeuvre",
        "travaux",
        ("45210000", "45223220", "45262000", "45211340", "45262522"),
        ("F1703", "F1704", "F1701"),
        (
            "gros œuvre",
            "maçonnerie et démolition",
            "clos et couvert",
            "charpente et couverture",
            "fondations spéciales",
        ),
        "Travaux",
    ),
    Metier(
        "second_oeuvre",
        "travaux",
        ("45310000", "45330000", "45410000", "45421000", "45442100", "45331000", "45430000"),
        ("F1602", "F1603", "F1604", "F1606", "F1609"),
        (
            "électricité",
            "plomberie et chauffage",
            "plâtrerie et isolation",
            "menuiseries intérieures",
            "peinture",
            "revêtements de sols",
        ),
        "Travaux",
    ),
    Metier(
        "travaux_publics",
        "travaux",
        ("45233140", "45231300", "45221240", "45232410", "45111291", "45233222", "45234100"),
        ("F1702", "F1705", "F1302"),
        (
            "terrassements et voirie",
            "assainissement et réseaux",
            "génie civil",
            "éclairage public et réseaux secs",
            "aménagement des espaces publics",
        ),
        "Travaux",
    ),
    Metier(
        "nettoyage",
        "services",
        ("90910000", "90919200", "90911300", "90611000"),
        ("K2204", "K2303"),
        ("Nettoyage des locaux", "Entretien des parties communes", "Nettoyage de la vitrerie", "Propreté urbaine"),
    ),
    Metier(
        "espaces_verts",
        "services",
        ("77310000", "77311000", "77340000", "77313000"),
        ("A1203", "A1201"),
        ("Entretien des espaces verts", "Taille et élagage des arbres", "Entretien des parcs et jardins"),
    ),
    Metier(
        "dechets",
        "services",
        ("90511000", "90512000", "90513100", "90500000"),
        ("K2302", "K2304"),
        ("Collecte des déchets ménagers", "Gestion des déchèteries", "Tri et valorisation des encombrants"),
    ),
    Metier(
        "restauration",
        "services",
        ("55523000", "55524000", "55320000"),
        ("G1603", "G1602"),
        ("Restauration scolaire", "Fourniture de repas en liaison froide", "Prestations de traiteur"),
    ),
    Metier(
        "prestations_intellectuelles",
        "services",
        ("71240000", "71311000", "71541000", "71247000", "79311000"),
        ("F1106", "M1402", "M1607"),
        (
            "Maîtrise d’œuvre de la rénovation des bâtiments",
            "Assistance à maîtrise d’ouvrage",
            "Ordonnancement, pilotage et coordination de chantier",
            "Étude de programmation",
        ),
        "Prestations intellectuelles",
    ),
    Metier(
        "numerique",
        "services",
        ("72260000", "72253000", "72540000", "48900000"),
        ("M1805", "I1401"),
        ("Développement et maintenance d’applications", "Assistance aux utilisateurs", "Infogérance des serveurs"),
        "Techniques de l'information et de la communication",
    ),
    Metier(
        "transport_logistique",
        "services",
        ("60130000", "63120000", "64121000", "60112000"),
        ("N1103", "N4105", "N1105"),
        ("Transport scolaire", "Déménagement et manutention", "Stockage et livraison", "Distribution de documents"),
    ),
    Metier(
        "autres_services",
        "services",
        ("79710000", "98310000", "50700000", "80500000", "85320000"),
        ("K2503", "K2201", "K1302"),
        (
            "Gardiennage et sécurité",
            "Blanchisserie et entretien du linge",
            "Maintenance des installations",
            "Actions de formation",
            "Accueil et médiation",
        ),
    ),
    Metier(
        "fournitures",
        "fournitures",
        ("39130000", "33140000", "30200000", "15800000", "34110000", "09130000", "03220000", "44111000", "22100000"),
        ("N1103",),
        (
            "Fourniture de mobilier",
            "Fourniture de matériel informatique",
            "Fourniture de denrées alimentaires",
            "Acquisition de véhicules",
            "Fourniture de carburants",
            "Fourniture de matériaux et d’outillage",
        ),
    ),
)
RANG_SECTEUR = {m.secteur: i for i, m in enumerate(METIERS)}
BTP = 3
"""The first three sectors are building and public works."""

OPERATIONS_BTP: dict[str, tuple[str, ...]] = {
    "commune": (
        "Réhabilitation du groupe scolaire {dit}",
        "Construction d’un gymnase – site {dit}",
        "Extension de la crèche {dit}",
        "Rénovation énergétique de l’hôtel de ville",
        "Requalification des voiries du quartier {dit}",
        "Construction de la médiathèque {dit}",
    ),
    "epci": (
        "Rénovation de la piscine {dit}",
        "Aménagement de la zone d’activités {dit}",
        "Réhabilitation des réseaux d’assainissement",
        "Requalification des espaces publics du quartier {dit}",
    ),
    "departement": (
        "Reconstruction du collège {dit}",
        "Rénovation énergétique du collège {dit}",
        "Aménagement de la route départementale – secteur {dit}",
        "Construction d’une maison des solidarités",
    ),
    "region": ("Rénovation du lycée {dit}", "Construction de l’internat du lycée {dit}", "Extension du lycée {dit}"),
    "hopital": ("Restructuration du service des urgences", "Mise en sécurité incendie des bâtiments de soins"),
    "bailleur_social": (
        "Réhabilitation de 120 logements – résidence {dit}",
        "Construction de 64 logements sociaux – résidence {dit}",
        "Résidentialisation de la résidence {dit}",
        "Isolation thermique par l’extérieur – résidence {dit}",
    ),
    "autre": (
        "Restructuration du bâtiment {dit}",
        "Aménagement de la ZAC {dit}",
        "Travaux de rénovation – site {dit}",
        "Mise aux normes des installations – site {dit}",
    ),
}
OPERATION_NPNRU = "NPNRU – renouvellement urbain du quartier {dit}"
FORMATIONS = (
    "Gestes et postures",
    "Sauveteur secouriste du travail",
    "Habilitation électrique",
    "CACES R482, engins de chantier",
    "Français à visée professionnelle",
    "Titre professionnel de maçon",
    "Titre professionnel d’agent de propreté",
    "Prévention des risques de chantier",
    "Compétences numériques de base",
)


def a_la_commune(nom: str) -> str:
    """« à Nanterre », « au Bourget », « aux Lilas », « à La Courneuve »."""
    if nom.startswith("Le "):
        return f"au {nom[3:]}"
    if nom.startswith("Les "):
        return f"aux {nom[4:]}"
    return f"à {nom}".replace("'", "’")


def nom_operation(categorie: str, tirage: float, commune: str, *, npnru: bool = False) -> str:
    """Name of a building operation; ``tirage`` in [0, 1) chooses among the possible ones."""
    if npnru:
        modeles: tuple[str, ...] = (OPERATION_NPNRU,)
    else:
        modeles = OPERATIONS_BTP.get(categorie, OPERATIONS_BTP["autre"])
    rang = int(tirage * len(modeles) * len(LIEUX_DITS))
    modele, dit = modeles[rang // len(LIEUX_DITS)], LIEUX_DITS[rang % len(LIEUX_DITS)]
    return f"{modele.format(dit=dit)} {a_la_commune(commune)}"


def objet_service(metier: Metier, tirage: float, commune: str) -> str:
    """Description of a contract of services or supplies."""
    intitule = metier.lots[int(tirage * len(metier.lots))]
    return f"{intitule} {a_la_commune(commune)}"
