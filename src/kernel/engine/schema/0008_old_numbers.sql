-- A matter is also found by the number it had in the system it was imported from. Only imports write these rows.
CREATE INDEX external_number ON external (number);
