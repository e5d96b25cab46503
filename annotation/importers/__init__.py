"""Files into checked records; nothing of the database. archive opens files and zips, readers cut them into records,
formats turns other tools' records into ours, items and scores check one record each."""
