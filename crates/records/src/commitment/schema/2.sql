-- Vague items are asked for by commitment wherever commitments are counted.
CREATE INDEX commitment_item_vague ON commitment_item (commitment) WHERE vague = 1 AND withdrawn IS NULL;
