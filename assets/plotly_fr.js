/* French numbers, months and words for Plotly; used by figures whose config says locale: 'fr'. */
(() => {
  'use strict';
  const fr = {
    moduleType: 'locale',
    name: 'fr',
    dictionary: { 'Autoscale': 'Échelle automatique', 'Reset axes': 'Vue d’ensemble', 'Zoom in': 'Agrandir', 'Zoom out': 'Réduire' },
    format: {
      days: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
      shortDays: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
      months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
      shortMonths: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
      date: '%d/%m/%Y',
      decimal: ',',
      thousands: '\u202f',
      grouping: [3],
      year: '%Y',
      month: '%b %Y',
      dayMonth: '%-d %b',
      dayMonthYear: '%-d %b %Y',
    },
  };
  if (window.Plotly?.register) window.Plotly.register(fr);
  else (window.PlotlyLocales ??= []).push(fr);
})();
