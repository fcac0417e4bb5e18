/* The one place that changes the state of the site. The state is the URL: widgets, chips, bars and the map all end
   in Filtres.naviguer(search). Boundary: knows keys and values, never what they mean. */
(() => {
  'use strict';
  const TERRITOIRE = ['dep', 'epci', 'commune'];
  const VUE = ['niveau', 'indicateur', 'pas', 'cumul', 'calques', 'etat', 'mesure', 'montant', 'part', 'taux', 'cout', 'tranche', 'instantane'];
  const VUES_MULTIPLES = ['calques', 'etat'];
  const dash = (window.dash_clientside ??= {});

  /** @typedef {{cle: string, widgets: string[], genre: 'intervalle'|'territoire'|'choix'|'liste', defaut?: any}} Filtre */

  /** @type {Filtre[]} last table seen, in case the store is not in the layout yet */
  let memoire = [];
  /** @type {Map<string, string>} what the URL last put in each widget: seen again in versUrl, it is no gesture */
  const poses = new Map();
  const texte = (valeur) => JSON.stringify(valeur ?? null);
  const composant = (id) => window.dash_component_api?.getLayout?.(id)?.props;

  /** @returns {Filtre[]} */
  const table = () => composant('table-filtres')?.data ?? memoire;

  /** @param {Filtre} f @returns {string[]} the URL keys of a filter */
  const cles = (f) => (f.genre === 'territoire' ? TERRITOIRE : [f.cle]);
  const ordre = () => [...table().flatMap(cles), ...VUE];
  const estListe = (cle) => VUES_MULTIPLES.includes(cle) || table().some((f) => f.cle === cle && f.genre === 'liste');

  /** @param {string} search @returns {Map<string, string>} */
  function lire(search) {
    return new Map([...new URLSearchParams(search ?? '')].filter(([, v]) => v !== ''));
  }

  /** @param {Map<string, string>} params @returns {string} readable search, in the fixed order; unknown keys dropped */
  function ecrire(params) {
    const paires = ordre().filter((c) => params.get(c))
      .map((c) => `${c}=${params.get(c).split(',').map(encodeURIComponent).join(',')}`);
    return paires.length ? `?${paires.join('&')}` : '';
  }

  /** An address with the snapshot that the current one quotes, if any. @param {string} adresse */
  function avecInstantane(adresse) {
    const identite = lire(window.location.search).get('instantane');
    if (!identite || /[?&]instantane=/.test(adresse)) return adresse;
    return `${adresse}${adresse.includes('?') ? '&' : '?'}instantane=${encodeURIComponent(identite)}`;
  }

  /** Pushes a new state; the same state is not pushed twice. @param {string} search */
  function naviguer(search) {
    if (search === window.location.search) return;
    document.getElementById('contenu')?.setAttribute('aria-busy', 'true'); // until the answer is in place
    dash.set_props('url', { search });
  }

  /** @param {(params: Map<string, string>) => void} geste */
  function modifier(geste) {
    const params = lire(window.location.search);
    geste(params);
    naviguer(ecrire(params));
  }

  const elements = (params, cle) => (params.get(cle) ?? '').split(',').filter(Boolean);

  /** Sets one value; a list receives it in addition, a territory replaces the others. */
  function poser(params, cle, valeur) {
    if (TERRITOIRE.includes(cle)) TERRITOIRE.forEach((c) => params.delete(c));
    if (!estListe(cle)) params.set(cle, valeur);
    else params.set(cle, [...new Set([...elements(params, cle), valeur])].join(','));
  }

  /** Removes one value; without a value, or for a single key, the key goes; « territoire » is any territory. */
  function oter(params, cle, valeur) {
    if (cle === 'territoire') return TERRITOIRE.forEach((c) => params.delete(c));
    const reste = estListe(cle) && valeur ? elements(params, cle).filter((v) => v !== valeur) : [];
    if (reste.length) params.set(cle, reste.join(','));
    else params.delete(cle);
  }

  /** @param {string} cle @param {string} valeur */
  const ajouter = (cle, valeur) => modifier((p) => (valeur ? poser(p, cle, valeur) : oter(p, cle)));
  const retirer = (cle, valeur) => modifier((p) => oter(p, cle, valeur));

  /** @param {string} cle @param {string} valeur sets the value, or removes it when it is there */
  const basculer = (cle, valeur) => modifier((p) => {
    if (valeur && elements(p, cle).includes(valeur)) oter(p, cle, valeur);
    else if (valeur) poser(p, cle, valeur);
    else oter(p, cle);
  });

  /** @param {Filtre} f @param {Map<string, string>} params @returns {any[]} one value per widget */
  function valeursWidget(f, params) {
    if (f.genre === 'intervalle') {
      const annees = /^(\d{4})(?:-(\d{4}))?$/.exec(params.get(f.cle) ?? '');
      return annees ? [Number(annees[1]), Number(annees[2] ?? annees[1])] : [...f.defaut];
    }
    if (f.genre === 'territoire') {
      const cle = TERRITOIRE.find((c) => params.has(c));
      return [cle ? `${cle}:${params.get(cle)}` : null];
    }
    if (f.genre === 'liste') return [elements(params, f.cle)];
    return [params.get(f.cle) ?? f.defaut ?? null];
  }

  /** Puts the widgets' values of one filter in the URL parameters. @param {Filtre} f @param {any[]} valeurs */
  function ranger(f, valeurs, params) {
    cles(f).forEach((c) => params.delete(c));
    const [v, w] = valeurs;
    if (f.genre === 'intervalle') {
      if (String([v, w]) !== String(f.defaut)) params.set(f.cle, v === w ? `${v}` : `${v}-${w}`);
    } else if (f.genre === 'territoire') {
      const [cle, code] = (v ?? '').split(':');
      if (TERRITOIRE.includes(cle) && code) params.set(cle, code);
    } else if (f.genre === 'liste') {
      if (v?.length) params.set(f.cle, v.join(','));
    } else if (v && v !== f.defaut) params.set(f.cle, v);
  }

  /** Years stay in order: the one just chosen pulls the other. @param {string[]} touches ids of changed widgets */
  function ordonner(f, [debut, fin], touches) {
    const [a, b] = [debut ?? fin ?? f.defaut[0], fin ?? debut ?? f.defaut[1]];
    if (a <= b) return [a, b];
    return touches.includes(f.widgets[1]) ? [b, b] : [a, a];
  }

  /** A widget that shows less than the URL only because it does not know a value has not been touched. */
  function inchange(f, valeurs, params) {
    const attendues = valeursWidget(f, params);
    if (JSON.stringify(attendues) === JSON.stringify(valeurs)) return true;
    const options = composant(f.widgets[0])?.options;
    if (!Array.isArray(options) || f.genre === 'intervalle') return false;
    const connues = new Set(options.map((o) => String(o?.value ?? o)));
    const gardees = [attendues[0] ?? []].flat().filter((v) => connues.has(String(v)));
    return JSON.stringify(gardees) === JSON.stringify([valeurs[0] ?? []].flat());
  }

  /** @returns {string[]|null} ids of the widgets that fired; null when the callback was called by hand */
  function declencheurs() {
    const liste = dash.callback_context?.triggered;
    return liste ? liste.map((t) => t.prop_id.split('.')[0]) : null;
  }

  /** Clientside callback: widgets → URL. Only the filters whose widget fired are read. */
  function versUrl(...valeurs) {
    const vue = composant('url')?.search;
    if (vue !== undefined && vue !== window.location.search) return dash.no_update; // the back button is on its way
    const touches = declencheurs();
    const params = lire(window.location.search);
    let rang = 0;
    let change = false;
    for (const f of table()) {
      let siennes = valeurs.slice(rang, (rang += f.widgets.length));
      if (touches && !f.widgets.some((w, i) => touches.includes(w) && texte(siennes[i]) !== poses.get(w))) continue;
      if (f.genre === 'intervalle' && f.widgets.some((w, i) => touches?.includes(w) && siennes[i] == null)) continue; // a year the list does not know
      if (f.genre === 'intervalle') siennes = ordonner(f, siennes, touches ?? []);
      if (inchange(f, siennes, params)) continue;
      ranger(f, siennes, params);
      change = true;
    }
    if (change) naviguer(ecrire(params));
    return dash.no_update;
  }

  /** Clientside callback: URL → values of all widgets, in the order of the table. */
  function versWidgets(_search, donnees) {
    if (donnees) memoire = donnees;
    const params = lire(window.location.search); // the address itself: Dash's copy of it may be late
    const valeurs = table().flatMap((f) => valeursWidget(f, params));
    table().flatMap((f) => f.widgets).forEach((w, i) => poses.set(w, texte(valeurs[i])));
    return valeurs;
  }

  /** Clientside callback of the header's search box: applies the choice and empties the box. */
  function rechercher(valeur) {
    if (!valeur) return dash.no_update;
    const [cle, ...reste] = valeur.split(':');
    if (cle === 'fiche') aller(reste.join(':'));
    else if (!surFiche()) ajouter(cle, reste.join(':'));
    else if (cle === 'acheteur') aller(`/fiche/acheteur/${encodeURIComponent(reste.join(':'))}`);
    else aller(`/${ecrire(new Map([[cle, reste.join(':')]]))}`); // a sheet has no filter: the first page has
    return null;
  }

  /** Clientside callback: text of the phone's button, with the number of filters in use. @param {string} search */
  function intitule(search) {
    const params = lire(search);
    const n = table().flatMap(cles).filter((c) => params.has(c)).length;
    return n ? `Filtres · ${n}` : 'Filtres';
  }

  /** @param {Element} el @param {string} attribut @returns {[string, string]} key and value of a data-… attribute */
  function lireAttribut(el, attribut) {
    const texte = el.getAttribute(attribut);
    const egal = texte.indexOf('=');
    return egal < 0 ? [texte, ''] : [texte.slice(0, egal), texte.slice(egal + 1)];
  }

  /** @param {Event} e @returns {boolean} true when the event was about a filter */
  function agir(e) {
    const el = e.target.closest?.('[data-filtre],[data-bascule],[data-retire],[data-reinitialise]');
    if (!el || el.getAttribute('aria-disabled') === 'true') return false;
    if (el.hasAttribute('data-reinitialise')) naviguer(avecInstantane('')); // the data quoted stay those quoted
    else if (el.hasAttribute('data-bascule')) basculer(...lireAttribut(el, 'data-bascule'));
    else if (el.hasAttribute('data-retire')) retirer(...lireAttribut(el, 'data-retire'));
    else if (el.closest('.lvl')) ajouter(...lireAttribut(el, 'data-filtre')); // a choice among levels is never empty
    else basculer(...lireAttribut(el, 'data-filtre'));
    return true;
  }

  document.addEventListener('click', (e) => { if (agir(e)) e.preventDefault(); });
  document.addEventListener('keydown', (e) => {
    if ((e.key !== 'Enter' && e.key !== ' ') || e.target.closest?.('button,a,input,summary')) return;
    if (agir(e)) e.preventDefault();
  });

  /** Pages whose table needs a library the others do without: they come whole when it is not there yet. */
  function demandeLaGrille(chemin) {
    const pages = document.querySelector('[data-grilles]')?.dataset.grilles.split(' ') ?? [];
    return pages.includes(chemin) && (window.dash_ag_grid?.absente ?? true);
  }

  /** The sheet of a territory is a document of its own, for paper. @param {string} adresse */
  const estDocument = (adresse) => adresse.startsWith('/fiche/territoire/');

  const surFiche = () => window.location.pathname.startsWith('/fiche/');

  /** Goes to a page of the site, without loading it again. @param {string} adresse path and search */
  function aller(adresse) {
    if (estDocument(adresse) || demandeLaGrille(adresse.split('?')[0])) {
      window.location.assign(avecInstantane(adresse));
      return;
    }
    window.history.pushState({}, '', avecInstantane(adresse));
    window.dispatchEvent(new CustomEvent('_dashprivate_pushstate')); // what Dash's own links do
    window.scrollTo(0, 0);
  }

  /** Going to another tab keeps the selection: it takes the search of the address with it. A link says all it means. */
  function changerDePage(e) {
    const lien = e.target.closest?.('.tabs a[href^="/"], a[href^="/fiche/"], a[data-page]');
    if (!lien || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    const cible = new URL(lien.href);
    aller(cible.pathname + (lien.closest('.tabs') ? window.location.search : cible.search));
  }
  document.addEventListener('click', changerDePage, { capture: true });

  window.Filtres = { aller, avecInstantane, naviguer, basculer, ajouter, retirer, lire, ecrire };
  dash.filtres = { versUrl, versWidgets, rechercher, intitule };
})();
