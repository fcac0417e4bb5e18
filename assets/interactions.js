/* Small behaviours shared by every page: table twin, menus, definitions, copied link, filter panel on a phone.
   All by delegation, so that what Dash renders later works too. Boundary: never changes the state (see filtres.js). */
(() => {
  'use strict';
  const telephone = window.matchMedia('(max-width: 760px)');
  const AUTOUR = '.top, .tabs, .demo, #contenu, .fbtn, .page ~ footer';
  let retour = null; // element that opened the panel and gets the focus back

  /** @returns {HTMLElement} the live region for short messages */
  function region() {
    let el = document.querySelector('.avis');
    if (!el) {
      el = Object.assign(document.createElement('div'), { className: 'toast avis' });
      el.setAttribute('role', 'status');
      document.body.append(el);
    }
    return el;
  }

  let minuterie = 0;
  /** @param {string} texte shows it for a few seconds and reads it aloud */
  function annoncer(texte) {
    const el = region();
    el.textContent = texte;
    el.classList.add('visible');
    window.clearTimeout(minuterie);
    minuterie = window.setTimeout(() => el.classList.remove('visible'), 3200);
  }

  /** Old way, for pages served without HTTPS. @param {string} texte @returns {boolean} */
  function copierSansApi(texte) {
    const zone = Object.assign(document.createElement('textarea'), { value: texte });
    zone.className = 'sr';
    document.body.append(zone);
    zone.select();
    const fait = document.execCommand('copy');
    zone.remove();
    return fait;
  }

  /** The same page on the snapshot read now, whatever comes later: « /s/<snapshot>/<page> ». */
  function permanent() {
    const params = new URLSearchParams(window.location.search);
    const identite = params.get('instantane') ?? document.querySelector('.observatoire').dataset.instantane;
    const requete = window.location.search.replace(/^\?|&?instantane=[^&]*/g, '').replace(/^&/, '');
    return `${window.location.origin}/s/${identite}${window.location.pathname}${requete ? `?${requete}` : ''}`;
  }

  /** @param {string} ancre id of a bloc, or '' @param {string} genre « permanent », or '' for the address itself */
  async function copierLien(ancre, genre) {
    const page = genre === 'permanent' ? permanent() : window.location.href.split('#')[0];
    await copier(page + (ancre ? `#${ancre}` : ''), 'Lien');
  }

  /** @param {string} texte @param {string} quoi names it in the message */
  async function copier(texte, quoi) {
    const fait = await (navigator.clipboard?.writeText(texte).then(() => true) ?? Promise.resolve(false))
      .catch(() => false);
    annoncer(fait || copierSansApi(texte) ? `${quoi} copié` : `${quoi} à copier : ${texte}`);
  }

  /** What shows a bloc in the page of another site, for the selection of its downloads. @param {HTMLElement} bloc */
  function copierCode(bloc) {
    const echapper = (t) => t.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
    const adresse = `${window.location.origin}/integrer/${bloc.dataset.bloc}${bloc.querySelector('[data-telecharge="csv"]').search}`;
    const hauteur = Math.max(320, Math.ceil((bloc.offsetHeight + 80) / 20) * 20);
    const titre = bloc.querySelector('h2').textContent.trim();
    copier(`<iframe src="${echapper(adresse)}" title="${echapper(titre)}" width="100%" height="${hauteur}" loading="lazy" style="border:0"></iframe>`, 'Code');
  }

  /** @param {HTMLElement} bouton shows the table in place of the figure, and back */
  function basculerTableau(bouton) {
    const bloc = bouton.closest('.bloc');
    const ouvert = bloc.dataset.vue !== 'tableau';
    bloc.dataset.vue = ouvert ? 'tableau' : 'figure';
    bouton.setAttribute('aria-pressed', String(ouvert));
    if (ouvert) window.Rendu?.ouvrir(bloc.dataset.bloc, 'jumeau');
    const jumeau = bloc.querySelector('.jumeau');
    if (jumeau) jumeau.hidden = !ouvert;
    if (!ouvert) window.dispatchEvent(new Event('resize')); // Plotly measures itself again
  }

  /** @returns {HTMLElement} the one definition box */
  function boite() {
    let el = document.getElementById('definition');
    if (!el) {
      el = Object.assign(document.createElement('div'), { id: 'definition', className: 'definition', popover: 'auto' });
      document.body.append(el);
    }
    return el;
  }

  /** @param {HTMLElement} bouton shows under it where the figure of its card or of its bloc comes from */
  function montrerDefinition(bouton) {
    const el = boite();
    const cadre = bouton.closest('.kpi, .bloc');
    if (cadre.dataset.bloc) window.Rendu?.ouvrir(cadre.dataset.bloc, 'provenance');
    el.innerHTML = cadre.querySelector('.provenance').innerHTML;
    bouton.setAttribute('aria-describedby', 'definition');
    el.showPopover?.();
    const b = bouton.getBoundingClientRect();
    const p = el.getBoundingClientRect();
    const dessous = b.bottom + 6 + p.height < window.innerHeight;
    el.style.left = `${Math.max(12, Math.min(b.left - 12, window.innerWidth - p.width - 12))}px`;
    el.style.top = `${dessous ? b.bottom + 6 : Math.max(12, b.top - p.height - 6)}px`;
  }

  /** @param {Element|null} sauf closes every open menu but this one */
  function fermerMenus(sauf) {
    document.querySelectorAll('details.menu[open]').forEach((m) => { if (m !== sauf) m.open = false; });
  }

  /** Adds, once per opening, the button that closes the panel at its bottom, and the veil behind it. */
  function garnir(panneau) {
    if (!panneau.querySelector('.voir')) {
      const pied = Object.assign(document.createElement('div'), { className: 'voir' });
      const bouton = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Voir les résultats' });
      bouton.dataset.ferme = 'filtres';
      pied.append(bouton);
      panneau.append(pied);
    }
    const voile = Object.assign(document.createElement('div'), { className: 'voile' });
    voile.dataset.ferme = 'filtres';
    document.body.append(voile);
  }

  /** @param {boolean} ouvert everything outside the panel becomes inert: the focus cannot leave it */
  function basculerPanneau(ouvert) {
    const panneau = document.getElementById('filtres');
    if (!panneau || ouvert === panneau.hasAttribute('data-ouvert')) return;
    if (ouvert) {
      retour = document.activeElement;
      garnir(panneau);
      panneau.tabIndex = -1;
    } else document.querySelector('.voile')?.remove();
    panneau.toggleAttribute('data-ouvert', ouvert);
    document.querySelectorAll(AUTOUR).forEach((el) => { el.inert = ouvert; });
    document.querySelector('.fbtn')?.setAttribute('aria-expanded', String(ouvert));
    (ouvert ? panneau : retour)?.focus({ preventScroll: true });
  }

  /** @type {[string, (el: HTMLElement) => void][]} what a click on each kind of element does */
  const GESTES = [
    ['[data-tableau]', basculerTableau],
    ['[data-definition]', montrerDefinition],
    ['[data-copie-lien]', (el) => copierLien(el.closest('.bloc')?.id ?? '', el.dataset.copieLien)],
    ['[data-copie-code]', (el) => copierCode(el.closest('.bloc'))],
    ['[data-export]', (el) => window.Exports?.exporter(el.closest('.bloc'), el.dataset.export)],
    ['[data-ouvre="filtres"]', () => basculerPanneau(true)],
    ['[data-ferme="filtres"]', () => basculerPanneau(false)],
  ];

  document.addEventListener('click', (e) => {
    const menu = e.target.closest?.('details.menu');
    const choix = e.target.closest?.('.menu-liste > *');
    for (const [selecteur, geste] of GESTES) {
      const el = e.target.closest?.(selecteur);
      if (el) geste(el);
    }
    fermerMenus(choix ? null : menu);
  });

  // on window, while capturing: before an open list of choices closes itself on the same key
  window.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape') return;
    const menu = document.querySelector('details.menu[open]');
    fermerMenus(null);
    menu?.querySelector('summary').focus();
    if (!document.querySelector('.dash-dropdown-content')) basculerPanneau(false);
  }, { capture: true });

  telephone.addEventListener('change', () => basculerPanneau(false));
  document.addEventListener('DOMContentLoaded', region);
  window.Interface = { annoncer };
})();
