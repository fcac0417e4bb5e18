// The buttons of a sheet, shown when they can work: print it, copy the address that always opens these data.
'use strict';
for (const bouton of document.querySelectorAll('[data-imprimer]')) {
  bouton.hidden = false;
  bouton.addEventListener('click', () => window.print());
}
for (const bouton of document.querySelectorAll('[data-copier]')) {
  if (!navigator.clipboard) break; // only offered to a page that is served safely
  const nom = bouton.textContent;
  bouton.hidden = false;
  bouton.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(new URL(bouton.dataset.copier, window.location.href).href);
      bouton.textContent = 'Lien copié';
    } catch {
      bouton.textContent = 'Copie refusée'; // the link is also written at the foot of the sheet, with its QR code
    }
    document.querySelector('[data-annonce]').textContent = bouton.textContent;
    setTimeout(() => { bouton.textContent = nom; }, 2500);
  });
}
