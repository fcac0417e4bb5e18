/* Any light figure (bars, pyramid, distribution, trajectories…) as vectors: its HTML is laid out once more, apart,
   in the light theme and at the width of the picture, then each box and each line of text is written where it stands.
   Boundary: reads the page, never changes it; knows no figure in particular. */
(() => {
  'use strict';
  /** Larger than on the page: the picture is read on a slide. */
  const ECHELLE = 1.25;

  const echapper = (t) => String(t).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
  const visible = (couleur) => couleur && couleur !== 'transparent' && !/,\s*0\)$|\/\s*0\)$/.test(couleur);
  const n = (v) => Number(v.toFixed(2));

  /** @param {Element} figure @param {number} largeur @returns {HTMLElement} a copy laid out out of sight, light and unfolded */
  function copier(figure, largeur) {
    const bloc = figure.closest('.bloc');
    const boite = Object.assign(document.createElement('section'), { className: bloc.className });
    boite.dataset.bsTheme = 'light';
    boite.style.cssText = `position:absolute;left:-9999px;top:0;width:${largeur}px;padding:0;border:0;height:auto;color:var(--ink)`;
    const corps = Object.assign(document.createElement('div'), { className: 'corps' });
    corps.append(figure.cloneNode(true));
    boite.append(corps);
    boite.querySelectorAll('.longue').forEach((el) => { el.style.cssText += 'max-height:none;overflow:visible;mask-image:none'; });
    boite.querySelectorAll('[id]').forEach((el) => el.removeAttribute('id'));
    bloc.parentElement.append(boite); // rules of its page apply to it too
    return boite;
  }

  /** @returns {string} background and border of one box */
  function peindre(el, style, [x0, y0]) {
    const r = el.getBoundingClientRect();
    if (!r.width || !r.height) return '';
    const hachures = /rgba?\([^)]*\)/.exec(style.backgroundImage ?? '')?.[0];
    const fond = visible(style.backgroundColor) ? style.backgroundColor : hachures;
    const rayon = Math.min(parseFloat(style.borderTopLeftRadius) * (style.borderTopLeftRadius.endsWith('%') ? r.width / 100 : 1) || 0, r.height / 2);
    const cadre = `x="${n(r.left - x0)}" y="${n(r.top - y0)}" width="${n(r.width)}" height="${n(r.height)}" rx="${n(rayon)}"`;
    let svg = fond ? `<rect ${cadre} fill="${fond}"${hachures && !visible(style.backgroundColor) ? ' opacity=".6"' : ''}/>` : '';
    const cotes = ['Top', 'Right', 'Bottom', 'Left'].map((c) => (style[`border${c}Style`] === 'none' ? 0 : parseFloat(style[`border${c}Width`])));
    if (cotes.every(Boolean)) return `${svg}<rect ${cadre} fill="none" stroke="${style.borderTopColor}" stroke-width="${cotes[0]}"/>`;
    const [g, d, h, b] = [r.left - x0, r.right - x0, r.top - y0, r.bottom - y0];
    const traits = [[g, h, d, h], [d, h, d, b], [g, b, d, b], [g, h, g, b]];
    ['Top', 'Right', 'Bottom', 'Left'].forEach((c, i) => {
      if (!cotes[i]) return;
      const [x1, y1, x2, y2] = traits[i].map(n);
      const tirets = style[`border${c}Style`] === 'dashed' ? ' stroke-dasharray="6 4"' : '';
      svg += `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${style[`border${c}Color`]}" stroke-width="${cotes[i]}"${tirets}/>`;
    });
    return svg;
  }

  /** @returns {string} one text node, line by line as the browser has broken it */
  function ecrire(noeud, style, [x0, y0]) {
    const portee = document.createRange();
    /** @type {{texte: string, gauche: number, droite: number, milieu: number}[]} */
    const lignes = [];
    for (const mot of noeud.data.matchAll(/[^ \t\n]+/g)) {
      portee.setStart(noeud, mot.index);
      portee.setEnd(noeud, mot.index + mot[0].length);
      const r = portee.getBoundingClientRect();
      if (!r.width) continue;
      const [derniere, milieu] = [lignes.at(-1), r.top + r.height / 2 - y0];
      if (derniere && Math.abs(derniere.milieu - milieu) < r.height / 2) Object.assign(derniere, { texte: `${derniere.texte} ${mot[0]}`, droite: r.right - x0 });
      else lignes.push({ texte: mot[0], gauche: r.left - x0, droite: r.right - x0, milieu });
    }
    const fin = ['right', 'end'].includes(style.textAlign);
    return lignes.map((l) => `<text x="${n(fin ? l.droite : l.gauche)}" y="${n(l.milieu)}" dominant-baseline="central" text-anchor="${fin ? 'end' : 'start'}"`
      + ` font-size="${style.fontSize}" font-weight="${style.fontWeight}" font-style="${style.fontStyle}" fill="${style.color}" xml:space="preserve">${echapper(l.texte)}</text>`).join('');
  }

  /** @param {Element} el @param {[number, number]} origine @returns {string} an element and all it holds */
  function parcourir(el, origine) {
    const style = window.getComputedStyle(el);
    const cache = style.display === 'none' || style.visibility === 'hidden' || style.clipPath === 'inset(50%)';
    if (cache || el.matches('select, input')) return '';
    let svg = peindre(el, style, origine);
    for (const enfant of el.childNodes) {
      if (enfant.nodeType === Node.TEXT_NODE) svg += ecrire(enfant, style, origine);
      else if (enfant.nodeType === Node.ELEMENT_NODE) svg += parcourir(enfant, origine);
    }
    return svg;
  }

  /** @param {Element} figure @param {number} x left edge @param {number} largeur @returns {{svg: string, hauteur: number}} */
  function dessiner(figure, x, largeur) {
    const boite = copier(figure, largeur / ECHELLE);
    const r = boite.getBoundingClientRect();
    const svg = parcourir(boite.querySelector('.corps'), [r.left, r.top]);
    boite.remove();
    return { svg: `<g transform="translate(${x} 0) scale(${ECHELLE})">${svg}</g>`, hauteur: r.height * ECHELLE };
  }

  window.ExportHtml = { dessiner };
})();
