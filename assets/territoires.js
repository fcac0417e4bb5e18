/* The chooser of indicator of the map: a native list whose choice goes to the URL like any click. Boundary: knows a key and
   a value, never what they mean. The answer writes the settings anew: the focus goes back to the one in use. */
(() => {
  'use strict';

  /** @param {Element} hote settings about to be written anew @param {string} choix selector of the one in use */
  function garderFocus(hote, choix) {
    const retour = new MutationObserver(() => {
      retour.disconnect();
      if (document.activeElement === document.body) hote.querySelector(choix)?.focus({ preventScroll: true });
    });
    retour.observe(hote, { childList: true });
  }

  document.addEventListener('change', (e) => {
    const liste = e.target.closest?.('select[data-reglage]');
    if (!liste) return;
    garderFocus(liste.closest('.choix'), `[data-reglage="${CSS.escape(liste.dataset.reglage)}"]`);
    window.Filtres.ajouter(liste.dataset.reglage, liste.value === liste.dataset.defaut ? '' : liste.value);
  });

  document.addEventListener('click', (e) => {
    const bouton = e.target.closest?.('#page-territoires .choix .lvl button');
    if (!bouton) return;
    const attribut = bouton.hasAttribute('data-filtre') ? 'data-filtre' : 'data-bascule';
    garderFocus(bouton.closest('.choix'), `[${attribut}="${CSS.escape(bouton.getAttribute(attribut))}"]`);
  }, { capture: true });
})();
