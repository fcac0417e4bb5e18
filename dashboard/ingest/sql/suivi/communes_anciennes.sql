-- But : signaler, une fois par ancien code, les communes réunies et les arrondissements ramenés à la commune.
-- Grain : un ancien code par colonne de commune.
-- Colonnes : celles de constat (la ligne est la première où le code se trouve).
INSERT INTO constat
SELECT
    $source, 'correction', $feuille, CASE WHEN $confidentiel THEN NULL ELSE min(t.numero_ligne) END, $colonne_source,
    m.texte, 'commune_ancienne', concat('Ancien code de commune « ', m.texte, ' » ramené à « ', m.codes[1], ' »',
        CASE WHEN $confidentiel THEN '' ELSE concat(' (lignes concernées : ', count(*), ')') END, '.')
FROM suivi_texte AS t JOIN suivi_modalite AS m ON m.colonne = $nom AND m.texte = t.$colonne
WHERE m.sensible
GROUP BY m.texte, m.codes
