
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0001_initial'),
        ('evaluation', '0003_data_steps_and_rollup_state'),
        ('people', '0001_initial'),
        ('places', '0002_path_order'),
        ('programmes', '0003_registered'),
    ]

    operations = [
        migrations.CreateModel(
            name='LevelMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=60)),
                ('cadre', models.CharField(blank=True, max_length=60)),
                ('month', models.DateField()),
                ('rated', models.IntegerField()),
                ('passed', models.IntegerField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='RatingSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('rated_on', models.DateField()),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='competencies.competency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.DeleteModel(
            name='CurrentRating',
        ),
        migrations.AddConstraint(
            model_name='levelmonth',
            constraint=models.UniqueConstraint(fields=('place', 'programme', 'topic', 'cadre', 'month'), name='level_month_once'),
        ),
        migrations.AddIndex(
            model_name='ratingspell',
            index=models.Index(condition=models.Q(('until', None)), fields=['programme', 'rated_on'], name='rating_spell_current'),
        ),
        migrations.AddConstraint(
            model_name='ratingspell',
            constraint=models.UniqueConstraint(fields=('person', 'programme', 'competency', 'since'), name='rating_spell_once'),
        ),
    ]
