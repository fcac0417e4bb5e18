"""Demonstration sources: seeded synthetic files in the real formats, at the real scale.

Why. A first run must show the whole region from files like the real ones, read by the
same code. Places and public bodies are real; every figure is synthetic, no firm and no
person exists (firms are called « Entreprise de démonstration 0421 » and carry a SIREN the
register never assigned; persons are opaque codes).

Method, in the order of the draws:

1. Hours. Each of the twelve producers (eight coordinations départementales, four owners
   of grands projets) has hours by period (``parametres``) chosen so that the region meets
   the published series; ``calendrier`` spreads them over the months (August, December,
   lockdown of 2020).
2. Lots (``lots``, ``projets``): operations of real buyers in real communes, cut into
   lots, with a sector and dates.
3. Contracts and persons (``parcours``): contracts start in proportion to the hours; each
   goes to an open lot and to a person, new or known, so that the contracts of a year, the
   distinct persons of a year and the persons since the start hold together.
4. Monthly hours (``heures``), raked to the totals of step 1.
5. Engagements (``engagements``): hours promised are derived from hours realised and from the
   share of them to be expected at that date, so that the rates of realisation spread as they do
   in practice, to the last year; rates and amounts of the grands projets follow their charters. Then
   what has been worked or invoiced so far (``execution``), where the hours due move with the facts.
   The firm that wins a lot (``entreprises``) has a size that follows its amount.
6. Attributes of persons, employers, exits, training (``personnes``, ``emplois``).
7. Public contracts (``publics``, ``decp_json``): those of the lots, and four times as many
   without follow-up; groups win the large ones, which have subcontracting acts
   (``sous_traitance``). The follow-up does not always say the same: no number or a damaged one,
   other words, amounts and dates (``saisie``), so that joining the two is work.
8. Structures (``structures``): the directory of those that could answer a clause, drawn apart
   from the hours.
9. Defects (``defauts``): a few hundred, listed with the rule that must find them; what was
   planted is written in ``defauts.csv`` beside the sources.

The facts aimed at, with sources and tolerances, are in ``data/reference/calage.toml``.
Random numbers come from PCG64 streams derived from one seed: same seed, same bytes.
Splits that no source publishes (by département, by buyer) are plausible choices.
"""

from dashboard.demo.generateur import generer

__all__ = ["generer"]
