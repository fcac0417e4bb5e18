/* Points laid over the map: stations, inclusive structures, operations. `Calques.poser(svg, ['gares', {code: 'operations', …}])`
   draws the layers asked for and removes the others. Boundary: places circles and marks; what they say and where comes from
   /carte/calque/<code>.json, or from the page itself when the layer obeys its filters. */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  /** Layers from the bottom up, and the radius in px of a point that counts n: areas are proportional. */
  const RAYONS = { structures: (n) => 2.3 * Math.sqrt(n), gares: () => 4, operations: (n) => Math.max(5, 2.4 * Math.sqrt(n)) };
  const CODES = Object.keys(RAYONS);

  /** A point of the operations also has a state (e), its mark (i), and what a click does: a sheet (lien) or a filter (filtre).
   * @typedef {{titre: string, points: {x: number, y: number, n: number, t: string, e?: string, i?: string, lien?: string, filtre?: string}[]}} Calque
   * @typedef {Calque & {code: string}} Envoi a layer sent by the page */

  /** @type {Map<string, Promise<Calque>>} one download per address: that of a layer, on the snapshot that the page quotes */
  const calques = new Map();
  /** @type {WeakMap<SVGSVGElement, string[]>} layers asked for last on each map */
  const voulus = new WeakMap();

  /** @param {string} code @returns {string} where the points are: those of today, or of the snapshot that the page quotes */
  function adresse(code) {
    const cite = new URLSearchParams(window.location.search).get('instantane');
    return `/carte/calque/${code}.json${cite ? `?instantane=${encodeURIComponent(cite)}` : ''}`;
  }

  /** @param {string} ou an address @returns {Promise<Calque>} the server sends to the address of the right version */
  function telecharger(ou) {
    if (!calques.has(ou)) {
      const calque = fetch(ou).then((r) => (r.ok ? r.json() : Promise.reject(new Error(`${ou} : ${r.status}`))));
      calque.catch(() => calques.delete(ou));
      calques.set(ou, calque);
    }
    return calques.get(ou);
  }

  /** @param {string} nom @param {Object<string, string|number>} attributs */
  function creer(nom, attributs, ...enfants) {
    const el = document.createElementNS(SVG, nom);
    Object.entries(attributs).forEach(([k, v]) => el.setAttribute(k, v));
    el.append(...enfants);
    return el;
  }

  /** Circles keep their size on screen: the map tells the length of a px in --unite. @param {SVGSVGElement} svg */
  function dimensionner(svg) {
    const unite = Number(svg.style.getPropertyValue('--unite')) || 1;
    for (const groupe of svg.querySelectorAll('.calque')) {
      const rayon = RAYONS[groupe.dataset.calque];
      for (const cercle of groupe.querySelectorAll('circle')) cercle.setAttribute('r', (rayon(Number(cercle.dataset.n)) * unite).toFixed(2));
    }
  }

  /** A click on a point opens its sheet; on one that has none nor any filter, it is a click on the territory under it. */
  function transmettre(e) {
    const point = e.target.closest('[data-lien],[data-filtre]');
    if (point?.dataset.lien) window.Filtres?.aller(point.dataset.lien);
    if (point) return;
    const zone = document.elementsFromPoint(e.clientX, e.clientY).find((el) => el.matches('.zone'));
    zone?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, clientX: e.clientX, clientY: e.clientY }));
  }

  /** An operation: a circle, and the mark of its state, which is never its colour alone. */
  function operation(p) {
    const gestes = { ...(p.lien && { 'data-lien': p.lien }), ...(p.filtre && { 'data-filtre': p.filtre }) };
    return creer('g', { class: `operation e-${p.e}`, role: 'img', 'aria-label': p.t, ...gestes }, creer('title', {}, p.t),
      creer('circle', { cx: p.x, cy: p.y, 'data-n': p.n }), creer('text', { x: p.x, y: p.y, 'aria-hidden': 'true' }, p.i));
  }

  /** @param {SVGSVGElement} svg @param {string} code @param {Calque} calque @param {string} ou its address */
  function dessiner(svg, code, calque, ou) {
    const points = calque.points.map((p) => (p.e ? operation(p)
      : creer('circle', { cx: p.x, cy: p.y, 'data-n': p.n, role: 'img' }, creer('title', {}, p.t))));
    const groupe = creer('g', { class: `calque calque-${code}`, 'data-calque': code, 'data-ou': ou, role: 'group', 'aria-label': calque.titre }, ...points);
    groupe.addEventListener('click', transmettre);
    const dessus = CODES.slice(CODES.indexOf(code) + 1).map((c) => `.calque-${c}`);
    svg.insertBefore(groupe, svg.querySelector([...dessus, '.etiquettes'].join(',')));
    if (!svg.dataset.calques) new MutationObserver(() => dimensionner(svg)).observe(svg, { attributeFilter: ['style'] });
    svg.dataset.calques = 'suivis';
    dimensionner(svg);
  }

  /** @param {SVGSVGElement} svg @param {(string|Envoi)[]} demandes layers to show; settles when they are drawn */
  async function poser(svg, demandes) {
    const envois = new Map(demandes.filter((d) => typeof d !== 'string').map((d) => [d.code, d]));
    const choisis = CODES.filter((c) => envois.has(c) || demandes.includes(c));
    voulus.set(svg, choisis);
    for (const groupe of svg.querySelectorAll('.calque')) {
      const { calque } = groupe.dataset;
      const autre = envois.has(calque) || groupe.dataset.ou !== adresse(calque); // sent again, or of another snapshot
      if (!choisis.includes(calque) || autre) groupe.remove();
    }
    await Promise.all(choisis.map(async (code) => {
      const ou = adresse(code);
      try {
        const calque = envois.get(code) ?? await telecharger(ou);
        if (!voulus.get(svg).includes(code) || (!envois.has(code) && adresse(code) !== ou)) return; // asked for no more
        if (!svg.querySelector(`.calque-${code}`)) dessiner(svg, code, calque, ou);
      } catch (erreur) {
        console.error(erreur); // the map stays readable without its layer; the next choice asks again
      }
    }));
  }

  window.Calques = { poser };
})();
