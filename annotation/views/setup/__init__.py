"""The settings of a project: its annotation settings (workspace), its rules for disputes and labels (rules),
what training
files ask for (training), its people (members), and the samples of its pool (samples)."""
