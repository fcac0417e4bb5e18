/* The form of the calculator: what is typed goes to the address, what the address says is put back in the fields.
   Boundary: reads and writes numbers in French; computes nothing, and never sends a number out of its bounds. */
(() => {
  'use strict';
  const dash = (window.dash_clientside ??= {});
  const formulaire = () => document.getElementById('calcul');
  const champs = () => [...formulaire().querySelectorAll('input')];
  const ecrire = (valeur) => valeur.toLocaleString('fr-FR', { maximumFractionDigits: 2 });

  /** @param {string} texte as people type it: « 1 000 000,50 », « 30 € » @returns {number|string} the number, or why it is none */
  function lire(texte) {
    const nu = texte.replace(/[\s\u00a0\u202f'’]|€|%|HT/gi, '');
    if (!nu) return 'Un nombre est attendu';
    const [virgules, points] = [nu.split(',').length - 1, nu.split('.').length - 1];
    if (points === 1 && !virgules && /^\d{1,3}\.\d{3}$/.test(nu)) return `Écrivez ${nu.replace('.', ' ')} ou ${nu.replace('.', ',')}`;
    const propre = points > 1 || (points && virgules) ? nu.replaceAll('.', '') : nu;
    if (!/^[+\-−]?\d{1,15}([.,]\d*)?$/.test(propre)) return 'Ce n’est pas un nombre';
    return Math.round(Number(propre.replace('−', '-').replace(',', '.')) * 100) / 100;
  }

  /** @param {HTMLInputElement} champ @returns {number|null} its number; null, and a message beside it, when it cannot be used */
  function verifier(champ) {
    const lu = lire(champ.value);
    const { min, max, attendu } = champ.dataset;
    const dedans = typeof lu === 'number' && lu >= Number(min) && lu <= Number(max);
    const message = dedans ? '' : `${typeof lu === 'number' ? 'Valeur hors des bornes' : lu} : ${attendu}.`;
    document.getElementById(`${champ.id}-erreur`).textContent = message;
    champ.setAttribute('aria-invalid', String(!dedans));
    return dedans ? lu : null;
  }

  /** @param {Record<string, string>} choix pushes several numbers (and the sector) at once; the rest of the address stays */
  function naviguer(choix) {
    const params = window.Filtres.lire(window.location.search);
    Object.entries(choix).forEach(([cle, valeur]) => params.set(cle, valeur));
    champs().forEach((c) => { delete c.dataset.touche; });
    window.Filtres.naviguer(window.Filtres.ecrire(params));
  }

  function avertir(texte) {
    formulaire().querySelector('.avertissement').textContent = texte;
  }

  /** Sends the form when every field can be used; otherwise the last result stays, and the page says so. */
  function envoyer() {
    const lus = champs().map((c) => [c, verifier(c)]);
    const fautif = lus.find(([, valeur]) => valeur === null)?.[0];
    if (fautif) {
      avertir('Corrigez le champ signalé : le résultat affiché reste celui des valeurs précédentes.');
      return fautif;
    }
    avertir('');
    const params = window.Filtres.lire(window.location.search);
    const dits = lus.filter(([c, v]) => params.has(c.name) || v !== Number(c.dataset.defaut));
    lus.forEach(([c, v]) => { c.value = ecrire(v); });
    naviguer(Object.fromEntries(dits.map(([c, v]) => [c.name, String(v)])));
    return null;
  }

  /** Puts in the form what the answer was computed from; a field being typed in is left alone. @param {URLSearchParams} params */
  function poser(params) {
    for (const champ of champs()) {
      if (champ.dataset.touche) continue;
      champ.value = ecrire(Number(params.get(champ.name) ?? champ.dataset.defaut));
      verifier(champ);
    }
    if (!champs().some((c) => c.dataset.touche)) avertir('');
    const metier = `part=${params.get('part')}&secteur=${params.get('secteur')}`;
    const liste = document.getElementById('calcul-metier');
    liste.value = [...liste.options].some((o) => o.value === metier) ? metier : '';
  }

  /** Clientside callback: the answer of the page → the fields, once the form is in place. @param {any} d */
  async function remplir(d) {
    if (!d) return dash.no_update;
    for (let i = 0; i < 120 && !formulaire(); i += 1) await new Promise(window.requestAnimationFrame);
    if (formulaire()) poser(new URLSearchParams(d.url));
    return dash.no_update;
  }

  document.addEventListener('input', (e) => {
    if (e.target.matches?.('#calcul input')) e.target.dataset.touche = '1';
  });

  document.addEventListener('change', (e) => {
    if (e.target.matches?.('#calcul input')) envoyer();
    else if (e.target.id === 'calcul-metier' && e.target.value) naviguer(Object.fromEntries(new URLSearchParams(e.target.value)));
  });

  document.addEventListener('submit', (e) => {
    if (e.target.id !== 'calcul') return;
    e.preventDefault();
    envoyer()?.focus();
  });

  document.addEventListener('click', (e) => {
    const choix = e.target.closest?.('[data-calcul]')?.dataset.calcul;
    if (choix) naviguer(Object.fromEntries(new URLSearchParams(choix)));
  });

  dash.calcul = { remplir };
})();
