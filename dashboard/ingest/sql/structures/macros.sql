-- Purpose: the value rules of the lists of structures, one macro each; texts, SIRET and numbers follow the DECP macros.
-- Grain: one value. « list_transform([x], lambda v: …)[1] » names x once: a macro naming its argument twice doubles the query.
-- Columns: none (scalar macros). NULL in, NULL out.

-- « Ateliers d'Insertion » → ateliers_d_insertion: how the values of a type are compared.
CREATE OR REPLACE TEMP MACRO structures_cle(t) AS
    trim(regexp_replace(lower(strip_accents(decp_texte(t))), '[^a-z0-9]+', '_', 'g'), '_');

-- « ["aci", "ei"] », « {aci,ei} », « aci|ei » as a list of keys.
CREATE OR REPLACE TEMP MACRO structures_liste(t) AS list_filter(list_transform(
    regexp_split_to_array(regexp_replace(t, '[\[\]{}"'']', '', 'g'), '\s*[,|;]\s*'),
    lambda el: structures_cle(el)), lambda el: el <> '');

-- Name of a town as it is compared: no accent, no district, no CEDEX, saints in full.
CREATE OR REPLACE TEMP MACRO structures_ville(t) AS nullif(trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    lower(strip_accents(replace(replace(decp_texte(t), 'œ', 'oe'), 'Œ', 'OE'))), '\bcedex\b.*$', ''), '[^a-z]+', ' ', 'g'),
    '\bst\b', 'saint', 'g'), '\bste\b', 'sainte', 'g')), '');

-- Département of an INSEE or postal code, when there is such a one (« 00000 » and « 99999 » have none).
CREATE OR REPLACE TEMP MACRO structures_departement(t) AS
    nullif(regexp_extract(t, '^(0[1-9]|[1-8][0-9]|9[0-578]|2[AB])[0-9]{3}$', 1), '');

-- A name without the e-mail or the telephone that was typed in it.
CREATE OR REPLACE TEMP MACRO structures_nom(t) AS nullif(trim(regexp_replace(regexp_replace(regexp_replace(decp_texte(t),
    '\S+@\S+', '', 'g'), '(\+33|\b0)\s*[1-9]([\s./-]?[0-9]{2}){4}\b', '', 'g'), '\(\s*\)', '', 'g'), ' -–,;:/'), '');

-- Named after a civil title, a structure is a person at work under its own name.
CREATE OR REPLACE TEMP MACRO structures_personne(nom, forme) AS
    coalesce(regexp_matches(nom, '^(m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle)\s', 'i'), false)
    OR coalesce(regexp_matches(forme, 'entrepreneur individuel|entreprise individuelle|personne physique|(auto|micro).?entrepr', 'i'), false);

-- Five decimals (about one metre), inside the box of Île-de-France.
CREATE OR REPLACE TEMP MACRO structures_lon(d) AS list_filter([round(d, 5)], lambda x: x BETWEEN 1.4 AND 3.6)[1];
CREATE OR REPLACE TEMP MACRO structures_lat(d) AS list_filter([round(d, 5)], lambda x: x BETWEEN 48.1 AND 49.3)[1];
