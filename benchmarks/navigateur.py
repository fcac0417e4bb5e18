"""Measures in headless Chromium: from the change of a filter to the last figure drawn; weight of the first visit."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.mesures import Mesure, serveur
from tests.navigateur.outils import ARGUMENTS, chromium

#: Changes the filter, then waits until the answer is there and nothing of the page has moved for 300 ms (the chart is
#: SVG: it moves too).
MESURER = """
async (search) => {
  const racine = document.getElementById('page-vue-ensemble');
  const debut = performance.now();
  let dernier = null;
  const vue = new MutationObserver(() => { dernier = performance.now(); });
  vue.observe(racine, {subtree: true, childList: true, attributes: true, characterData: true});
  window.Filtres.naviguer(search);
  const attend = () => document.getElementById('contenu').hasAttribute('aria-busy');
  const calme = () => performance.now() - (dernier ?? debut) > (attend() ? 5000 : 300);
  while (!calme()) await new Promise((ok) => setTimeout(ok, 10));
  vue.disconnect();
  return (dernier ?? debut) - debut;
}
"""

SELECTIONS = ("?dep=93", "?annee=2023-2025", "?dep=75&niveau=epci", "?secteur=nettoyage", "?dep=77&niveau=commune",
              "?programme=gpe_15s", "?epci=T8", "?lieu=residence&dep=93", "?annee=2020",
              "?lieu=siege&niveau=epci")  # fmt: skip


def nouvelle(rang: int) -> str:
    """A selection that the server has not answered yet: another year than the one of the list."""
    search = SELECTIONS[rang % len(SELECTIONS)].replace("?annee=2023-2025", "?dep=92").replace("?annee=2020", "?dep=95")
    return f"?annee={2018 + (rang // len(SELECTIONS)) % 7}&{search[1:]}"


def filtre(instantane: Path, tours: int) -> list[Mesure]:
    """Milliseconds from a change of filter to the last figure drawn, and kilobytes of the first visit."""
    with serveur(instantane) as (adresse, _), sync_playwright() as p:
        navigateur = p.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = navigateur.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        poids = _peser(page)
        page.goto(adresse)
        page.wait_for_selector("#bloc-mois .js-plotly-plot .bars path")
        page.wait_for_selector("#bloc-carte svg .zone.on, #bloc-carte svg .zone")
        octets = sum(poids) / 1024
        for search in SELECTIONS:  # every shape of map and code path is warm; no measured selection has been seen
            page.evaluate(MESURER, search)
        valeurs = [page.evaluate(MESURER, nouvelle(i)) for i in range(tours)]
        navigateur.close()
    return [
        Mesure("filtre changé → dernière figure dessinée", "≤ 250 ms", "ms", tuple(valeurs)),
        Mesure("première visite, octets reçus", "—", "kio", (octets,)),
    ]


def _peser(page: Page) -> list[int]:
    tailles: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: tailles.append(int(e["encodedDataLength"])))
    return tailles
