from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_only_left")]
    operations = [
        migrations.AddField(
            model_name="ask",
            name="where_text",
            field=models.CharField(blank=True, default="", max_length=200),
        )
    ]
