-- But : dire quelles colonnes du tableau en cours ont au moins une valeur à signaler.
-- Grain : une ligne pour tout le tableau.
-- Colonnes : un booléen par colonne du gabarit, dans l’ordre, puis un pour les dates inversées.
SELECT $colonnes FROM suivi_type
