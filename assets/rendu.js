/* Puts the answer of a page in place: texts, light figures, maps. Table twins and definitions wait until asked.
   Boundary: writes what the server has made (already escaped); decides nothing. */
(() => {
  'use strict';
  const dash = (window.dash_clientside ??= {});
  const ATTENTE = new Set(['jumeau', 'provenance']);

  /** @type {Map<string, Record<string, string>>} pieces of each bloc that wait, by its identifier */
  const enAttente = new Map();
  /** @type {WeakMap<Element, string>} what each element shows, so that the same piece is not written twice */
  const ecrits = new WeakMap();

  /** @param {string} id @param {string} html @returns {boolean} false when the element is not there */
  function ecrire(id, html) {
    const el = document.getElementById(id);
    if (!el || ecrits.get(el) === html) return Boolean(el);
    el.innerHTML = html;
    ecrits.set(el, html);
    return true;
  }

  /** A table or a definition is written when the reader opens it. @param {string} ident @param {string} piece */
  function ouvrir(ident, piece) {
    const html = enAttente.get(ident)?.[piece];
    if (html !== undefined) ecrire(`${ident}-${piece}`, html);
  }

  /** @param {string} ident @param {Record<string, any>} pieces @param {string} url */
  function poserBloc(ident, pieces, url) {
    enAttente.set(ident, Object.fromEntries(Object.entries(pieces).filter(([p]) => ATTENTE.has(p))));
    for (const [piece, valeur] of Object.entries(pieces)) {
      if (piece === 'carte') window.Carte?.dessiner(document.getElementById(`${ident}-carte`), document.getElementById(`${ident}-etats`), valeur);
      else if (piece === 'titre' || piece === 'sous-titre' || piece === 'legende') {
        const el = document.getElementById(`${ident}-${piece}`);
        if (el && el.textContent !== valeur) el.textContent = valeur;
      } else if (!ATTENTE.has(piece)) ecrire(`${ident}-${piece}`, valeur);
    }
    const bloc = document.getElementById(`bloc-${ident}`);
    for (const lien of bloc?.querySelectorAll('a[data-telecharge]') ?? []) {
      const requete = [url.slice(1), lien.dataset.suite].filter(Boolean).join('&');
      lien.setAttribute('href', window.Filtres.avecInstantane(`${lien.pathname}${requete && `?${requete}`}`));
    }
    if (bloc?.dataset.vue === 'tableau') ouvrir(ident, 'jumeau');
  }

  /** On a phone the tabs slide: the one in use is brought in sight, without moving the page. */
  function montrerOnglet() {
    const [bande, actif] = [document.querySelector('.tabs'), document.querySelector('.tabs .active')];
    if (actif) bande.scrollLeft = actif.offsetLeft - (bande.clientWidth - actif.offsetWidth) / 2;
  }

  /** Header and footer of each bloc, once: React knows nothing of what they hold. @param {Record<string, any>} squelettes */
  function dresser(squelettes) {
    for (const [ident, morceaux] of Object.entries(squelettes ?? {})) {
      for (const [suffixe, html] of Object.entries(morceaux)) {
        const el = document.getElementById(`${ident}-${suffixe}`);
        if (el && !el.firstChild) el.innerHTML = html;
      }
    }
  }

  /** Clientside callback: the answer of a page, and the skeletons of its blocs. @param {any} d @param {any} squelettes */
  async function poser(d, squelettes) {
    if (!d) return dash.no_update;
    if (!document.getElementById(`page-${d.page}`)) await new Promise(window.requestAnimationFrame); // page just mounted
    const page = document.getElementById(`page-${d.page}`);
    if (!page) return dash.no_update;
    dresser(squelettes);
    Object.entries(d.tete).forEach(([id, html]) => ecrire(id, html));
    for (const lien of document.querySelectorAll('#puces a[href^="/telecharger/"]')) lien.setAttribute('href', window.Filtres.avecInstantane(lien.getAttribute('href')));
    Object.entries(d.blocs).forEach(([ident, pieces]) => poserBloc(ident, pieces, d.url));
    page.classList.remove('attente-page');
    page.classList.toggle('introuvable', Boolean(d.introuvable)); // a sheet about nothing: its sentence says it all
    montrerOnglet();
    document.getElementById('contenu')?.removeAttribute('aria-busy');
    return dash.no_update;
  }

  /** A click on a mark of a Plotly figure filters like any other. @param {any} point */
  function filtreDe(point) {
    const donnee = [point?.customdata].flat().at(-1);
    return typeof donnee === 'string' && /^[a-z_]+=[^<\s]+$/.test(donnee) ? donnee : null;
  }

  /** Plotly's figures are listened to once each, when the pointer first comes on them. */
  document.addEventListener('pointerover', (e) => {
    const figure = e.target.closest?.('.js-plotly-plot');
    if (!figure?.on || figure.dataset.ecoute) return;
    figure.dataset.ecoute = '1';
    figure.on('plotly_click', ({ points }) => {
      const filtre = points.map(filtreDe).find(Boolean);
      if (!filtre) return;
      const egal = filtre.indexOf('=');
      window.Filtres.basculer(filtre.slice(0, egal), filtre.slice(egal + 1));
    });
  });

  window.Rendu = { ouvrir };
  dash.rendu = { poser };
})();
