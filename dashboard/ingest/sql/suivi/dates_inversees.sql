-- But : remettre dans l’ordre un début postérieur à la fin, et le signaler.
-- Grain : une ligne du tableau en cours.
-- Colonnes : celles de constat.
INSERT INTO constat
SELECT
    $source, 'correction', $feuille, numero_ligne, $colonne_source,
    concat(strftime($debut, '%d/%m/%Y'), ' → ', strftime($fin, '%d/%m/%Y')), 'dates_inversees',
    'La date de début suit la date de fin : les deux sont échangées.'
FROM suivi_type WHERE $debut > $fin;
UPDATE suivi_type SET $debut = $fin, $fin = $debut WHERE $debut > $fin;
