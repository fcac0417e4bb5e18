-- Purpose: all that is counted of the published contracts, year by year.
-- Grain: one row per year of notification.
-- Columns: annee, then those of warehouse.acheteurs_mesures.Mesures; depense leaves out the frameworks (their amount is a maximum).
-- The contracts are summed by kind first (a few hundred of them a selection), so that each measure reads those sums only.
WITH genre AS (
    SELECT annee, sociale, clause, critere, reserve, environnementale AS env, accord_cadre, au_dessus, suivi,
           count(*) AS n, count(montant) AS montants, count(depense) AS depenses, sum(depense) AS depense, sum(montant) AS montant
    FROM achat
    WHERE {condition}
    GROUP BY ALL
)
SELECT annee, sum(n) AS marches, coalesce(sum(n) FILTER (sociale IS NOT NULL), 0) AS connus, coalesce(sum(n) FILTER (sociale), 0) AS sociaux,
       coalesce(sum(n) FILTER (clause), 0) AS clauses, coalesce(sum(n) FILTER (critere), 0) AS criteres,
       coalesce(sum(n) FILTER (reserve), 0) AS reserves, coalesce(sum(n) FILTER (env IS NOT NULL), 0) AS env_connus,
       coalesce(sum(n) FILTER (env), 0) AS env, coalesce(sum(n) FILTER (sociale IS NOT NULL AND env IS NOT NULL), 0) AS deux_connus,
       coalesce(sum(n) FILTER (sociale AND env), 0) AS deux, coalesce(sum(n) FILTER (NOT sociale AND NOT env), 0) AS aucune,
       coalesce(sum(n) FILTER (sociale AND env IS NOT NULL), 0) AS sociaux_deux,
       coalesce(sum(n) FILTER (accord_cadre), 0) AS accords, sum(n) - sum(montants) AS sans_montant,
       sum(depenses) AS chiffres, coalesce(sum(depenses) FILTER (sociale IS NOT NULL), 0) AS chiffres_connus,
       coalesce(sum(depenses) FILTER (env IS NOT NULL), 0) AS chiffres_env_connus,
       coalesce(sum(n) FILTER (au_dessus), 0) AS au_dessus, coalesce(sum(n) FILTER (au_dessus IS NOT NULL), 0) AS seuils_connus,
       coalesce(sum(n) FILTER (NOT sociale AND suivi), 0) AS sociale_tue,
       sum(depense) AS depense, sum(depense) FILTER (sociale IS NOT NULL) AS depense_connue,
       sum(depense) FILTER (sociale) AS depense_sociale, sum(depense) FILTER (clause) AS depense_clauses,
       sum(depense) FILTER (critere) AS depense_criteres, sum(depense) FILTER (reserve) AS depense_reserves,
       sum(depense) FILTER (env IS NOT NULL) AS depense_env_connue, sum(depense) FILTER (env) AS depense_env,
       sum(montant) FILTER (accord_cadre) AS maxima
FROM genre
GROUP BY annee
ORDER BY annee
