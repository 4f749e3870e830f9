-- The language of a quoted sentence, where it is told.

ALTER TABLE event_source ADD COLUMN quote_lang TEXT NOT NULL DEFAULT '';
