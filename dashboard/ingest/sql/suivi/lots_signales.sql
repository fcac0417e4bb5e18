-- But : signaler les lots gardés dont l’engagement ou les dates ne se tiennent pas ; rien n’est changé ni écarté.
-- Grain : un lot et un motif (engagement nul, notifié après la fin de son opération, heures avant la notification).
-- Colonnes : celles de constat ; aucune heure ni aucune personne n’y figure, seulement le premier mois déclaré.
INSERT INTO constat
WITH debut AS (
    SELECT k.marche_id, min(h.mois) AS mois FROM suivi_heures AS h JOIN suivi_contrats AS k USING (contrat_id)
    WHERE h.heures > 0 GROUP BY ALL
), signale AS (
    SELECT m.source_id, m.numero_ligne, s.*
    FROM suivi_marches AS m
    LEFT JOIN suivi_operations AS o USING (operation_id) LEFT JOIN debut AS d USING (marche_id),
    LATERAL (VALUES
        (m.heures_engagees = 0, 'heures_engagees', '0', 'engagement_nul',
            'Aucune heure engagée : le lot est gardé, son taux de réalisation ne peut pas être calculé.'),
        (m.date_notification > o.date_fin, 'date_notification', strftime(m.date_notification, '%Y-%m-%d'), 'dates_inversees',
            concat('Lot notifié le ', strftime(m.date_notification, '%d/%m/%Y'), ', après la fin de son opération (',
                strftime(o.date_fin, '%d/%m/%Y'), ') : il est gardé tel quel.')),
        (d.mois < date_trunc('month', m.date_notification), 'date_notification',
            strftime(m.date_notification, '%Y-%m-%d'), 'realise_avant_debut',
            concat('Des heures sont déclarées dès ', strftime(d.mois, '%m/%Y'), ', avant la notification du lot (',
                strftime(m.date_notification, '%d/%m/%Y'), ') : elles sont gardées.'))
    ) AS s (vrai, colonne, valeur, regle, message)
    WHERE s.vrai
)
SELECT s.source_id, 'avertissement', l.feuille, s.numero_ligne, c.colonne_source, s.valeur, s.regle, s.message
FROM signale AS s
LEFT JOIN suivi_lecture AS l ON l.source_id = s.source_id AND l.tableau = 'marches'
LEFT JOIN suivi_colonne AS c ON c.source_id = s.source_id AND c.tableau = 'marches' AND c.colonne = s.colonne
