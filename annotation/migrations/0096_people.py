from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotation", "0095_normal_username_once")]

    operations = [migrations.AlterModelManagers(name="user", managers=[])]
