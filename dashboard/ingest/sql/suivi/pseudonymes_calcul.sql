-- But : remplacer les identifiants de personnes par HMAC-SHA-256(clé, identifiant) ; deux moitiés calculées en parallèle.
-- Grain : un identifiant distinct encore inconnu (tables temporaires, jamais écrites sur disque avec la base).
-- Colonnes : brut, empreinte (hexadécimal). Paramètres : clé externe et clé interne complétées à 64 octets.
INSERT INTO suivi_pseudonyme
SELECT brut, sha256($1::BLOB || unhex(sha256($2::BLOB || encode(brut))))
FROM suivi_nouveau WHERE hash(brut) % 2 = 0
UNION ALL
SELECT brut, sha256($1::BLOB || unhex(sha256($2::BLOB || encode(brut))))
FROM suivi_nouveau WHERE hash(brut) % 2 = 1
