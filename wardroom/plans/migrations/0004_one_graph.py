from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_waits_and_reviews")]
    operations = [migrations.RemoveField(model_name="planstep", name="after")]
