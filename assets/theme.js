/* Light or dark, decided before the first paint. Load it in <head>; loading it twice is harmless.
   Boundary: owns data-bs-theme and the 'theme' store, nothing else. */
(() => {
  'use strict';
  if (window.Theme) return;
  const CLE = 'theme';
  const racine = document.documentElement;
  const systeme = window.matchMedia('(prefers-color-scheme: dark)');

  /** @returns {'light'|'dark'|null} what the reader chose, when the browser lets us read it */
  function choisi() {
    try {
      const v = window.localStorage.getItem(CLE);
      return v === 'light' || v === 'dark' ? v : null;
    } catch {
      return null; // storage refused by the browser: the system preference decides
    }
  }

  /** @returns {'light'|'dark'} */
  const actuel = () => (racine.dataset.bsTheme === 'dark' ? 'dark' : 'light');

  /** Writes the theme in the store read by the figures, unless it is already there.
      @returns {boolean} false as long as Dash has no layout (its functions throw then) */
  function prevenirDash() {
    document.getElementById('bouton-theme')?.setAttribute('aria-pressed', String(actuel() === 'dark'));
    try {
      const magasin = window.dash_component_api?.getLayout?.(CLE);
      if (magasin && magasin.props?.data !== actuel()) window.dash_clientside.set_props(CLE, { data: actuel() });
      return Boolean(magasin);
    } catch {
      return false;
    }
  }

  /** @param {'light'|'dark'} theme */
  function appliquer(theme) {
    racine.dataset.bsTheme = theme;
    prevenirDash();
  }

  function basculer() {
    const theme = actuel() === 'dark' ? 'light' : 'dark';
    try {
      window.localStorage.setItem(CLE, theme);
    } catch {
      // storage refused: the choice lasts as long as the page
    }
    appliquer(theme);
  }

  /** Dash has no "ready" event: look at its layout until the store exists (30 s at most). */
  function attendreDash(essais = 600) {
    if (!prevenirDash() && essais > 0) window.setTimeout(attendreDash, 50, essais - 1);
  }

  // Paper is light. Dash is not told: figures asked again would not be drawn in time.
  let avantImpression = null;
  window.addEventListener('beforeprint', () => { avantImpression = actuel(); racine.dataset.bsTheme = 'light'; });
  window.addEventListener('afterprint', () => { if (avantImpression) racine.dataset.bsTheme = avantImpression; });
  systeme.addEventListener('change', () => { if (!choisi()) appliquer(systeme.matches ? 'dark' : 'light'); });
  document.addEventListener('click', (e) => { if (e.target.closest?.('#bouton-theme')) basculer(); });
  document.addEventListener('DOMContentLoaded', () => attendreDash());

  racine.dataset.bsTheme = choisi() ?? (systeme.matches ? 'dark' : 'light');
  window.Theme = { actuel, basculer };
})();
