/* « Mon diaporama »: the figures collected while browsing, kept in this browser, ranged on their page and sent to the
   server for the PowerPoint file only. Boundary: knows a bloc, its search and its titles, never a number. */
(() => {
  'use strict';
  const CLE = 'diaporama';
  const TITRE_MAX = 200;
  const dash = (window.dash_clientside ??= {});

  /** @typedef {{bloc: string, search: string, adresse: string, origine: string, selection: string, titre: string}} Diapo
      `origine` is the finding when it was added, `titre` what the reader calls it. */

  /** @type {{titre: string, diapos: Diapo[]}} as long as the browser refuses its storage, the list lasts one page */
  let memoire = { titre: '', diapos: [] };
  const texte = (v) => (typeof v === 'string' ? v : '');
  const annoncer = (t) => window.Interface?.annoncer(t);

  /** @returns {{titre: string, diapos: Diapo[]}} */
  function lire() {
    try {
      const brut = JSON.parse(window.localStorage.getItem(CLE) ?? 'null');
      if (!brut) return { titre: '', diapos: [] };
      const diapos = (Array.isArray(brut.diapos) ? brut.diapos : []).filter((d) => typeof d?.bloc === 'string');
      return {
        titre: texte(brut.titre),
        diapos: diapos.map((d) => ({ bloc: d.bloc, search: texte(d.search), adresse: texte(d.adresse), origine: texte(d.origine), selection: texte(d.selection), titre: texte(d.titre) })),
      };
    } catch {
      return memoire;
    }
  }

  /** @param {(liste: {titre: string, diapos: Diapo[]}) => void} geste changes the list and keeps it */
  function changer(geste) {
    const liste = lire();
    geste(liste);
    memoire = liste;
    try {
      window.localStorage.setItem(CLE, JSON.stringify(liste));
    } catch {
      // storage refused: the list lasts as long as the page
    }
    compter();
    return liste;
  }

  /** The number of slides, in the header. */
  function compter() {
    const lien = document.getElementById('lien-diaporama');
    if (!lien) return;
    const n = lire().diapos.length;
    lien.querySelector('.compte').textContent = n ? String(n) : '';
    lien.setAttribute('aria-label', n ? `Mon diaporama, ${n} diapositive${n > 1 ? 's' : ''}` : 'Mon diaporama, vide');
  }

  // --- collecting ------------------------------------------------------------------------------------

  const contenu = (el) => (el?.textContent ?? '').trim();

  /** @param {Element} ou a page or a bloc @returns {string} the selection its files are asked with */
  function recherche(ou) {
    const lien = ou.querySelector('[data-telecharge="csv"]');
    return lien ? new URL(lien.href).search : window.location.search;
  }

  /** @param {HTMLElement} bouton adds the figure of its bloc */
  function ajouter(bouton) {
    const bloc = bouton.closest('.bloc');
    const [ident, search] = [bloc.dataset.bloc, recherche(bloc)];
    const { diapos } = lire();
    const maximum = Number(document.getElementById('lien-diaporama')?.dataset.max ?? 40);
    if (diapos.some((d) => d.bloc === ident && d.search === search)) {
      annoncer('Cette figure est déjà dans le diaporama');
    } else if (diapos.length >= maximum) {
      annoncer(`Le diaporama est plein : ${maximum} diapositives au plus`);
    } else {
      const origine = contenu(bloc.querySelector('h2')).slice(0, TITRE_MAX);
      const adresse = `${window.location.pathname}${window.location.search}#bloc-${ident}`;
      changer((l) => l.diapos.push({ bloc: ident, search, adresse, origine, selection: contenu(bloc.querySelector('header p')), titre: '' }));
      annoncer(`Ajoutée au diaporama (${diapos.length + 1})`);
    }
  }

  // --- the page --------------------------------------------------------------------------------------

  const formulaire = () => document.querySelector('.diapos-plein');
  const lignes = () => [...document.querySelectorAll('.diapos > .diapo')];

  /** @param {Diapo} d @param {number} i @param {number} total @returns {HTMLElement} */
  function ligne(d, i, total) {
    const li = document.getElementById('diapo-modele').content.firstElementChild.cloneNode(true);
    li.dataset.rang = String(i);
    li.querySelector('.rang').textContent = String(i + 1);
    const champ = li.querySelector('input');
    champ.value = d.titre || d.origine;
    champ.setAttribute('aria-label', `Titre de la diapositive ${i + 1}`);
    li.querySelector('.selection').textContent = d.selection;
    const lien = li.querySelector('a');
    if (d.adresse.startsWith('/') && !d.adresse.startsWith('//')) lien.href = d.adresse;
    else lien.remove();
    for (const bouton of li.querySelectorAll('button')) bouton.setAttribute('aria-label', `${bouton.getAttribute('aria-label')} : ${d.titre || d.origine}`);
    li.querySelector('[data-diaporama="monter"]').disabled = i === 0;
    li.querySelector('[data-diaporama="descendre"]').disabled = i === total - 1;
    return li;
  }

  /** Writes the list; nothing to do on another page. */
  function ecrire() {
    compter();
    const form = formulaire();
    if (!form) return;
    const { titre, diapos } = lire();
    form.hidden = !diapos.length;
    document.querySelector('.diapos-vide').hidden = Boolean(diapos.length);
    const champ = form.querySelector('#diaporama-titre');
    if (document.activeElement !== champ) champ.value = titre;
    form.querySelector('.diapos').replaceChildren(...diapos.map((d, i) => ligne(d, i, diapos.length)));
    form.querySelector('[data-diaporama="vider"]').textContent = 'Tout retirer';
  }

  /** @param {number} de @param {number} vers moves a slide */
  const deplacer = (de, vers) => changer((l) => l.diapos.splice(vers, 0, ...l.diapos.splice(de, 1)));

  /** @param {HTMLElement} bouton @param {number} pas moves its slide; the focus follows it */
  function pousser(bouton, pas) {
    const rang = Number(bouton.closest('.diapo').dataset.rang);
    deplacer(rang, rang + pas);
    ecrire();
    const voisins = lignes()[rang + pas].querySelectorAll('.gestes button');
    const suivant = [...voisins].find((b) => b.dataset.diaporama === bouton.dataset.diaporama && !b.disabled) ?? [...voisins].find((b) => !b.disabled);
    suivant.focus();
    annoncer(`Diapositive déplacée au rang ${rang + pas + 1}`);
  }

  /** @param {HTMLElement} bouton */
  function retirer(bouton) {
    const rang = Number(bouton.closest('.diapo').dataset.rang);
    changer((l) => l.diapos.splice(rang, 1));
    ecrire();
    (lignes()[Math.min(rang, lignes().length - 1)]?.querySelector('[data-diaporama="retirer"]') ?? document.getElementById('contenu')).focus();
    annoncer('Diapositive retirée');
  }

  /** Asks once more before the whole list goes. @param {HTMLElement} bouton */
  function vider(bouton) {
    if (bouton.textContent === 'Tout retirer') {
      bouton.textContent = 'Confirmer : tout retirer';
      return;
    }
    changer((l) => { l.diapos = []; l.titre = ''; });
    ecrire();
  }

  // --- drag ------------------------------------------------------------------------------------------

  /** @type {HTMLElement|null} the line being dragged */
  let tiree = null;

  document.addEventListener('pointerdown', (e) => {
    const li = e.target.closest?.('.poignee')?.closest('.diapo');
    if (li) li.draggable = true; // by its handle only: the text of its field can still be selected
  });
  document.addEventListener('pointerup', () => lignes().forEach((li) => { li.draggable = false; }));

  document.addEventListener('dragstart', (e) => {
    tiree = e.target.closest?.('.diapo[draggable="true"]') ?? null;
    if (!tiree) return;
    tiree.classList.add('tiree');
    e.dataTransfer.effectAllowed = 'move';
    e.dataTransfer.setData('text/plain', tiree.dataset.rang);
  });
  document.addEventListener('dragover', (e) => {
    const cible = tiree && e.target.closest?.('.diapo');
    if (!cible) return;
    e.preventDefault();
    const r = cible.getBoundingClientRect();
    if (cible !== tiree) cible[e.clientY > r.top + r.height / 2 ? 'after' : 'before'](tiree);
  });
  document.addEventListener('drop', (e) => { if (tiree) e.preventDefault(); });
  document.addEventListener('dragend', () => {
    if (!tiree) return;
    const vers = lignes().indexOf(tiree);
    deplacer(Number(tiree.dataset.rang), vers);
    tiree = null;
    ecrire();
  });

  // --- file ------------------------------------------------------------------------------------------

  /** @param {string} adresse @param {RequestInit} [demande] @returns {Promise<string|null>} what went wrong, in French */
  async function telecharger(adresse, demande) {
    const reponse = await window.fetch(adresse, demande).catch(() => null);
    if (!reponse) return 'Le serveur ne répond pas. Réessayez dans un instant.';
    if (!reponse.ok) return reponse.status < 500 ? (await reponse.text()).trim().slice(0, 300) : 'Le fichier n’a pas pu être produit. L’incident est journalisé.';
    const nom = /filename="([^"]+)"/.exec(reponse.headers.get('Content-Disposition') ?? '')?.[1] ?? 'observatoire.pptx';
    const a = Object.assign(document.createElement('a'), { href: URL.createObjectURL(await reponse.blob()), download: nom });
    a.click();
    window.setTimeout(() => URL.revokeObjectURL(a.href), 2000);
    return null;
  }

  /** @param {HTMLFormElement} form */
  async function envoyer(form) {
    const { titre, diapos } = lire();
    const [bouton, message] = [form.querySelector('[type="submit"]'), form.querySelector('.diapos-message')];
    bouton.disabled = true;
    message.textContent = 'Préparation du fichier…';
    const corps = { titre, diapos: diapos.map(({ bloc, search, titre: nom, origine }) => ({ bloc, search, titre: nom && nom !== origine ? nom : null })) };
    const erreur = await telecharger('/diaporama.pptx', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(corps) });
    message.textContent = erreur ?? `Fichier enregistré : ${diapos.length} figure${diapos.length > 1 ? 's' : ''}, le titre et la méthode.`;
    message.classList.toggle('erreur', Boolean(erreur));
    bouton.disabled = false;
  }

  /** The whole page, one figure a slide, for what it shows now. */
  async function pageEntiere() {
    const page = document.querySelector('#contenu [id^="page-"]');
    annoncer('Préparation du diaporama de la page…');
    annoncer((await telecharger(`/diaporama/page/${page.id.slice(5)}.pptx${recherche(page)}`)) ?? 'Diaporama de la page enregistré');
  }

  const GESTES = {
    ajouter, retirer, vider, page: pageEntiere,
    monter: (el) => pousser(el, -1), descendre: (el) => pousser(el, 1),
  };

  document.addEventListener('click', (e) => {
    const el = e.target.closest?.('[data-diaporama]');
    if (el) GESTES[el.dataset.diaporama]?.(el);
  });
  document.addEventListener('submit', (e) => {
    if (e.target !== formulaire()) return;
    e.preventDefault();
    envoyer(e.target);
  });
  document.addEventListener('input', (e) => {
    if (e.target.id === 'diaporama-titre') changer((l) => { l.titre = e.target.value.slice(0, TITRE_MAX); });
    const li = e.target.closest?.('.diapo');
    if (li) changer((l) => { l.diapos[Number(li.dataset.rang)].titre = e.target.value.slice(0, TITRE_MAX); });
  });
  window.addEventListener('storage', (e) => { if (e.key === CLE) ecrire(); }); // another tab

  /** Clientside callback: the page is there. @param {string} squelette its HTML @returns {string} class of its host */
  async function montrer(squelette) {
    let hote = document.getElementById('diaporama');
    if (!hote) await new Promise(window.requestAnimationFrame);
    hote ??= document.getElementById('diaporama');
    if (!hote) return dash.no_update;
    if (!hote.firstChild) hote.innerHTML = squelette;
    ecrire();
    return 'en-place';
  }

  /** The header comes with Dash's layout: look for it until it is there (30 s at most). */
  function attendre(essais = 600) {
    if (document.getElementById('lien-diaporama')) compter();
    else if (essais > 0) window.setTimeout(attendre, 50, essais - 1);
  }
  document.addEventListener('DOMContentLoaded', () => attendre());
  dash.diaporama = { montrer };
})();
