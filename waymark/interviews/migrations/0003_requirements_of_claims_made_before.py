"""Claims that were there before requirements were kept: compulsory, by the pack that is loaded, since their day."""

from django.db import migrations

SQL = """
    INSERT INTO interviews_requirement (claim_id, standing, because, words, pack_id, since, settled_by_id)
    SELECT c.id, 'mandatory', 'required', '', p.id, c.claimed_on, NULL
      FROM customers_claim c
      JOIN LATERAL (SELECT id FROM programme_packversion v WHERE v.slug = c.programme
                     ORDER BY v.loaded_at DESC, v.id DESC LIMIT 1) p ON TRUE
     WHERE NOT EXISTS (SELECT 1 FROM interviews_requirement r WHERE r.claim_id = c.id)
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_series"), ("programme", "0001_initial"), ("customers", "0001_initial")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
