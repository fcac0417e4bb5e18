-- Purpose: all that is counted of the published contracts, year by year.
-- Grain: one row per year of notification.
-- Columns: annee, then those of warehouse.acheteurs_mesures.Mesures; depense leaves out the frameworks (their amount is a maximum).
SELECT annee, count(*) AS marches, count(sociale) AS connus, count(*) FILTER (sociale) AS sociaux,
       count(*) FILTER (clause) AS clauses, count(*) FILTER (critere) AS criteres, count(*) FILTER (reserve) AS reserves,
       count(environnementale) AS env_connus, count(*) FILTER (environnementale) AS env,
       count(*) FILTER (sociale IS NOT NULL AND environnementale IS NOT NULL) AS deux_connus,
       count(*) FILTER (sociale AND environnementale) AS deux,
       count(*) FILTER (NOT sociale AND NOT environnementale) AS aucune,
       count(*) FILTER (sociale AND environnementale IS NOT NULL) AS sociaux_deux,
       count(*) FILTER (accord_cadre) AS accords, count(*) FILTER (montant IS NULL) AS sans_montant,
       count(depense) AS chiffres, count(depense) FILTER (sociale IS NOT NULL) AS chiffres_connus,
       count(depense) FILTER (environnementale IS NOT NULL) AS chiffres_env_connus,
       count(*) FILTER (au_dessus) AS au_dessus, count(au_dessus) AS seuils_connus,
       count(*) FILTER (NOT sociale AND suivi) AS sociale_tue,
       sum(depense) AS depense, sum(depense) FILTER (sociale IS NOT NULL) AS depense_connue,
       sum(depense) FILTER (sociale) AS depense_sociale, sum(depense) FILTER (clause) AS depense_clauses,
       sum(depense) FILTER (critere) AS depense_criteres, sum(depense) FILTER (reserve) AS depense_reserves,
       sum(depense) FILTER (environnementale IS NOT NULL) AS depense_env_connue,
       sum(depense) FILTER (environnementale) AS depense_env, sum(montant) FILTER (accord_cadre) AS maxima
FROM achat
WHERE {condition}
GROUP BY annee
ORDER BY annee
