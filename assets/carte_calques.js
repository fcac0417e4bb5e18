/* Points laid over the map: stations and inclusive structures. `Calques.poser(svg, ['gares', 'structures'])` draws the layers
   asked for and removes the others. Boundary: places circles; what they say and where comes from /carte/calque/<code>.json. */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  /** Layers from the bottom up, and the radius in px of a point that counts n: areas are proportional. */
  const RAYONS = { structures: (n) => 2.3 * Math.sqrt(n), gares: () => 4 };
  const CODES = Object.keys(RAYONS);

  /** @typedef {{titre: string, points: {x: number, y: number, n: number, t: string}[]}} Calque */

  /** @type {Map<string, Promise<Calque>>} one download per layer */
  const calques = new Map();
  /** @type {WeakMap<SVGSVGElement, string[]>} layers asked for last on each map */
  const voulus = new WeakMap();

  /** @param {string} code @returns {Promise<Calque>} the server sends to the address of the present version */
  function telecharger(code) {
    if (!calques.has(code)) {
      const calque = fetch(`/carte/calque/${code}.json`).then((r) => (r.ok ? r.json() : Promise.reject(new Error(`calque ${code} : ${r.status}`))));
      calque.catch(() => calques.delete(code));
      calques.set(code, calque);
    }
    return calques.get(code);
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
      for (const point of groupe.children) point.setAttribute('r', (rayon(Number(point.dataset.n)) * unite).toFixed(2));
    }
  }

  /** A click on a point is a click on the territory under it. @param {MouseEvent} e */
  function transmettre(e) {
    const zone = document.elementsFromPoint(e.clientX, e.clientY).find((el) => el.matches('.zone'));
    zone?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, clientX: e.clientX, clientY: e.clientY }));
  }

  /** @param {SVGSVGElement} svg @param {string} code @param {Calque} calque */
  function dessiner(svg, code, calque) {
    const points = calque.points.map((p) => creer('circle', { cx: p.x, cy: p.y, 'data-n': p.n, role: 'img' },
      creer('title', {}, p.t)));
    const groupe = creer('g', { class: `calque calque-${code}`, 'data-calque': code, role: 'group', 'aria-label': calque.titre }, ...points);
    groupe.addEventListener('click', transmettre);
    const dessus = CODES.slice(CODES.indexOf(code) + 1).map((c) => `.calque-${c}`);
    svg.insertBefore(groupe, svg.querySelector([...dessus, '.etiquettes'].join(',')));
    if (!svg.dataset.calques) new MutationObserver(() => dimensionner(svg)).observe(svg, { attributeFilter: ['style'] });
    svg.dataset.calques = 'suivis';
    dimensionner(svg);
  }

  /** @param {SVGSVGElement} svg @param {string[]} codes layers to show, among CODES; settles when they are drawn */
  async function poser(svg, codes) {
    const choisis = CODES.filter((c) => codes.includes(c));
    voulus.set(svg, choisis);
    for (const groupe of svg.querySelectorAll('.calque')) if (!choisis.includes(groupe.dataset.calque)) groupe.remove();
    await Promise.all(choisis.map(async (code) => {
      try {
        const calque = await telecharger(code);
        if (voulus.get(svg).includes(code) && !svg.querySelector(`.calque-${code}`)) dessiner(svg, code, calque);
      } catch (erreur) {
        console.error(erreur); // the map stays readable without its layer; the next choice asks again
      }
    }));
  }

  window.Calques = { poser };
})();
