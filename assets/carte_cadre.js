/* The frame of the map: what part of the drawing is seen. Zoom by buttons or ctrl + wheel, pan by dragging once zoomed,
   animated unless the reader asked for less motion. Boundary: moves viewBox; knows nothing of zones and values. */
(() => {
  'use strict';
  const DUREE = 380;
  const ZOOM_MAX = 16;
  const calme = window.matchMedia('(prefers-reduced-motion: reduce)');

  /** @typedef {{x: number, y: number, w: number, h: number}} Boite */

  /** @param {SVGSVGElement} svg @returns {Boite} */
  const lire = (svg) => {
    const { x, y, width: w, height: h } = svg.viewBox.baseVal;
    return { x, y, w, h };
  };

  /** Gives a box the proportions of the whole drawing, with a margin. @param {Boite} b @param {Boite} tout @returns {Boite} */
  function proportionner(b, tout, marge) {
    const k = Math.min(1, Math.max((b.w * marge) / tout.w, (b.h * marge) / tout.h, 1 / ZOOM_MAX));
    return { x: b.x + b.w / 2 - (tout.w * k) / 2, y: b.y + b.h / 2 - (tout.h * k) / 2, w: tout.w * k, h: tout.h * k };
  }

  /** Keeps the box inside the drawing. @param {Boite} b @param {Boite} tout @returns {Boite} */
  function borner(b, tout) {
    const dans = (v, min, max) => Math.min(Math.max(v, min), Math.max(min, max));
    return { ...b, x: dans(b.x, tout.x, tout.x + tout.w - b.w), y: dans(b.y, tout.y, tout.y + tout.h - b.h) };
  }

  class Cadre {
    /** @param {SVGSVGElement} svg @param {() => void} apres called after each change of scale */
    constructor(svg, apres) {
      Object.assign(this, { svg, apres, tout: lire(svg), image: 0 });
      svg.addEventListener('wheel', (e) => this.molette(e), { passive: false });
      svg.addEventListener('pointerdown', (e) => this.saisir(e));
    }

    /** @param {Boite} b applies at once */
    poser(b) {
      this.svg.setAttribute('viewBox', [b.x, b.y, b.w, b.h].map((v) => v.toFixed(2)).join(' '));
      this.svg.classList.toggle('agrandie', b.w < this.tout.w * 0.995);
    }

    /** @param {Boite|null} boite where to go; null: the whole drawing @param {boolean} vite without animation */
    viser(boite, vite = false, marge = 1.12) {
      const but = borner(boite ? proportionner(boite, this.tout, marge) : this.tout, this.tout);
      const de = lire(this.svg);
      window.cancelAnimationFrame(this.image);
      const debut = performance.now();
      const pas = (t) => {
        const p = vite || calme.matches ? 1 : Math.min(1, Math.max(0, t - debut) / DUREE);
        const e = 1 - (1 - p) ** 3;
        this.poser(Object.fromEntries(['x', 'y', 'w', 'h'].map((c) => [c, de[c] + (but[c] - de[c]) * e])));
        if (p < 1) this.image = window.requestAnimationFrame(pas);
        else this.apres();
      };
      pas(debut);
    }

    /** @param {number} facteur < 1 zooms in @param {{x: number, y: number}} [pivot] point that stays in place */
    zoomer(facteur, pivot, vite = false) {
      const b = lire(this.svg);
      const c = pivot ?? { x: b.x + b.w / 2, y: b.y + b.h / 2 };
      const w = Math.min(this.tout.w, Math.max(this.tout.w / ZOOM_MAX, b.w * facteur));
      const k = w / b.w;
      this.viser({ x: c.x - (c.x - b.x) * k, y: c.y - (c.y - b.y) * k, w, h: b.h * k }, vite, 1);
    }

    /** @param {PointerEvent} e @returns {{x: number, y: number}} in units of the drawing */
    point(e) {
      return new DOMPoint(e.clientX, e.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    }

    /** Only with ctrl: the page keeps its own scroll. @param {WheelEvent} e */
    molette(e) {
      if (!e.ctrlKey) return;
      e.preventDefault();
      this.zoomer(e.deltaY > 0 ? 1.2 : 1 / 1.2, this.point(e), true);
    }

    /** @param {PointerEvent} e a drag of less than 5 px stays a click */
    saisir(e) {
      if (!this.svg.classList.contains('agrandie') || e.button) return;
      const [b, echelle] = [lire(this.svg), this.svg.getScreenCTM().a];
      const suivre = (m) => {
        const [dx, dy] = [m.clientX - e.clientX, m.clientY - e.clientY];
        if (!this.svg.classList.contains('tire') && Math.hypot(dx, dy) < 5) return;
        this.svg.classList.add('tire');
        this.poser(borner({ ...b, x: b.x - dx / echelle, y: b.y - dy / echelle }, this.tout));
      };
      const lacher = () => {
        window.removeEventListener('pointermove', suivre);
        if (!this.svg.classList.contains('tire')) return;
        const taire = (c) => { c.stopPropagation(); c.preventDefault(); };
        this.svg.addEventListener('click', taire, { capture: true, once: true });
        window.setTimeout(() => this.svg.removeEventListener('click', taire, { capture: true }), 0);
        this.svg.classList.remove('tire');
      };
      window.addEventListener('pointermove', suivre);
      ['pointerup', 'pointercancel'].forEach((n) => window.addEventListener(n, lacher, { once: true }));
    }
  }

  window.CarteCadre = Cadre;
})();
