"""The journal refuses change by anyone, the owner included.

Why:      a grant can be given back by mistake; a trigger cannot be passed by mistake.
Before:   0001_initial.
Lock:     ACCESS EXCLUSIVE on two tables for an instant.
Old code: keeps working; it only inserts.
Reverse:  drops the triggers.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
"""
REVERSE = """
DROP TRIGGER journal_line_append_only ON journal_line;
DROP TRIGGER journal_seal_append_only ON journal_seal;
DROP FUNCTION journal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
