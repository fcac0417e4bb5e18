-- Purpose: contracting authorities for the filter and the search box.
-- Grain: one row per SIRET.
-- Columns: siret, nom, marches.
SELECT siret, nom, marches FROM acheteur ORDER BY marches DESC, nom
