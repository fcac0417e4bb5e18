/* A bloc as one standalone picture, always in the light theme: title, selection, figure as vectors, source, address.
   A figure pasted in a slide still says what it is. Boundary: reads the page, never changes it. */
(() => {
  'use strict';
  const LARGEUR = 1200;
  const MARGE = 48;
  const UTILE = LARGEUR - 2 * MARGE;
  const POLICE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const STYLES = ['fill', 'stroke', 'stroke-dasharray', 'stroke-linejoin', 'text-anchor', 'dominant-baseline', 'font-weight', 'opacity'];

  /** @typedef {{svg: string, hauteur: number}} Dessin  vectors placed from y = 0, and their height */

  const crayon = document.createElement('canvas').getContext('2d');
  const echapper = (t) => String(t).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
  const contenu = (el) => (el?.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim();

  /** @returns {number} width in px */
  function mesurer(texte, taille, gras = 400) {
    crayon.font = `${gras} ${taille}px ${POLICE}`;
    return crayon.measureText(texte).width;
  }

  /** @returns {string[]} lines no wider than `largeur`; only ordinary spaces break */
  function couper(texte, taille, largeur, gras) {
    const lignes = [''];
    for (const mot of texte.split(' ')) {
      const essai = `${lignes.at(-1)} ${mot}`.trim();
      if (lignes.at(-1) && mesurer(essai, taille, gras) > largeur) lignes.push(mot);
      else lignes[lignes.length - 1] = essai;
    }
    return lignes;
  }

  /** @returns {string} one line of text */
  function ecrire(x, y, texte, { taille = 15, gras = 400, couleur, ancre = 'start' }) {
    return `<text x="${x}" y="${y}" font-size="${taille}" font-weight="${gras}" fill="${couleur}" text-anchor="${ancre}" xml:space="preserve">${echapper(texte)}</text>`;
  }

  const rect = (x, y, w, h, couleur, r = 3) => `<rect x="${x}" y="${y}" width="${Math.max(0, w)}" height="${h}" rx="${r}" fill="${couleur}"/>`;

  /** @returns {Dessin} wrapped text */
  function paragraphe(texte, style, interligne = 1.4) {
    const lignes = couper(texte, style.taille, UTILE, style.gras);
    const pas = style.taille * interligne;
    return { svg: lignes.map((l, i) => ecrire(MARGE, pas * i + style.taille, l, style)).join(''), hauteur: pas * lignes.length };
  }

  /** @param {'light'|'dark'} theme @returns {(jeton: string) => string} reads the tokens of a theme, whatever the page shows */
  function jetons(theme) {
    const sonde = document.createElement('div');
    sonde.dataset.bsTheme = theme;
    document.body.append(sonde);
    const style = window.getComputedStyle(sonde);
    const lus = Object.fromEntries(['page', 'surface', 'ink', 'muted', 'line', 'champ', 'accent', 'accent-ink', 'soft', 'warn', 'r0', 'r1', 'r2', 'r3', 'r4',
      'r5', 'r6', 'inv', 'engaged', 'men', 'women', 'barre', 'barre-on', 'nd', 'hors', 'up', 'down', 'trame'].map((n) => [n, style.getPropertyValue(`--${n}`).trim()]));
    sonde.remove();
    return lus;
  }

  /** Writes on each drawn element the style it has here, in user units. */
  function figer(source, unite) {
    for (const el of source.querySelectorAll('path,rect,circle,line,text')) {
      const style = window.getComputedStyle(el);
      if (style.display === 'none' || el.hasAttribute('hidden')) { el.setAttribute('data-vide', ''); continue; }
      const regles = STYLES.map((n) => `${n}:${style.getPropertyValue(n).replace(/url\("?[^#]*#([^")]+)"?\)/, 'url(#$1)')}`);
      const trait = parseFloat(style.strokeWidth) * (el.closest('pattern') ? 1 : unite);
      regles.push(`stroke-width:${trait}`, el.tagName === 'text' ? `font-size:${style.fontSize};font-family:${POLICE.replaceAll('"', "'")}` : '');
      el.setAttribute('style', regles.filter(Boolean).join(';'));
      ['class', 'tabindex', 'role', 'data-filtre', 'aria-pressed', 'vector-effect'].forEach((a) => el.removeAttribute(a));
    }
    source.querySelectorAll('[data-vide]').forEach((el) => el.remove());
  }

  /** @param {SVGSVGElement} original @returns {Dessin} the map as it is framed now */
  function dessinerCarte(original, t) {
    const { width, height } = original.viewBox.baseVal;
    const echelle = Math.min(UTILE / width, 660 / height);
    const boite = Object.assign(document.createElement('div'), { className: 'carte' });
    boite.dataset.bsTheme = 'light';
    boite.style.cssText = 'position:absolute;left:-9999px;top:0;width:1100px';
    const copie = original.cloneNode(true);
    copie.style.setProperty('--unite', 1.15 / echelle);
    copie.querySelectorAll('pattern').forEach((p) => p.setAttribute('patternTransform', `rotate(45) scale(${1.2 / echelle})`));
    boite.append(copie);
    document.body.append(boite);
    figer(copie, 1.2 / echelle);
    boite.remove();
    Object.entries({ x: (LARGEUR - width * echelle) / 2, y: 0, width: width * echelle, height: height * echelle, overflow: 'hidden' })
      .forEach(([k, v]) => copie.setAttribute(k, v));
    ['style', 'class', 'tabindex', 'role'].forEach((a) => copie.removeAttribute(a));
    const legende = dessinerLegende(original.closest('.bloc')?.querySelector('.legende'), t, echelle);
    const haut = height * echelle + 16;
    return { svg: new XMLSerializer().serializeToString(copie) + decaler(legende, haut), hauteur: haut + legende.hauteur };
  }

  /** @param {number} k scale of the map, whose patterns are reused here @returns {Dessin} title, classes, other signs */
  function dessinerLegende(legende, t, k) {
    if (!legende) return { svg: '', hauteur: 0 };
    const style = { taille: 14, couleur: t.muted };
    let svg = ecrire(MARGE, 14, contenu(legende.querySelector('p')), style);
    let x = MARGE;
    for (const li of legende.querySelectorAll('li')) {
      const w = Math.max(76, mesurer(contenu(li), 14) + 12);
      const classe = /\bc\d\b/.exec(li.querySelector('i')?.className)?.[0] ?? '';
      svg += rect(x, 24, w, 12, t[classe.replace('c', 'r')] ?? t.nd, 0) + ecrire(x + w / 2, 52, contenu(li), { ...style, ancre: 'middle' });
      x += w;
    }
    for (const signe of legende.querySelectorAll('.hat')) {
      const genre = signe.querySelector('i')?.className ?? '';
      const fond = genre.includes('etat-s') ? 'url(#trame-s)' : genre.includes('etat-nd') ? 'url(#trame-nd)' : genre.includes('hors') ? t.hors : 'url(#hachures-2)';
      svg += `<g transform="translate(${x + 24} 24) scale(${k})">${rect(0, 0, 24 / k, 12 / k, fond, 0)}</g>` + ecrire(x + 54, 35, contenu(signe), style);
      x += 54 + mesurer(contenu(signe), 14);
    }
    return { svg, hauteur: 62 };
  }

  /** Colours of the dark tokens become those of the light ones, in any nested structure. */
  function eclaircir(valeur, table) {
    if (typeof valeur === 'string') return table.get(valeur.toLowerCase()) ?? valeur;
    if (Array.isArray(valeur)) return valeur.map((v) => eclaircir(v, table));
    if (valeur?.constructor !== Object) return valeur;
    return Object.fromEntries(Object.entries(valeur).map(([k, v]) => [k, eclaircir(v, table)]));
  }

  /** @returns {Promise<Dessin>} */
  async function dessinerPlotly(gd, t) {
    const sombre = jetons('dark');
    const table = new Map(Object.keys(t).map((n) => [sombre[n].toLowerCase(), t[n]]));
    const [width, height] = [UTILE / 1.35, Math.max(300, Math.min(560, gd.offsetHeight || 320))];
    const layout = { ...eclaircir(gd.layout, table), width, height, autosize: false, paper_bgcolor: t.surface, plot_bgcolor: t.surface };
    const adresse = await window.Plotly.toImage({ data: eclaircir(gd.data, table), layout, config: { locale: 'fr' } }, { format: 'svg', width, height });
    const svg = new DOMParser().parseFromString(decodeURIComponent(adresse.slice(adresse.indexOf(',') + 1)), 'image/svg+xml').documentElement;
    Object.entries({ x: MARGE, y: 0, width: UTILE, height: height * 1.35, viewBox: `0 0 ${width} ${height}` }).forEach(([k, v]) => svg.setAttribute(k, v));
    return { svg: new XMLSerializer().serializeToString(svg), hauteur: height * 1.35 };
  }

  const decaler = (dessin, y) => `<g transform="translate(0 ${y})">${dessin.svg}</g>`;

  /** @param {HTMLElement} bloc @returns {Promise<Dessin[]>} every figure of the bloc, from top to bottom */
  async function figures(bloc, t) {
    const vide = contenu(bloc.querySelector('.vide'));
    const trouvees = vide ? [] : [...bloc.querySelectorAll('.carte > svg, .js-plotly-plot, .corps > div[id$="-figure"]')];
    const dessins = await Promise.all(trouvees.map((el) => {
      if (el.matches('svg')) return dessinerCarte(el, t);
      return el.matches('.js-plotly-plot') ? dessinerPlotly(el, t) : window.ExportHtml.dessiner(el, MARGE, UTILE);
    }));
    return dessins.length ? dessins : [paragraphe(vide || 'Figure non disponible.', { taille: 17, couleur: t.muted })];
  }

  /** @param {HTMLElement} bloc @returns {Promise<{svg: string, hauteur: number}>} the whole picture */
  async function composer(bloc) {
    const t = jetons('light');
    const demo = document.querySelector('[data-demo]');
    const blocs = [
      paragraphe(contenu(bloc.querySelector('h2')), { taille: 28, gras: 650, couleur: t.ink }, 1.25),
      paragraphe(contenu(bloc.querySelector('header p')), { taille: 17, couleur: t.muted }),
      { svg: '', hauteur: 4 }, ...(await figures(bloc, t)), { svg: '', hauteur: 4 },
      paragraphe(contenu(bloc.querySelector('footer > span')), { taille: 14, couleur: t.muted }),
      ...(demo ? [paragraphe('Données de démonstration : chiffres synthétiques, ne pas citer.', { taille: 14, gras: 650, couleur: t.warn })] : []),
      paragraphe(window.location.href.split('#')[0], { taille: 14, couleur: t.muted }),
    ];
    let y = MARGE - 8;
    const corps = blocs.map((b) => { const g = decaler(b, y); y += b.hauteur + 8; return g; }).join('');
    const hauteur = Math.ceil(y + MARGE - 16);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${LARGEUR}" height="${hauteur}" viewBox="0 0 ${LARGEUR} ${hauteur}" font-family="${echapper(POLICE)}">`
      + `<title>${echapper(contenu(bloc.querySelector('h2')))}</title><rect width="100%" height="100%" fill="${t.surface}"/>${corps}</svg>`;
    return { svg, hauteur };
  }

  /** @returns {string} ASCII, lower case, words joined by dashes */
  const ascii = (t) => t.normalize('NFD').replace(/[^\w,=&-]/g, '').replace(/[,=]/g, '-').replace(/&/g, '_').toLowerCase();

  /** @param {HTMLElement} bloc @param {string} format @returns {string} file name: bloc and selection */
  function nommer(bloc, format) {
    const selection = ascii(decodeURIComponent(window.location.search.slice(1))).slice(0, 80) || 'ile-de-france';
    return `observatoire_${ascii(bloc.id.replace(/^bloc-/, '') || 'bloc')}_${selection}.${format}`;
  }

  /** @param {string} svg @param {number} hauteur @returns {Promise<Blob>} drawn at twice the size */
  async function enPng(svg, hauteur) {
    const adresse = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml;charset=utf-8' }));
    try {
      const image = new Image();
      image.src = adresse;
      await image.decode();
      const toile = Object.assign(document.createElement('canvas'), { width: LARGEUR * 2, height: hauteur * 2 });
      toile.getContext('2d').drawImage(image, 0, 0, toile.width, toile.height);
      return await new Promise((ok, non) => { toile.toBlob((b) => (b ? ok(b) : non(new Error('image vide'))), 'image/png'); });
    } finally {
      URL.revokeObjectURL(adresse);
    }
  }

  /** @param {Blob} blob @param {string} nom */
  function enregistrer(blob, nom) {
    const a = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: nom });
    a.click();
    window.setTimeout(() => URL.revokeObjectURL(a.href), 2000);
  }

  /** Puts the picture in the clipboard, ready to be pasted in a message or a slide. @param {HTMLElement} bloc */
  async function copier(bloc) {
    if (!navigator.clipboard?.write || !window.ClipboardItem) {
      window.Interface?.annoncer('Ce navigateur ne copie pas d’image ici (adresse sans https ?) : prenez l’image PNG');
      return;
    }
    const image = composer(bloc).then(({ svg, hauteur }) => enPng(svg, hauteur)); // a promise: Safari wants the gesture
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    window.Interface?.annoncer('Image copiée : collez-la dans un message ou une diapositive');
  }

  /** @param {HTMLElement} bloc @param {'png'|'svg'|'copie'} format builds the picture, then saves or copies it */
  async function exporter(bloc, format) {
    try {
      if (format === 'copie') {
        await copier(bloc);
        return;
      }
      const { svg, hauteur } = await composer(bloc);
      const blob = format === 'png' ? await enPng(svg, hauteur) : new Blob([svg], { type: 'image/svg+xml;charset=utf-8' });
      enregistrer(blob, nommer(bloc, format));
      window.Interface?.annoncer(`Image ${format.toUpperCase()} enregistrée`);
    } catch (erreur) {
      console.error(erreur);
      window.Interface?.annoncer('L’image n’a pas pu être produite. Essayez l’autre format, ou le tableau.');
    }
  }

  window.Exports = { exporter, composer };
})();
