-- The version of the rule set beside every row that was read, the span beside every event.

-- every row that was read in a text names its rule set, and its span where it has one
ALTER TABLE mention ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_reference ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE figure ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE position ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE event_source ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE event_source ADD COLUMN start INTEGER;
ALTER TABLE event_source ADD COLUMN end INTEGER;
UPDATE mention SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(mention.item_id AS TEXT)), '');
UPDATE legal_reference SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(legal_reference.item_id AS TEXT)), '');
UPDATE figure SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(figure.item_id AS TEXT)), '');
UPDATE position SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(position.item_id AS TEXT)), '');
UPDATE event_source SET rules = substr(rule, instr(rule, '@') + 1), rule = substr(rule, 1, instr(rule, '@') - 1)
WHERE instr(rule, '@') > 0 AND event_id IN (SELECT event_id FROM event WHERE origin = 'text');
