-- But : signaler les heures d’un mois qui précède le premier mois du contrat ou suit le dernier ; elles sont gardées.
-- Grain : une ligne d’heures. Un contrat sans date de fin n’a pas de dernier mois.
-- Colonnes : celles de constat.
INSERT INTO constat
SELECT
    h.source_id, 'avertissement', l.feuille, h.numero_ligne, c.colonne_source, strftime(h.mois, '%Y-%m'),
    'heures_hors_contrat',
    CASE WHEN h.mois < k.date_debut
        THEN concat('Heures de ', strftime(h.mois, '%m/%Y'), ', avant le début du contrat (',
            strftime(k.date_debut, '%d/%m/%Y'), ') : la ligne est gardée.')
        ELSE concat('Heures de ', strftime(h.mois, '%m/%Y'), ', après la fin du contrat (',
            strftime(k.date_fin, '%d/%m/%Y'), ') : la ligne est gardée.') END
FROM suivi_heures AS h JOIN suivi_contrats AS k ON k.contrat_id = h.contrat_id
LEFT JOIN suivi_lecture AS l ON l.source_id = h.source_id AND l.tableau = 'heures'
LEFT JOIN suivi_colonne AS c ON c.source_id = h.source_id AND c.tableau = 'heures' AND c.colonne = 'mois'
WHERE h.mois < date_trunc('month', k.date_debut) OR h.mois > k.date_fin
