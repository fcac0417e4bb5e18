-- But : tables de travail du suivi, remplies à mesure de la lecture.
-- Grain : suivi_lecture, un tableau d’une source ; suivi_colonne, une colonne du gabarit dans un tableau d’une source.
-- Colonnes : voir ci-dessous (feuille = nom du CSV ou de la feuille ; colonne_source = titre dans le fichier).
CREATE TABLE IF NOT EXISTS suivi_lecture (
    source_id INTEGER, tableau VARCHAR, feuille VARCHAR, lues BIGINT, retenues BIGINT);
CREATE TABLE IF NOT EXISTS suivi_colonne (
    source_id INTEGER, tableau VARCHAR, colonne VARCHAR, colonne_source VARCHAR);
