/* What AG Grid needs of us: French numbers, links, the search box above a table, and the count of rows shown.
   Boundary: writes what the server sent; filters of the site are never set from here. */
(() => {
  'use strict';
  // Dash checks the callbacks of every page at start: where the library is not sent, its name must exist.
  window.dash_ag_grid ??= { AgGrid: () => null, absente: true };
  const nombres = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
  const parts = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 0 });
  const absent = (valeur) => valeur === null || valeur === undefined || valeur === '';
  const ecrire = (format) => (valeur) => (absent(valeur) ? 'nd' : typeof valeur === 'number' ? format.format(valeur) : valeur);

  /** « 2025-12-31 » → « 31/12/2025 », « 2025-12 » → « 12/2025 ». @param {string} valeur */
  const jour = (valeur) => (absent(valeur) ? 'nd' : String(valeur).split('-').reverse().join('/'));

  window.dashAgGridFunctions = { ...window.dashAgGridFunctions, nombre: ecrire(nombres), part: ecrire(parts), jour };

  /** First column: goes to the sheet of the row. */
  function Lien({ value, data }) {
    return data?.lien ? window.React.createElement('a', { href: data.lien }, value) : value;
  }
  window.dashAgGridComponentFunctions = { ...window.dashAgGridComponentFunctions, Lien };

  const api = (id) => {
    try { return window.dash_ag_grid?.getApi(id); } catch { return null; } // not drawn yet
  };

  /** @param {string} id says how many rows are shown */
  function compter(id) {
    const [grille, place] = [api(id), document.querySelector(`[data-compte="${id}"]`)];
    if (!grille || !place) return;
    const n = grille.getDisplayedRowCount();
    place.textContent = `${nombres.format(n)} ${n < 2 ? 'ligne' : 'lignes'}`;
  }

  document.addEventListener('input', (e) => {
    const id = e.target.dataset?.grille;
    const grille = id && api(id);
    if (!grille) return;
    grille.setGridOption('quickFilterText', e.target.value);
    compter(id);
  });

  window.Grille = { compter };
})();
