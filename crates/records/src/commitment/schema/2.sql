-- Vague items are asked for by commitment wherever commitments are counted.
CREATE INDEX commitment_item_vague ON commitment_item (commitment) WHERE vague = 1 AND withdrawn IS NULL;
-- How many of each year were reviewed and kept, by unit, without reading the commitments.
CREATE INDEX commitment_tally ON commitment (unit, year, result) WHERE withdrawn IS NULL;
