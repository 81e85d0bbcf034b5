from django.conf import settings
from django.db import migrations

# The index exists in form T only, so it is no part of the model.
operation = migrations.RunSQL(
    "CREATE INDEX polls_question_pub_date ON polls_question (pub_date DESC)",
    "DROP INDEX polls_question_pub_date",
)


class Migration(migrations.Migration):
    dependencies = [("polls", "0001_initial")]
    operations = [operation] if settings.TUNED else []
