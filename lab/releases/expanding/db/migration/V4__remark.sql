-- A column that only a later release would use.
ALTER TABLE question ADD COLUMN rehearsed_remark text;
