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
5. Engagements (``engagements``): hours promised are derived from hours realised, so that
   the rates of realisation spread as they do in practice; then what has been worked or invoiced
   so far (``execution``), for the obligations whose hours due move with the facts.
6. Attributes of persons, employers, exits, training (``personnes``, ``emplois``).
7. Public contracts (``publics``, ``decp_json``): those of the lots, and four times as many
   without follow-up; some lots have no number or a damaged one. Large works contracts have
   subcontracting acts (``sous_traitance``), and the firms a size (``entreprises``).
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
