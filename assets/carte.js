/* The map: one static SVG per level, fetched once, coloured here from the store 'carte-donnees'.
   Boundary: a click on a zone is a data-filtre like any other (filtres.js); the frame is carte_cadre.js. */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  const CLASSES = [0, 1, 2, 3, 4, 5, 6];
  const PREMIERE_INVERSE = 4; // from this class on, labels take the inverse colour (contrast, both themes)
  const FLECHES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const HORS = { e: 'hors', t: 'hors de la sélection' };
  const dash = (window.dash_clientside ??= {});

  /** @typedef {{c?: number|null, t?: string, s?: string, h?: boolean, e?: 'valeur'|'s'|'nd'|'hors'}} Zone */
  /** @typedef {{url: string, zones: Object<string, Zone>, selection: string|null, cadre: string|null, cle: string, titre: string}} Donnees */

  /** @type {Map<string, Promise<string>>} one download per address */
  const textes = new Map();
  /** @type {WeakMap<SVGSVGElement, object>} frame, zones and boxes of each drawn map */
  const etats = new WeakMap();

  /** @param {string} url @returns {Promise<string>} */
  function telecharger(url) {
    if (!textes.has(url)) {
      const texte = fetch(url).then((r) => (r.ok ? r.text() : Promise.reject(new Error(`carte : ${r.status}`))));
      texte.catch(() => textes.delete(url));
      textes.set(url, texte);
    }
    return textes.get(url);
  }

  /** @param {string} nom @param {Object<string, string|number>} attributs */
  function creer(nom, attributs, ...enfants) {
    const el = document.createElementNS(SVG, nom);
    Object.entries(attributs).forEach(([k, v]) => el.setAttribute(k, v));
    el.append(...enfants);
    return el;
  }

  /** Patterns: hatching over each class (low coverage), dots (secret), thin lines (not available). */
  function trames() {
    const base = { patternUnits: 'userSpaceOnUse' };
    const fond = (classe, cote) => creer('rect', { width: cote, height: cote, class: classe });
    const ligne = (classe, cote) => creer('line', { y2: cote, class: classe });
    return creer('defs', {},
      ...CLASSES.map((c) => creer('pattern', { ...base, id: `hachures-${c}`, width: 7, height: 7 }, fond(`c${c}`, 7), ligne('trame-trait', 7))),
      creer('pattern', { ...base, id: 'trame-nd', width: 6, height: 6 }, fond('trame-fond-nd', 6), ligne('trame-nd', 6)),
      creer('pattern', { ...base, id: 'trame-s', width: 6, height: 6 }, fond('trame-fond-s', 6), creer('circle', { cx: 3, cy: 3, r: 1.1, class: 'trame-s' })));
  }

  /** @param {HTMLElement} hote @param {string} texte puts the drawing in place and returns it */
  function installer(hote, texte) {
    const modele = Object.assign(document.createElement('template'), { innerHTML: texte });
    const svg = modele.content.querySelector('svg');
    svg.setAttribute('role', 'group');
    svg.removeAttribute('width');
    svg.removeAttribute('height');
    svg.append(trames(), creer('path', { class: 'trait', hidden: '' }), creer('path', { class: 'trait vise', hidden: '' }));
    const bulle = Object.assign(document.createElement('div'), { className: 'bulle', hidden: true });
    hote.replaceChildren(svg, outils(svg), bulle);
    const zones = [...svg.querySelectorAll('.zone')];
    svg.classList.toggle('dense', zones.length > 200);
    const boites = new Map(zones.map((z) => [z.dataset.code, z.getBBox()]));
    etats.set(svg, { zones, boites, bulle, cadre: new window.CarteCadre(svg, () => etiqueter(svg)) });
    ecouter(svg);
    return svg;
  }

  /** @param {SVGSVGElement} svg @returns {HTMLElement} the zoom buttons */
  function outils(svg) {
    const boutons = [
      ['+', 'Agrandir la carte', (c) => c.zoomer(1 / 1.6)],
      ['−', 'Réduire la carte', (c) => c.zoomer(1.6)],
      ['Vue d’ensemble', '', (c) => c.viser(null)],
    ].map(([texte, nom, geste]) => {
      const b = Object.assign(document.createElement('button'), { type: 'button', textContent: texte });
      if (nom) b.setAttribute('aria-label', nom);
      else b.className = 'ensemble';
      b.addEventListener('click', () => geste(etats.get(svg).cadre));
      return b;
    });
    const boite = Object.assign(document.createElement('div'), { className: 'outils-carte' });
    boite.append(...boutons);
    return boite;
  }

  /** @param {SVGPathElement} path @param {Zone} z @param {Donnees} d colours and names one zone */
  function peindre(path, z, d) {
    const { code, nom } = path.dataset;
    const etat = z.e ?? (z.c == null ? 'nd' : 'valeur');
    const classe = etat === 'valeur' ? `c${z.c}` : etat === 'hors' ? 'hors' : `etat-${etat}`;
    const choisie = code === d.selection;
    path.setAttribute('class', ['zone', classe, z.h && 'hachure', choisie && 'on'].filter(Boolean).join(' '));
    path.style.fill = z.h && etat === 'valeur' ? `url("#hachures-${z.c}")` : '';
    path.setAttribute('aria-label', `${nom} : ${[z.t, z.s].filter(Boolean).join(', ')}`);
    path.setAttribute('role', 'button');
    path.setAttribute('aria-pressed', String(choisie));
    path.setAttribute('data-filtre', `${d.cle}=${code}`);
    path.setAttribute('tabindex', '-1');
  }

  /** Labels keep their size on screen; one that does not fit its zone becomes its number, or goes. */
  function etiqueter(svg) {
    const { boites } = etats.get(svg);
    const unite = svg.viewBox.baseVal.width / (svg.getBoundingClientRect().width || 1);
    svg.style.setProperty('--unite', unite.toFixed(4));
    svg.querySelectorAll('pattern').forEach((p) => p.setAttribute('patternTransform', `rotate(45) scale(${unite.toFixed(4)})`));
    for (const texte of svg.querySelectorAll('.etiquettes text')) {
      const { code } = texte.dataset;
      const nom = (texte.dataset.nom ??= texte.textContent);
      const place = (boites.get(code)?.width ?? 0) / unite;
      const tient = (t, haut = 0) => t.length * 6.6 + 4 < place && haut < (boites.get(code)?.height ?? 0) / unite;
      const court = /^\d\d$/.test(code) ? code : '';
      texte.textContent = tient(nom) ? nom : court || nom;
      texte.classList.toggle('cachee', !tient(texte.textContent, 12));
      const zone = svg.querySelector(`.zone[data-code="${CSS.escape(code)}"]`);
      const rang = Number(/\bc(\d)\b/.exec(zone?.getAttribute('class'))?.[1] ?? -1);
      texte.classList.toggle('inv', rang >= PREMIERE_INVERSE);
    }
  }

  /** @param {SVGSVGElement} svg @param {string} choix selector of the outline @param {SVGPathElement|undefined} zone */
  function souligner(svg, choix, zone) {
    const trait = svg.querySelector(choix);
    trait.toggleAttribute('hidden', !zone);
    if (zone) trait.setAttribute('d', zone.getAttribute('d'));
    if (zone?.getAttribute('transform')) trait.setAttribute('transform', zone.getAttribute('transform'));
  }

  /** @returns the box of a zone, or of all the zones of a département or of an EPT/EPCI */
  function boiteDe(svg, code) {
    const { zones, boites } = etats.get(svg);
    const siennes = zones.filter((z) => [z.dataset.code, z.dataset.dep, z.dataset.epci].includes(code))
      .map((z) => boites.get(z.dataset.code));
    if (!siennes.length) return null;
    const [x, y] = [Math.min(...siennes.map((b) => b.x)), Math.min(...siennes.map((b) => b.y))];
    return {
      x, y, w: Math.max(...siennes.map((b) => b.x + b.width)) - x, h: Math.max(...siennes.map((b) => b.y + b.height)) - y,
    };
  }

  /** @param {HTMLElement|null} hote @param {HTMLElement|null} signes receives the legend @param {Donnees|null} d */
  async function dessiner(hote, signes, d) {
    if (!hote || !d?.url) return;
    if (signes) signes.innerHTML = d.legende;
    const jeton = (hote.jeton = {});
    let texte;
    try {
      texte = await telecharger(d.url);
    } catch {
      hote.textContent = 'Le fond de carte n’a pas pu être chargé. Rechargez la page, ou lisez le tableau.';
      return;
    }
    if (hote.jeton !== jeton) return; // a newer drawing has started
    const neuf = hote.dataset.url !== d.url || !hote.querySelector('svg');
    const svg = neuf ? installer(hote, texte) : hote.querySelector('svg');
    hote.dataset.url = d.url;
    colorer(svg, d, neuf);
    window.Calques?.poser(svg, d.calques ?? []);
  }

  /** @param {SVGSVGElement} svg @param {Donnees} d @param {boolean} neuf no animation for a map just put in place */
  function colorer(svg, d, neuf) {
    const etat = Object.assign(etats.get(svg), { donnees: d });
    svg.setAttribute('aria-label', d.titre);
    for (const z of etat.zones) peindre(z, d.zones[z.dataset.code] ?? HORS, d);
    const choisie = etat.zones.find((z) => z.dataset.code === d.selection);
    souligner(svg, '.trait:not(.vise)', choisie);
    const focus = etat.zones.includes(document.activeElement) ? document.activeElement : choisie ?? etat.zones[0];
    focus?.setAttribute('tabindex', '0');
    if (neuf || etat.vise !== d.cadre) etat.cadre.viser(d.cadre ? boiteDe(svg, d.cadre) : null, neuf);
    etat.vise = d.cadre;
    etiqueter(svg);
  }

  /** @param {SVGSVGElement} svg @param {SVGPathElement} zone @param {number} x @param {number} y client coordinates */
  function montrerBulle(svg, zone, x, y) {
    const { bulle, donnees } = etats.get(svg);
    const { t, s } = donnees.zones[zone.dataset.code] ?? HORS;
    const ligne = (texte, i) => Object.assign(document.createElement(i ? 'span' : 'b'), { textContent: texte });
    bulle.replaceChildren(...[zone.dataset.nom, t, s].filter(Boolean).map(ligne));
    bulle.hidden = false;
    const cadre = svg.parentElement.getBoundingClientRect();
    const gauche = Math.min(x - cadre.left + 14, cadre.width - bulle.offsetWidth - 4);
    const sous = y - cadre.top + 18;
    const haut = sous + bulle.offsetHeight > cadre.height ? sous - bulle.offsetHeight - 30 : sous;
    const dans = (v, max) => Math.min(Math.max(4, v), Math.max(4, max));
    bulle.style.transform = `translate(${dans(gauche, cadre.width)}px, ${dans(haut, cadre.height - bulle.offsetHeight)}px)`;
  }

  /** The nearest zone in the direction of an arrow. */
  function voisine(svg, zone, [dx, dy]) {
    const { zones, boites } = etats.get(svg);
    const centre = (z) => { const b = boites.get(z.dataset.code); return [b.x + b.width / 2, b.y + b.height / 2]; };
    const [x, y] = centre(zone);
    const cout = (z) => {
      const [u, v] = [centre(z)[0] - x, centre(z)[1] - y];
      const avance = u * dx + v * dy;
      return avance > 0 ? avance + 2 * Math.abs(u * dy + v * dx) : Infinity;
    };
    const [prix, but] = zones.reduce((m, z) => (z !== zone && cout(z) < m[0] ? [cout(z), z] : m), [Infinity, null]);
    return prix < Infinity ? but : null;
  }

  /** @param {SVGSVGElement} svg pointer, focus and arrows */
  function ecouter(svg) {
    const { bulle } = etats.get(svg);
    const zoneDe = (e) => e.target.closest?.('.zone');
    svg.addEventListener('pointermove', (e) => { if (zoneDe(e)) montrerBulle(svg, zoneDe(e), e.clientX, e.clientY); else bulle.hidden = true; });
    svg.addEventListener('pointerleave', () => { bulle.hidden = true; });
    svg.addEventListener('focusin', (e) => {
      if (!zoneDe(e)?.matches(':focus-visible')) return;
      const [r, vue] = [e.target.getBoundingClientRect(), svg.getBoundingClientRect()];
      const dehors = r.right < vue.left || r.left > vue.right || r.bottom < vue.top || r.top > vue.bottom;
      if (dehors) etats.get(svg).cadre.viser(null);
      souligner(svg, '.trait.vise', e.target);
      montrerBulle(svg, e.target, r.left + r.width / 2, r.top + r.height / 2);
    });
    svg.addEventListener('focusout', () => { bulle.hidden = true; souligner(svg, '.trait.vise'); });
    svg.addEventListener('keydown', (e) => {
      const but = FLECHES[e.key] && zoneDe(e) && voisine(svg, zoneDe(e), FLECHES[e.key]);
      if (!FLECHES[e.key]) return;
      e.preventDefault();
      if (!but) return;
      zoneDe(e).setAttribute('tabindex', '-1');
      but.setAttribute('tabindex', '0');
      but.focus({ preventScroll: true });
    });
    new ResizeObserver(() => etiqueter(svg)).observe(svg);
  }

  window.Carte = { dessiner };
})();
